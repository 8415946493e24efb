import type { Comment, Post, Translation } from '../../../libs/client/index.ts';
import { postHref } from '../shell/addresses.ts';
import { PostMeta } from '../shell/post-meta.tsx';
import { PostTags } from '../shell/post-tags.tsx';
import { shownHtml } from '../shell/shown-html.ts';
import { TimeAgo } from '../shell/time-ago.tsx';
import { headWithoutTags, unescaped } from '../shell/without-tags.ts';
import { CommentItem, DEEP } from '../thread/parts/comment-item.tsx';
import { type ChangingThread, type ThreadContext, ThreadProvider } from '../thread/parts/context.ts';
import { languages } from '../thread/parts/languages.tsx';
import { AnswerLine } from '../thread/parts/standing-out.tsx';
import { NO_TREE, treeOf } from '../thread/parts/tree.ts';
import { DiscussedAt } from './discussed-pages.tsx';
import { FoldedTranslations } from './folded-translations.tsx';
import { ownHref, postPage } from './places.ts';
import { type Sheet, SheetPage, sheetHtml } from './sheet.tsx';

/** A page of a discussion, which begins below its post. */
export interface DiscussionSheet {
  readonly post: Post;
  /** From 1 on. */
  readonly number: number;
  readonly pages: number;
  readonly comments: readonly Comment[];
  /** By the ids of the texts that have some: of comments, and of the post. */
  readonly translations: ReadonlyMap<string, readonly Translation[]>;
}

/** Comments of one page, about: conversations are kept together up to MOST. */
const [USUAL, MOST] = [100, 400];
/** Characters of HTML, beyond which a page ends earlier. */
const MOST_HTML = 1_000_000;

/** A discussion in tree order, in one page or several: a page ends between conversations unless one is very long. */
export async function* pagesOf(comments: AsyncIterable<Comment>): AsyncGenerator<readonly Comment[]> {
  let page: Comment[] = [];
  let length = 0;
  for await (const comment of comments) {
    const isFull = page.length >= MOST || length >= MOST_HTML || (page.length >= USUAL && comment.parentId === null);
    if (isFull) {
      yield page;
      page = [];
      length = 0;
    }
    page.push(comment);
    length += comment.bodyHtml?.length ?? 0;
  }
  yield page;
}

/** A post with its discussion; on later pages the discussion goes on below the post's title alone. */
export function postHtml(sheet: Sheet, page: DiscussionSheet): string {
  const { post, number } = page;
  return sheetHtml(
    <SheetPage
      sheet={sheet}
      title={post.title}
      file={postPage(post.slug, number)}
      description={wordsOfHtml(post.excerptHtml, DESCRIPTION)}
      feed={postHref(post)}
    >
      <PostText sheet={sheet} page={page} />
      <section class="discussion" id="discussion" aria-labelledby="discussion-title">
        <div id="thread" class="past">
          <Thread sheet={sheet} page={page} />
        </div>
      </section>
    </SheetPage>,
  );
}

const DESCRIPTION = 200;

/** Tags within a word or a sentence: no space stands for them. */
const WITHIN = /<\/?(?:a|code|del|em|s|strong|sub|sup)(?:\s[^<>]*)?>/g;

