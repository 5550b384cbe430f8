import { useCallback, useEffect, useState } from 'react';
import type { PreChat } from '../../../shared/contract.ts';
import { Fact } from '../Fact.tsx';
import { languageName, spoken } from '../names.ts';
import { sentence } from '../service.ts';
import { useWorkplace } from '../workplace.ts';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import { Holidays } from './Holidays.tsx';
import { days, timesOf, writeTimes, type BusinessHours, type Holiday } from './hours.ts';
import { LanguageOptions } from './knowledge/languages.tsx';
import { Section } from './Section.tsx';
import { Targets } from './Targets.tsx';

export interface Settings {
  workspaceKey: string;
  name: string;
  timeZone: string;
  locale: string;
  tone: string;
  reopenClosed: boolean;
  allowedOrigins: string[];
  burstWaitMs?: number;
  /** What visitors of web pages are asked before the chat. */
  preChat?: PreChat;
  businessHours?: BusinessHours;
  /** By date. */
  holidays?: Holiday[];
  /** What asks a supplier to whom no free text may be sent. */
  enquiryTemplate?: { name: string; language?: string };
  /** How soon people answer; absent where nothing is promised. */
  targets?: { firstResponseMinutes?: number; nextResponseMinutes?: number; resolutionMinutes?: number; businessHoursOnly: boolean };
}

/** The workspace's settings, and the way to change some of them. */
export function useSettings() {
  const { service } = useWorkplace();
  const [settings, setSettings] = useState<Settings>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    service.get<Settings>('/api/settings').then(setSettings, (error: unknown) => setProblem(sentence(error)));
  }, [service]);

  const change = useCallback(async (part: object) => setSettings(await service.patch<Settings>('/api/settings', part)), [service]);

  return { settings, problem, change };
}

export function Workspace() {
  const { settings, problem, change } = useSettings();
  const [dialog, setDialog] = useState<'general' | 'hours'>();
  return (
    <Section
      about="What the assistant and the pages know of your business."
      action={
        <button className="button primary" disabled={!settings} onClick={() => setDialog('general')} type="button">
          Change
        </button>
      }
      loading={!settings}
      problem={problem}
      title="Workspace"
    >
      {settings && (
        <>
          <dl className="facts settings-facts">
            <Fact term="Name">{settings.name}</Fact>
            <Fact term="Time zone">{settings.timeZone}</Fact>
            <Fact term="Language">{languageName(settings.locale)}</Fact>
            <Fact term="Tone of the assistant">{settings.tone}</Fact>
            <Fact term="A customer writes after the end">{settings.reopenClosed ? 'The conversation opens again' : 'A new conversation begins'}</Fact>
            <Fact term="The assistant waits on the web">
              {settings.burstWaitMs === undefined ? 'As the system is set' : `${settings.burstWaitMs / 1_000} s for more from the customer`}
            </Fact>
          </dl>
          <header className="sub-head">
            <h2>Business hours</h2>
            <button className="button" onClick={() => setDialog('hours')} type="button">
              Change hours
            </button>
          </header>
          {settings.businessHours ? (
            <dl className="hours">
              {days.map((day) => (
                <div key={day}>
                  <dt>{spoken(day)}</dt>
                  <dd>{writeTimes(settings.businessHours?.[day]) || 'Closed'}</dd>
                </div>
              ))}
            </dl>
          ) : (
            <p className="notice">People answer at any time. Set hours if they do not.</p>
          )}
          <Holidays holidays={settings.holidays ?? []} onSave={change} />
          <Targets onSave={change} settings={settings} />
        </>
      )}
      {settings && dialog === 'general' && <General onClose={() => setDialog(undefined)} onSave={change} settings={settings} />}
      {settings && dialog === 'hours' && <Hours onClose={() => setDialog(undefined)} onSave={change} settings={settings} />}
    </Section>
  );
}

interface EditProps {
  settings: Settings;
  onSave: (part: object) => Promise<void>;
  onClose: () => void;
}

function General({ settings, onSave, onClose }: EditProps) {
  return (
    <FormDialog
      onClose={onClose}
      onSubmit={(form) => {
        const wait = textOf(form, 'burstWait');
        return onSave({
          name: textOf(form, 'name'),
          timeZone: textOf(form, 'timeZone'),
          locale: form.get('locale'),
          tone: textOf(form, 'tone'),
          reopenClosed: form.get('reopenClosed') === 'on',
          burstWaitMs: wait === undefined ? null : Math.round(Number(wait) * 1_000),
        });
      }}
      submit="Save"
      title="Change the workspace"
    >
      <Field defaultValue={settings.name} help="Customers see it at the head of the chat." label="Name" maxLength={100} name="name" />
      <Field defaultValue={settings.timeZone} help="Such as Europe/Nicosia." label="Time zone" list={Intl.supportedValuesOf('timeZone')} maxLength={64} name="timeZone" />
      <label className="form-field">
        <span>Language</span>
        <select className="field" defaultValue={settings.locale} name="locale">
          <LanguageOptions also={settings.locale} />
        </select>
      </label>
      <Field defaultValue={settings.tone} help="A few words: friendly, brief, formal." label="Tone of the assistant" maxLength={200} name="tone" />
      <Field
        defaultValue={settings.burstWaitMs === undefined ? undefined : String(settings.burstWaitMs / 1_000)}
        help="How long a customer on the web may go on writing before the assistant answers, in seconds."
        label="Wait before answering"
        max={60}
        min={0}
        name="burstWait"
        required={false}
        step="any"
        type="number"
      />
      <label className="check">
        <input defaultChecked={settings.reopenClosed} name="reopenClosed" type="checkbox" />A closed conversation opens again when its customer writes
      </label>
    </FormDialog>
  );
}

function Hours({ settings, onSave, onClose }: EditProps) {
  const [always, setAlways] = useState(!settings.businessHours);
  async function save(form: FormData) {
    if (always) return onSave({ businessHours: null });
    const hours: BusinessHours = {};
    for (const day of days) {
      const times = timesOf(form, day, spoken(day));
      hours[day] = times;
    }
    await onSave({ businessHours: hours });
  }

  return (
    <FormDialog
      onClose={onClose}
      onSubmit={save}
      submit="Save"
      title="Business hours"
    >
      <label className="check">
        <input checked={always} onChange={(event) => setAlways(event.target.checked)} type="checkbox" />
        People answer at any time
      </label>
      {!always &&
        days.map((day) => (
          <Field
            defaultValue={writeTimes(settings.businessHours?.[day])}
            help={day === 'monday' ? 'Such as 09:00–13:00, 14:00–17:30. Empty is closed.' : undefined}
            key={day}
            label={spoken(day)}
            name={day}
            required={false}
          />
        ))}
      {!always && <p className="form-help">Times are those of {settings.timeZone}.</p>}
    </FormDialog>
  );
}
