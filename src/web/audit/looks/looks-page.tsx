import type { LookEntry } from '../../../../libs/client/audit-shapes.ts';
import { SelectField, TextField } from '../../shell/fields.tsx';
import { type Frame, mayAudit } from '../../shell/frame.ts';
import { TABLE_ROLES, TableHead } from '../../shell/table-head.tsx';
import { AuditPage } from '../audit-page.tsx';
import { eventHref, logTime, type People } from '../event-table.tsx';
import { ShortId } from '../short-id.tsx';

const KINDS = ['look', 'export', 'roles'] as const;

interface LooksProps {
  readonly frame: Frame;
  readonly fields: { readonly kind: string; readonly member: string };
  /** Null while the index is not ready to find them. */
  readonly items: readonly LookEntry[] | null;
  readonly people: People;
  readonly next: string | null;
}

function Filters({ frame, fields }: LooksProps) {
  const { t } = frame.translator;
  return (
    <form class="filters" method="get" action="/audit/log">
      {mayAudit(frame.member) && (
        <TextField name="member" label={t('modlog.actor')} value={fields.member} required={false} errors={{}} />
      )}
      <SelectField name="kind" label={t('modlog.kind')} errors={{}}>
        <option value="">{t('record.all')}</option>
        {KINDS.map((kind) => (
          <option key={kind} value={kind} selected={kind === fields.kind}>
            {t(`audit.kind.${kind}`)}
          </option>
        ))}
      </SelectField>
      <button class="button quiet" type="submit">
        {t('audit.show')}
      </button>
    </form>
  );
}

/** Comments lead to their cases, members to their record; of very many only the first are shown. */
function Things({ entry, people, frame }: { entry: LookEntry; people: People; frame: Frame }) {
  const { t } = frame.translator;
  const { comments, members, more } = entry;
  const shown = comments.slice(0, 8);
  return (
    <>
      {members.map((id) => (
        <span key={id}>{people.get(id)?.handle ?? <ShortId id={id} />} </span>
      ))}
      {shown.map((id) => (
        <span key={id}>
          <a href={`/audit/events?${new URLSearchParams({ stream: `comment-${id}` })}`}>{id.slice(0, 8)}</a>{' '}
        </span>
      ))}
      {comments.length + more > shown.length && t('audit.more', { count: comments.length + more - shown.length })}
    </>
  );
}

function Entry({ entry, people, frame }: { entry: LookEntry; people: People; frame: Frame }) {
  const { t } = frame.translator;
  const { position, at, kind, by, what, subject } = entry;
  return (
    <tr {...TABLE_ROLES.row}>
      <td {...TABLE_ROLES.cell} class="number" data-label={t('audit.position')}>
        {mayAudit(frame.member) ? <a href={eventHref(position)}>{position}</a> : position}
      </td>
      <td {...TABLE_ROLES.cell} class="number">
        {logTime(at)}
      </td>
      <td {...TABLE_ROLES.cell}>{by ? by.handle : '–'}</td>
      <td {...TABLE_ROLES.cell}>{t(`audit.kind.${kind}`)}</td>
      <td {...TABLE_ROLES.cell}>
        <code>{what}</code> {subject !== null && <ShortId id={subject} />}
      </td>
      <td {...TABLE_ROLES.cell}>
        <Things entry={entry} people={people} frame={frame} />
      </td>
    </tr>
  );
}

/** The looks at hidden things, the exports and the changes of roles, newest first. */
export function LooksPage(props: LooksProps) {
  const { frame, fields, items, people, next } = props;
  const { t } = frame.translator;
  const heads = [
    t('audit.position'),
    t('audit.recorded'),
    t('audit.actor'),
    t('modlog.kind'),
    t('modlog.what'),
    t('audit.things'),
  ];
  return (
    <AuditPage frame={frame} title={t('audit.log')}>
      <h1>{t('audit.log')}</h1>
      <p class="hint">{t('audit.looksIntro')}</p>
      <Filters {...props} />
      {items === null && <p role="status">{t('audit.tooEarly')}</p>}
      {items !== null && items.length === 0 && <p class="empty">{t('modlog.empty')}</p>}
      {items !== null && items.length > 0 && (
        <table {...TABLE_ROLES.table} class="dense log">
          <TableHead names={heads} />
          <tbody {...TABLE_ROLES.rows}>
            {items.map((entry) => (
              <Entry key={entry.position} entry={entry} people={people} frame={frame} />
            ))}
          </tbody>
        </table>
      )}
      {next !== null && (
        <nav class="pages" aria-label={t('audit.older')}>
          <a rel="next" href={`/audit/log?${new URLSearchParams({ ...fields, before: next })}`}>
            {t('audit.older')}
          </a>
        </nav>
      )}
    </AuditPage>
  );
}
