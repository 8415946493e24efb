import {
  LOG_KINDS,
  type LogEntry,
  type MemberAuthor,
  type Page,
  REPORT_REASONS,
} from '../../../../libs/client/index.ts';
import { SelectField, TextField } from '../../components/fields.tsx';
import type { Frame } from '../../components/frame.ts';
import { drawerHref } from '../../moderation/record.tsx';
import { oneOf } from '../../moderation/words.ts';
import { TimeAgo } from '../../thread/time-ago.tsx';
import { ModerationPage } from './moderation-page.tsx';

export type LogFields = Readonly<Record<'actor' | 'member' | 'kind' | 'from' | 'to', string>>;

interface LogProps {
  readonly frame: Frame;
  readonly fields: LogFields;
  readonly page: Page<LogEntry>;
}

function Filters({ frame, fields }: LogProps) {
  const { t } = frame.translator;
  return (
    <form class="filters" method="get" action="/moderation/log">
      {(['actor', 'member', 'from', 'to'] as const).map((name) => (
        <TextField
          key={name}
          name={name}
          label={t(`modlog.${name}`)}
          value={fields[name]}
          required={false}
          errors={{}}
        />
      ))}
      <SelectField name="kind" label={t('modlog.kind')} errors={{}}>
        <option value="">{t('drawer.all')}</option>
        {LOG_KINDS.map((kind) => (
          <option key={kind} value={kind} selected={kind === fields.kind}>
            {t(`entry.${kind}`)}
          </option>
        ))}
      </SelectField>
      <button class="button quiet" type="submit">
        {t('modlog.filter')}
      </button>
    </form>
  );
}

function Who({ member }: { member: MemberAuthor | null }) {
  return member && <a href={drawerHref(member.handle)}>{member.displayName}</a>;
}

function Entry({ entry, frame }: { entry: LogEntry; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  const reason = oneOf(REPORT_REASONS, entry.reason ?? '');
  const what = `${t(`entry.${entry.kind}`)}: ${entry.action}`;
  return (
    <tr>
      <td>
        <TimeAgo at={entry.at} translator={translator} now={frame.now} />
      </td>
      <td>{entry.byPolicy ? t('policy.title') : <Who member={entry.actor} />}</td>
      <td>
        {entry.decisionId ? <a href={`/moderation/decisions/${entry.decisionId}`}>{what}</a> : what}
        {entry.undone && <span class="badge">{t('decided.undone')}</span>}
        {entry.note && (
          <p class="said" dir="auto">
            {entry.note}
          </p>
        )}
      </td>
      <td>
        <Who member={entry.member} />{' '}
        {entry.commentId && <a href={`/moderation/cases/${entry.commentId}`}>{entry.commentId.slice(0, 8)}</a>}
      </td>
      <td>{reason ? t(`reason.${reason}`) : entry.reason}</td>
    </tr>
  );
}

/** All that moderators, the policy and members did about comments and each other, newest first. */
export function LogPage(props: LogProps) {
  const { frame, fields, page } = props;
  const { t } = frame.translator;
  const heads = [t('modlog.when'), t('modlog.who'), t('modlog.what'), t('modlog.whom'), t('decide.reason')];
  return (
    <ModerationPage frame={frame} title={t('modlog.title')}>
      <h1>{t('modlog.title')}</h1>
      <Filters {...props} />
      {page.items.length === 0 ? (
        <p class="empty">{t('modlog.empty')}</p>
      ) : (
        <table class="dense log">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.items.map((entry) => (
              <Entry key={entry.position} entry={entry} frame={frame} />
            ))}
          </tbody>
        </table>
      )}
      {page.next !== null && (
        <nav class="pages" aria-label={t('queue.more')}>
          <a rel="next" href={`/moderation/log?${new URLSearchParams({ ...fields, cursor: page.next })}`}>
            {t('queue.more')}
          </a>
        </nav>
      )}
    </ModerationPage>
  );
}
