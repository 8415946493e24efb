import { type LogEntry, type MemberAuthor, type Page } from '../../../../libs/client/index.ts';
import { LOG_KINDS } from '../../../../libs/words/index.ts';
import type { LogFilter } from '../../../views/moderation-log/log.query-types.ts';
import { recordHref } from '../../shell/addresses.ts';
import { type FieldErrors, SelectField, TextField } from '../../shell/fields.tsx';
import type { Frame } from '../../shell/frame.ts';
import { RefusableFields } from '../../shell/refusable-fields.tsx';
import { TABLE_ROLES, TableHead } from '../../shell/table-head.tsx';
import { ExactTime } from '../../shell/told-time.tsx';
import { DayField } from '../day-field.tsx';
import { ModerationPage } from '../moderation-page.tsx';
import { Said } from '../said.tsx';
import { sitesOf } from '../site-choice.ts';
import { logEntryText, reasonText } from './log-words.ts';

interface LogProps {
  readonly frame: Frame;
  /** The filters as typed, by name; empty ones are left out of addresses. */
  readonly fields: Readonly<
    Record<'actor' | 'member' | 'kind' | 'from' | 'to' | 'comment' | 'post' | 'site' | 'cause', string>
  >;
  readonly filter: LogFilter;
  readonly errors: FieldErrors;
  readonly page: Page<LogEntry>;
}

function logHref(fields: Readonly<Partial<LogProps['fields']>>, more: Readonly<Record<string, string>> = {}): string {
  const named = Object.entries({ ...fields, ...more }).filter(([, value]) => value !== '');
  return `/moderation/log${named.length === 0 ? '' : `?${new URLSearchParams(named)}`}`;
}

function Filters({ frame, fields, errors }: LogProps) {
  const { t } = frame.translator;
  const sites = sitesOf(frame);
  const text = (name: 'actor' | 'member' | 'comment' | 'post') => (
    <TextField name={name} label={t(`modlog.${name}`)} value={fields[name]} required={false} errors={errors} />
  );
  return (
    <form class="filters" method="get" action="/moderation/log">
      {fields.cause !== '' && <input type="hidden" name="cause" value={fields.cause} />}
      <RefusableFields errors={errors} translator={frame.translator}>
        {text('actor')}
        {text('member')}
        <SelectField name="kind" label={t('modlog.kind')} errors={errors}>
          <option value="">{t('record.all')}</option>
          {LOG_KINDS.map((kind) => (
            <option key={kind} value={kind} selected={kind === fields.kind}>
              {t(`entry.${kind}`)}
            </option>
          ))}
        </SelectField>
        <DayField name="from" label={t('modlog.from')} value={fields.from} errors={errors} />
        <DayField name="to" label={t('modlog.to')} value={fields.to} errors={errors} />
        {text('comment')}
        {text('post')}
        {sites.length > 0 && (
          <SelectField name="site" label={t('modlog.site')} errors={errors}>
            <option value="">{t('site.all')}</option>
            {sites.map(([origin, name]) => (
              <option key={origin} value={origin} selected={origin === fields.site}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
      </RefusableFields>
      <button class="button quiet" type="submit">
        {t('modlog.filter')}
      </button>
    </form>
  );
}

/** All matching entries as files of the API, whatever page is shown. */
function Files({ filter, fields, frame }: LogProps) {
  const { t } = frame.translator;
  const href = (format: string) => `/api/v1/moderation/log?${new URLSearchParams({ ...filter, format })}`;
  const isFiltered = Object.values(fields).some((value) => value !== '');
  return (
    <p class="files">
      <a href={href('csv')} download>
        {t('modlog.csv')}
      </a>
      <a href={href('json')} download>
        {t('modlog.json')}
      </a>
      {isFiltered && <a href="/moderation/log">{t('modlog.all')}</a>}
    </p>
  );
}

function Who({ member }: { member: MemberAuthor | null }) {
  return (
    member && (
      <a href={recordHref(member.handle)}>
        <bdi>{member.displayName}</bdi>
      </a>
    )
  );
}

function What({ entry, frame }: { entry: LogEntry; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  const what = logEntryText(entry, translator);
  return (
    <>
      {entry.decisionId ? <a href={`/moderation/decisions/${entry.decisionId}`}>{what}</a> : what}
      {entry.undone && <span class="badge">{t('decided.undone')}</span>}
      {entry.kind === 'sanction' && (
        <>
          {' '}
          <a class="quiet-link" href={logHref({ cause: entry.correlationId })}>
            {t('modlog.caused')}
          </a>
        </>
      )}
      <Said text={entry.note} of={entry} translator={frame.translator} />
    </>
  );
}

function Entry({ entry, frame }: { entry: LogEntry; frame: Frame }) {
  const { translator } = frame;
  return (
    <tr {...TABLE_ROLES.row}>
      <td {...TABLE_ROLES.cell}>
        <ExactTime at={entry.at} translator={translator} />
      </td>
      <td {...TABLE_ROLES.cell}>{entry.byPolicy ? translator.t('policy.title') : <Who member={entry.actor} />}</td>
      <td {...TABLE_ROLES.cell}>
        <What entry={entry} frame={frame} />
      </td>
      <td {...TABLE_ROLES.cell}>
        <Who member={entry.member} />{' '}
        {entry.commentId && (
          <a class="id" href={`/moderation/cases/${entry.commentId}`} title={entry.commentId}>
            {entry.commentId.slice(0, 8)}
          </a>
        )}
      </td>
      <td {...TABLE_ROLES.cell} dir="auto">
        {reasonText(entry.kind, entry.reason, translator)}
      </td>
    </tr>
  );
}

/** The entries of the log as a table; on a phone each stands below the other. */
export function LogTable({ entries, frame }: { entries: readonly LogEntry[]; frame: Frame }) {
  const { t } = frame.translator;
  const heads = [t('modlog.when'), t('modlog.who'), t('modlog.what'), t('modlog.whom'), t('decide.reason')];
  return (
    <table {...TABLE_ROLES.table} class="dense log">
      <TableHead names={heads} />
      <tbody {...TABLE_ROLES.rows}>
        {entries.map((entry) => (
          <Entry key={entry.position} entry={entry} frame={frame} />
        ))}
      </tbody>
    </table>
  );
}

/** Everything that moderators, the policy and members did about comments and each other, newest first. */
export function LogPage(props: LogProps) {
  const { frame, fields, page } = props;
  const { t } = frame.translator;
  return (
    <ModerationPage frame={frame} title={t('modlog.title')}>
      <h1>{t('modlog.title')}</h1>
      <Filters {...props} />
      <Files {...props} />
      {page.items.length === 0 ? (
        <p class="empty">{t('modlog.empty')}</p>
      ) : (
        <LogTable entries={page.items} frame={frame} />
      )}
      {page.next !== null && (
        <nav class="pages" aria-label={t('queue.more')}>
          <a rel="next" href={logHref(fields, { cursor: page.next })}>
            {t('queue.more')}
          </a>
        </nav>
      )}
    </ModerationPage>
  );
}
