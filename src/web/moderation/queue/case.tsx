import type { Comment, LogEntry, Report } from '../../../../libs/client/index.ts';
import type { Case } from '../../../views/moderation-queue/queue.query-types.ts';
import { postHref, recordHref } from '../../shell/addresses.ts';
import { type Frame, mayAdminister } from '../../shell/frame.ts';
import { languageOf } from '../../shell/i18n/language-of.ts';
import { percent } from '../../shell/i18n/percent.ts';
import type { MessageKey } from '../../shell/i18n/translate.ts';
import { shownHtml } from '../../shell/shown-html.ts';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { claimText, heldOnArrival, reasonKey, ruleName } from '../decision/queue-words.ts';
import { HeldBy } from '../held-by.tsx';
import { withMarks } from '../marked.ts';
import { Record } from '../record.tsx';
import { goneKey, Said } from '../said.tsx';
import { DecisionForm, type DecisionFormProps } from './decision-form.tsx';
import { DecisionLines } from './decision-lines.tsx';

interface CaseProps {
  readonly found: Case;
  readonly frame: Frame;
}

interface NameProps {
  readonly comment: Pick<Comment, 'author'>;
  readonly frame: Frame;
  /** In place of a name that is gone. */
  readonly nameless?: MessageKey;
}

function Name({ comment, frame, nameless = 'comment.nameless' }: NameProps) {
  const { author } = comment;
  if (author === null) return <>{frame.translator.t(nameless)}</>;
  const name = <bdi>{author.displayName}</bdi>;
  if (author.id !== null) return <a href={recordHref(author.handle)}>{name}</a>;
  return (
    <>
      {!('url' in author) || author.url === undefined ? (
        name
      ) : (
        <a href={author.url} rel="nofollow ugc noopener">
          {name}
        </a>
      )}
      {author.email !== undefined && <bdi> · {author.email}</bdi>}
    </>
  );
}

/** One comment of the branch: the judged one in full strength, the others quieter. */
function InContext({ comment, found, frame }: CaseProps & { comment: Comment }) {
  const { t } = frame.translator;
  const isJudged = comment.id === found.comment.id;
  const marks = isJudged ? found.findings.flatMap(({ matched }) => (matched === null ? [] : [matched])) : [];
  const html = withMarks(comment.bodyHtml ?? '', marks);
  return (
    <li class={isJudged ? 'around judged' : 'around'} data-depth={Math.min(comment.depth, 5)}>
      <p class="comment-head">
        <Name
          comment={isJudged ? { author: writerOf(found) } : comment}
          frame={frame}
          nameless={isJudged ? namelessKey(found) : 'comment.nameless'}
        />
        <a class="when" href={isJudged ? `/comments/${comment.id}` : `/moderation/cases/${comment.id}`}>
          <TimeAgo at={comment.createdAt} translator={frame.translator} now={frame.now} />
        </a>
        {comment.editedAt !== null && (
          <a class="when" href={`/comments/${comment.id}/history`}>
            {t('comment.edited')}
          </a>
        )}
        {comment.status !== 'visible' && <span class="badge waiting">{t(`status.${comment.status}`)}</span>}
      </p>
      {comment.bodyHtml === null ? (
        <p class="hint">{t(goneKey(comment))}</p>
      ) : (
        <div
          class="text"
          dir="auto"
          lang={comment.language ?? languageOf(html)}
          dangerouslySetInnerHTML={shownHtml(html, { from: 3, translator: frame.translator })}
        />
      )}
    </li>
  );
}

/** What the policy found on arrival and in the text, each with the way to its rule. */
function Findings({ found, frame }: CaseProps) {
  const { t } = frame.translator;
  const { findings, heldBy, policyVersion: version } = found;
  return (
    <>
      {heldOnArrival(found).map((rule) => (
        <li key={rule}>
          <HeldBy rule={rule} translator={frame.translator} />
        </li>
      ))}
      {findings.map(({ rule, matched }) => (
        <li key={rule}>
          {heldBy.includes(rule) ? (
            <HeldBy rule={rule} translator={frame.translator} />
          ) : (
            <strong>{t('case.rule', { rule: ruleName(rule, frame.translator) })}</strong>
          )}
          {matched !== null && (
            <>
              {' '}
              <mark dir="auto">{matched}</mark>
            </>
          )}{' '}
          {version !== null && <span class="hint">{t('case.policy', { number: version })}</span>}
        </li>
      ))}
    </>
  );
}

