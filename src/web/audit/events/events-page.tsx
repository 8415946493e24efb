import type { IndexProgress, LogDay, LogEvent } from '../../../../libs/client/audit-shapes.ts';
import { type FieldErrors, TextField } from '../../shell/fields.tsx';
import type { Frame } from '../../shell/frame.ts';
import { RefusableFields } from '../../shell/refusable-fields.tsx';
import { AuditPage } from '../audit-page.tsx';
import { EventTable, type People } from '../event-table.tsx';
import { DayCharts } from './day-charts.tsx';

export const EVENT_FIELDS = ['type', 'stream', 'actor', 'from', 'to', 'correlation', 'causation'] as const;
export type EventFields = Readonly<Record<(typeof EVENT_FIELDS)[number], string>>;

interface EventsProps {
  readonly frame: Frame;
  readonly fields: EventFields;
  readonly errors: FieldErrors;
  /** Newest first; null while the index is not ready to find them. */
  readonly events: readonly LogEvent[] | null;
  readonly people: People;
  readonly next: string | null;
  /** Whether the page begins at the log's end, where new events come. */
  readonly live: boolean;
  readonly index: IndexProgress;
  /** Null while they are being counted. */
  readonly days: readonly LogDay[] | null;
}

/** The filled-in fields as an address. */
function addressed(fields: EventFields, more: Readonly<Record<string, string>> = {}): URLSearchParams {
  const filled = Object.entries(fields).filter(([, value]) => value !== '');
  return new URLSearchParams({ ...Object.fromEntries(filled), ...more });
}

function Filters({ frame, fields, errors }: EventsProps) {
  const { t } = frame.translator;
  return (
    <form class="filters" method="get" action="/audit/events">
      <RefusableFields errors={errors} translator={frame.translator}>
        {EVENT_FIELDS.map((name) => (
          <TextField
            key={name}
            name={name}
            label={t(`audit.${name}`)}
            value={fields[name]}
            required={false}
            errors={errors}
          />
        ))}
      </RefusableFields>
      <button class="button quiet" type="submit">
        {t('audit.show')}
      </button>
    </form>
  );
}

/** The progress of the index, while anything depends on it. */
function Building({ frame, index, events }: EventsProps) {
  const { t } = frame.translator;
  if (index.state === 'ready') return null;
  const [position, head] = [BigInt(index.position), BigInt(index.head)];
  const percent = head === 0n ? 0 : Number((position * 100n) / head);
  return (
    <p class="notice" role="status">
      {t('audit.building', { percent })} {events === null && t('audit.tooEarly')}
    </p>
  );
}

function Exports({ frame, fields }: EventsProps) {
  const { t } = frame.translator;
  const path = (format: string) => `/api/v1/audit/events?${addressed(fields, { format })}`;
  return (
    <p class="exports">
      {t('audit.export')}: <a href={path('ndjson')}>NDJSON</a> · <a href={path('csv')}>CSV</a> ·{' '}
      <a href="/api/v1/audit/checkpoint">{t('audit.checkpoint')}</a>.{' '}
      <span class="hint">{`${t('audit.exportNote')} ${t('audit.checkpointNote')}`}</span>
    </p>
  );
}

/** The log itself, newest first, with a search. */
export function EventsPage(props: EventsProps) {
  const { frame, fields, events, people, next, live, days } = props;
  const { t } = frame.translator;
  return (
    <AuditPage frame={frame} title={t('audit.events')} scripts={live ? ['audit.js'] : []}>
      <h1>{t('audit.events')}</h1>
      <p class="hint">{t('audit.eventsIntro')}</p>
      <Filters {...props} />
      <p class="hint">{t('audit.filterHint')}</p>
      <Building {...props} />
      <Exports {...props} />
      <p id="live-says" class="hint" role="status" aria-live="polite" data-passed-over={t('audit.passedOver')} hidden>
        {t('audit.live')}
      </p>
      {events !== null && events.length === 0 && <p class="empty">{t('audit.none')}</p>}
      {events !== null && (events.length > 0 || live) && <EventTable events={events} people={people} frame={frame} />}
      {next !== null && (
        <nav class="pages" aria-label={t('audit.older')}>
          <a rel="next" href={`/audit/events?${addressed(fields, { before: next })}`}>
            {t('audit.older')}
          </a>
        </nav>
      )}
      {days && days.length > 0 && <DayCharts days={days} frame={frame} />}
    </AuditPage>
  );
}
