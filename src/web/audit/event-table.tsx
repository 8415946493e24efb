import type { LogEvent } from '../../../libs/client/audit-shapes.ts';
import type { MemberAuthor } from '../../../libs/client/shapes.ts';
import type { Frame } from '../shell/frame.ts';
import { TABLE_ROLES, TableHead } from '../shell/table-head.tsx';
import { ShortId } from './short-id.tsx';

export type People = ReadonlyMap<string, MemberAuthor | null>;

export function eventHref(position: string): string {
  return `/audit/events/${position}`;
}

/** `2026-11-24 08:10:00.125`: times of the log are compared with each other, in UTC. */
export function logTime(at: string): string {
  return at.replace('T', ' ').replace('Z', '');
}

/** A member by its handle; any other actor as it stands. */
export function EventActor({ actor, people }: { actor: string; people: People }) {
  const member = people.get(actor);
  if (!member) return <ShortId id={actor} />;
  return <a href={`/members/${encodeURIComponent(member.handle)}`}>{member.handle}</a>;
}

export function EventTable({ events, people, frame }: { events: readonly LogEvent[]; people: People; frame: Frame }) {
  const { t } = frame.translator;
  const heads = [t('audit.position'), t('audit.recorded'), t('audit.type'), t('audit.stream'), t('audit.actor')];
  return (
    <table {...TABLE_ROLES.table} class="dense log events">
      <TableHead names={heads} />
      <tbody {...TABLE_ROLES.rows} id="event-rows" data-position={t('audit.position')}>
        {events.map((event) => (
          <tr {...TABLE_ROLES.row} key={event.position}>
            <td {...TABLE_ROLES.cell} class="number" data-label={t('audit.position')}>
              <a href={eventHref(event.position)}>{event.position}</a>
            </td>
            <td {...TABLE_ROLES.cell} class="number">
              {logTime(event.recordedAt)}
            </td>
            <td {...TABLE_ROLES.cell}>{event.type}</td>
            <td {...TABLE_ROLES.cell}>
              <ShortId id={event.stream} />
            </td>
            <td {...TABLE_ROLES.cell}>
              <EventActor actor={event.actor} people={people} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
