import { useCallback, useEffect, useState } from 'react';
import type { User } from '../contract.ts';
import { spoken } from '../names.ts';
import { sentence } from '../service.ts';
import { formatWhen } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { Section } from './Section.tsx';

interface AuditEntry {
  id: string;
  actorId?: string;
  action: string;
  subjectId?: string;
  detail?: string;
  at: string;
}

export function AuditLog() {
  const { service } = useWorkplace();
  const [entries, setEntries] = useState<AuditEntry[]>();
  const [next, setNext] = useState<string>();
  const [names, setNames] = useState(new Map<string, string>());
  const [problem, setProblem] = useState<string>();

  const load = useCallback(
    async (cursor?: string) => {
      try {
        const page = await service.get<{ items: AuditEntry[]; next?: string }>('/api/audit_log', { cursor, limit: 100 });
        setEntries((known) => [...(cursor ? (known ?? []) : []), ...page.items]);
        setNext(page.next);
        setProblem(undefined);
      } catch (error) {
        setProblem(sentence(error));
      }
    },
    [service],
  );

  useEffect(() => {
    void load();
    service.get<{ items: User[] }>('/api/users').then(
      ({ items }) => setNames(new Map(items.map(({ id, name }) => [id, name]))),
      (error: unknown) => setProblem(sentence(error)),
    );
  }, [service, load]);

  return (
    <Section about="Who did what that others may ask about later. Nothing of what customers said is in it." loading={!entries} problem={problem} title="Audit log">
      <table className="table">
        <thead>
          <tr>
            <th>When</th>
            <th>Who</th>
            <th>What</th>
            <th>Detail</th>
          </tr>
        </thead>
        <tbody>
          {entries?.map((entry) => (
            <tr key={entry.id}>
              <td className="when">{formatWhen(entry.at)}</td>
              <td dir="auto">{entry.actorId ? (names.get(entry.actorId) ?? entry.actorId) : 'Nobody signed in'}</td>
              <td>{spoken(entry.action)}</td>
              <td>
                {entry.detail}
                {entry.subjectId && entry.subjectId !== entry.actorId && <span className="meta"> {names.get(entry.subjectId) ?? entry.subjectId}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {next && (
        <p className="more">
          <button className="button" onClick={() => void load(next)} type="button">
            Show earlier
          </button>
        </p>
      )}
    </Section>
  );
}
