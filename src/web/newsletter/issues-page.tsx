import type { IssueProgress, Page, PostDraftSummary, PostSummary } from '../../../libs/client/index.ts';
import { ISSUES_PATH, postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import type { Frame } from '../shell/frame.ts';
import { PostMeta } from '../shell/post-meta.tsx';
import { progressWords } from './issue-progress.tsx';

/** An issue and how far it is. */
export interface ListedIssue {
  readonly post: PostSummary;
  readonly progress: IssueProgress;
  /** The quotes that should not be read in it any more. */
  readonly quotesToTakeOut: number;
}

interface IssuesPageProps {
  readonly frame: Frame;
  /** Of issues that are not published; on the first page alone. */
  readonly drafts: readonly PostDraftSummary[];
  readonly issues: Page<ListedIssue>;
}

/** All issues for editors: what is being written, what is being sent, and what was. */
export function IssuesPage({ frame, drafts, issues }: IssuesPageProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('issues.title')} styles={['account.css']}>
      <h1>{t('issues.title')}</h1>
      {drafts.length + issues.items.length === 0 && <p class="empty">{t('issues.none')}</p>}
      <ul class="entries">
        {drafts.map(({ postId, title, locale }) => (
          <li class="entry" key={postId}>
            <div>
              <h2 dir="auto" lang={locale}>
                <a href={`/write/${postId}`}>{title || t('issues.untitled')}</a>
              </h2>
              <p class="post-meta">
                <span class="badge waiting">{t('issues.draft')}</span>
              </p>
            </div>
          </li>
        ))}
        {issues.items.map((issue) => (
          <Issue key={issue.post.id} issue={issue} frame={frame} />
        ))}
      </ul>
      {issues.next !== null && (
        <p>
          <a href={`${ISSUES_PATH}?cursor=${encodeURIComponent(issues.next)}`}>{t('posts.older')}</a>
        </p>
      )}
    </Document>
  );
}

function Issue({ issue: { post, progress, quotesToTakeOut }, frame }: { issue: ListedIssue; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <li class="entry">
      <div>
        <h2 dir="auto" lang={post.locale}>
          <a href={postHref(post)}>{post.title}</a>
        </h2>
        <PostMeta post={post} frame={frame} />
        <p>{progress.state === 'unsent' ? t('issues.unsent') : progressWords(progress, translator)}</p>
        {quotesToTakeOut > 0 && <p class="notice">{t('issues.quotesOut', { count: quotesToTakeOut })}</p>}
        <p class="buttons">
          <a class="button quiet" href={`${postHref(post)}/issue`} aria-label={`${t('issues.look')}: ${post.title}`}>
            {t('issues.look')}
          </a>
        </p>
      </div>
    </li>
  );
}
