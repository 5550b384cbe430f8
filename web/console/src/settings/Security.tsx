import { useEffect, useState } from 'react';
import { sentence } from '../service.ts';
import { useWorkplace } from '../workplace.ts';
import { Copy } from './Copy.tsx';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import { Section } from './Section.tsx';

interface Enrolled {
  secret: string;
  otpauthUrl: string;
}

/** The person's own sign-in: the second factor, and ending every session. */
export function Security() {
  const { service, session, user } = useWorkplace();
  const [enabled, setEnabled] = useState<boolean>();
  const [enrolled, setEnrolled] = useState<Enrolled>();
  const [disabling, setDisabling] = useState(false);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    service.get<{ enabled: boolean }>('/api/auth/totp').then(
      (state) => setEnabled(state.enabled),
      (error: unknown) => setProblem(sentence(error)),
    );
  }, [service]);

  const tried = (action: () => Promise<unknown>) => {
    setProblem(undefined);
    action().catch((error: unknown) => setProblem(sentence(error)));
  };

  return (
    <Section about={`How ${user.email} signs in.`} loading={enabled === undefined} problem={problem} title="Your sign-in">
      <header className="sub-head">
        <h2>Second factor</h2>
        {enabled ? (
          <button className="button" onClick={() => setDisabling(true)} type="button">
            Switch off
          </button>
        ) : (
          <button
            className="button primary"
            onClick={() => tried(async () => setEnrolled(await service.post<Enrolled>('/api/auth/totp/enroll')))}
            type="button"
          >
            Set up
          </button>
        )}
      </header>
      <p className="about">
        {enabled
          ? 'It is on: signing in asks for the password and for a code of your authenticator app.'
          : 'It is off. With it, a password that somebody else learns is not enough to sign in.'}
      </p>
      <header className="sub-head">
        <h2>Everywhere you are signed in</h2>
        <button
          className="button dangerous"
          onClick={() => {
            if (confirm('Sign out here and in every other browser?')) tried(() => session.signOutEverywhere());
          }}
          type="button"
        >
          Sign out everywhere
        </button>
      </header>
      <p className="about">Ends every session of yours, also those on devices that you no longer have. Other browsers follow within 10 minutes.</p>
      {enrolled && (
        <FormDialog
          onClose={() => setEnrolled(undefined)}
          onSubmit={async (form) => {
            await service.post('/api/auth/totp/confirm', { code: textOf(form, 'code') });
            setEnabled(true);
          }}
          submit="Switch on"
          title="Set up the second factor"
        >
          <ol className="steps">
            <li>
              Add an account to your authenticator app: <a href={enrolled.otpauthUrl}>on this device</a>, or by typing this key there.
            </li>
            <li>Write the code that the app shows below.</li>
          </ol>
          <Copy label="key" value={enrolled.secret.replace(/(.{4})(?=.)/g, '$1 ')} />
          <Field label="Code" maxLength={16} name="code" />
        </FormDialog>
      )}
      {disabling && (
        <FormDialog
          onClose={() => setDisabling(false)}
          onSubmit={async (form) => {
            await service.post('/api/auth/totp/disable', { code: textOf(form, 'code') });
            setEnabled(false);
          }}
          submit="Switch off"
          title="Switch off the second factor"
        >
          <Field help="Of your authenticator app." label="Code" maxLength={16} name="code" />
        </FormDialog>
      )}
    </Section>
  );
}