function Reports({ reports, frame }: { reports: readonly Report[]; frame: Frame }) {
  const { t } = frame.translator;
  return (
    <>
      {reports.length > 0 && <li class="hint">{t('case.weightHint')}</li>}
      {reports.map((report) => (
        <li key={`${report.by?.id}-${report.at}`}>
          <strong>{t(`reason.${report.reason}`)}</strong> <Name comment={{ author: report.by }} frame={frame} />{' '}
          <TimeAgo at={report.at} translator={frame.translator} now={frame.now} />{' '}
          <span class="hint">
            {t('case.weight', { share: percent(Math.round(report.weight * 100), frame.translator) })}
          </span>
          {report.outcome !== 'open' && <span class="badge">{t(`outcome.${report.outcome}`)}</span>}
          <Said text={report.note} of={report} translator={frame.translator} />
        </li>
      ))}
    </>
  );
}

/** The reasons why the comment is here: the policy's findings, the reports, the source's reasons. */
function Reasons({ found, frame }: CaseProps) {
  const { t } = frame.translator;
  const { findings, reports, reasons, heldBy } = found;
  if (findings.length + reports.length + reasons.length + heldBy.length === 0)
    return <p class="hint">{t('case.noReasons')}</p>;
  return (
    <ul class="lines">
      <Findings found={found} frame={frame} />
      <Reports reports={reports} frame={frame} />
      {reasons.map((reason) => (
        <li key={reason}>{t(reasonKey(reason))}</li>
      ))}
    </ul>
  );
}

/** The reason outlives the name, which is destroyed with a text that is erased. */
function isByGuest({ comment: { author }, reasons }: Pick<Case, 'comment' | 'reasons'>): boolean {
  return reasons.includes('guest') || (author !== null && 'guest' in author);
}

function namelessKey(found: Case): MessageKey {
  return isByGuest(found) ? 'case.namelessGuest' : 'comment.nameless';
}

/** A member still has its name where the text is erased. */
function writerOf({ comment, author }: Pick<Case, 'comment' | 'author'>): Comment['author'] {
  return comment.author ?? author?.member ?? null;
}

interface CaseViewProps extends CaseProps, Pick<DecisionFormProps, 'next' | 'hidden' | 'written'> {
  /** Who purged the text, and why; null for a text that nobody purged. */
  readonly purge: LogEntry | null;
}

/** Everything that a decision needs, and its form. `next` is the next case in the list. */
export function CaseView(props: CaseViewProps) {
  const { found, frame, purge, ...form } = props;
  const { t } = frame.translator;
  const { comment, post, author, decisions, surroundings } = found;
  const branch = surroundings.length > 0 ? surroundings : [comment];
  return (
    <>
      <h2 id="case-title" tabIndex={-1}>
        {t('case.title', { name: writerOf(found)?.displayName ?? t(namelessKey(found)) })}{' '}
        <span class="badge">{t(`status.${comment.status}`)}</span>
      </h2>
      <p class="post-meta case-meta">
        <a href={postHref(post)} dir="auto">
          {post.title}
        </a>
        {post.url !== undefined && (
          <a href={`${post.url}#comment-${comment.id}`} rel="noopener">
            {t('embed.readThere', { host: post.site ?? new URL(post.url).host })}
          </a>
        )}
        <span class="row-claim" data-claim>
          {claimText(found, frame)}
        </span>
      </p>
      <ol class="branch" aria-label={t('case.context')}>
        {branch.map((one) => (
          <InContext key={one.id} comment={one} found={found} frame={frame} />
        ))}
      </ol>
      <h3>{t('case.reasons')}</h3>
      <Reasons {...props} />
      <DecisionForm found={found} frame={frame} {...form} />
      <div class="beside">
        <section aria-labelledby="record-title">
          <h3 id="record-title">{t('case.author')}</h3>
          {author === null ? (
            <>
              <p class="hint">{t(isByGuest(found) ? 'case.guest' : 'case.imported')}</p>
              {mayAdminister(frame.member) && comment.author !== null && (
                <p>
                  <a href={`/admin/erasures?comment=${comment.id}`}>{t('erase.others')}</a>
                </p>
              )}
            </>
          ) : (
            <>
              <p>
                <a href={recordHref(author.member.handle)} data-key="m">
                  <bdi>{author.member.displayName}</bdi> @{author.member.handle}
                </a>
              </p>
              <Record record={author} frame={frame} />
            </>
          )}
        </section>
        <section aria-labelledby="earlier-title">
          <h3 id="earlier-title">{t('case.earlier')}</h3>
          {decisions.length === 0 && purge === null ? (
            <p class="hint">{t('case.noEarlier')}</p>
          ) : (
            <DecisionLines decisions={decisions} purge={purge} frame={frame} />
          )}
        </section>
      </div>
    </>
  );
}
