import { formatAgo } from '../time.ts';
import { alarmWords, isGrave, type Alarm } from './alarms.ts';

export function Alarms({ alarms = [] }: { alarms: readonly Alarm[] | undefined }) {
  if (alarms.length === 0) return null;
  return (
    <ul aria-label="Alarms" className="alarms">
      {alarms.map((alarm) => (
        <li className={isGrave(alarm) ? 'danger-text' : 'warning-text'} key={alarm.kind}>
          {alarmWords(alarm)} <span className="meta">{formatAgo(alarm.since)}</span>
        </li>
      ))}
    </ul>
  );
}