/** The words of rendered Markdown. */
export function wordsOfHtml(html: string, most: number): string {
  return unescaped(headWithoutTags(html.replaceAll(WITHIN, ''), most))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function PostText({ sheet, page: { post, number, translations } }: { sheet: Sheet; page: DiscussionSheet }) {
  const { frame } = sheet;
  const { translator } = frame;
  const { t } = translator;
  return (
    <article aria-labelledby="post-title">
      <header class="post-head">
        <PostMeta post={post} frame={frame} />
        <h1 id="post-title" lang={post.locale} dir="auto">
          {post.title}
        </h1>
        {post.url !== undefined && (
          <p class="post-meta">
            <DiscussedAt url={post.url} />
          </p>
        )}
        <p class="post-meta">
          <a href="#discussion">{discussionTitle(post, frame)}</a>
          {post.editedAt !== null && (
            <span>
              {t('comment.edited')} <TimeAgo at={post.editedAt} translator={translator} now={frame.now} />
            </span>
          )}
        </p>
      </header>
      {number === 1 ? (
        <>
          <div
            class="post-body text"
            lang={post.locale}
            dir="auto"
            dangerouslySetInnerHTML={shownHtml(post.bodyHtml, { from: 2, translator })}
          />
          <FoldedTranslations
            translations={translations.get(post.id) ?? []}
            sheet={sheet}
            postedAt={post.publishedAt}
            from={2}
            textClass="post-body text"
          />
        </>
      ) : (
        <p>
          <a href={ownHref(postPage(post.slug, 1))}>{t('post.whole')}</a>
        </p>
      )}
      <PostTags tags={post.tags} translator={translator} />
    </article>
  );
}

function discussionTitle({ commentCount: count }: Post, { translator: { t } }: Sheet['frame']): string {
  return count === 0 ? t('thread.noComments') : t('thread.title', { count });
}

function Thread({ sheet, page }: { sheet: Sheet; page: DiscussionSheet }) {
  const { post, comments, number, pages } = page;
  const { t } = sheet.frame.translator;
  const { top } = treeOf(comments, AT_REST, NO_TREE);
  return (
    <ThreadProvider value={contextOf(sheet, page)}>
      <div class="thread-head">
        <h2 id="discussion-title">{discussionTitle(post, sheet.frame)}</h2>
      </div>
      <AnswerLine comments={comments} />
      {top.length === 0 && <p class="empty">{t('thread.emptyClosed')}</p>}
      {top.length > 0 && (
        <ol class="comments">
          {top.map((node) => (
            <CommentItem key={node.comment.id} node={node} parent={null} newId="" />
          ))}
        </ol>
      )}
      {pages > 1 && (
        <nav class="pages" aria-label={t('thread.pages')}>
          {number > 1 && <PageLink post={post} to={1} label={t('thread.firstPage')} />}
          {number > 2 && <PageLink post={post} to={number - 1} label={t('thread.previousPage')} rel="prev" />}
          {number < pages && <PageLink post={post} to={number + 1} label={t('thread.nextPage')} rel="next" />}
          {number < pages - 1 && <PageLink post={post} to={pages} label={t('thread.lastPage')} />}
        </nav>
      )}
    </ThreadProvider>
  );
}

function PageLink({ post, to, label, rel }: { post: Post; to: number; label: string; rel?: string }) {
  return (
    <a rel={rel} href={`${ownHref(postPage(post.slug, to))}#discussion`}>
      {label}
    </a>
  );
}

/** Nobody writes into a copy. */
function contextOf(sheet: Sheet, { post, comments, translations }: DiscussionSheet): ThreadContext {
  const { frame } = sheet;
  const posted = new Map(comments.map(({ id, createdAt }) => [id, createdAt]));
  return {
    Translated: ({ commentId }) => (
      <FoldedTranslations
        translations={translations.get(commentId) ?? []}
        sheet={sheet}
        postedAt={posted.get(commentId) ?? post.publishedAt}
        from={3}
        textClass="body text translated"
      />
    ),
    page: {
      post: { id: post.id, slug: post.slug, authorId: post.author?.id ?? null, locale: post.locale },
      viewer: null,
      sort: 'oldest',
      cursor: null,
      previous: null,
      next: null,
      last: null,
      locale: frame.translator.locale,
      now: frame.now,
      mostCharacters: 0,
      deepest: 0,
    },
    translator: frame.translator,
    languages,
    discussion: { ...post.discussion, state: 'closed', slowModeSeconds: 0 },
    refused: null,
    presence: { now: () => ({ readers: 0, writing: [] }), subscribe: () => () => undefined },
    actions: null,
    own: null,
    foldedFrom: DEEP,
    Kept: null,
  };
}

const AT_REST: ChangingThread = {
  openForm: null,
  ownReactions: {},
  bookmarks: new Set(),
  unread: new Set(),
  ignored: new Set(),
  waiting: {},
  later: 0,
  since: '',
  elsewhere: new Set(),
  folds: {},
  beyond: {},
  fresh: new Set(),
};
