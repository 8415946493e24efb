import type { Bookmark, Page } from '../../../libs/client/index.ts';
import { postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import type { Frame } from '../shell/frame.ts';
import { languageOf } from '../shell/i18n/language-of.ts';
import { PostForm } from '../shell/post-form.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { WithTitle } from '../shell/with-title.tsx';

interface BookmarksPageProps {
  readonly frame: Frame;
  readonly list: Page<Bookmark>;
  /** The beginnings of the comments, by their ids. */
  readonly excerpts: ReadonlyMap<string, string>;
}

function Title({ bookmark: { post, commentId, comment }, frame }: { bookmark: Bookmark; frame: Frame }) {
  const { t } = frame.translator;
  if (post === null || (commentId !== null && comment === null)) return <>{t('bookmarks.gone')}</>;
  if (comment === null)
    return (
      <a href={postHref(post)} lang={post.locale}>
        {post.title}
      </a>
    );
  const name = comment.author?.displayName ?? t('comment.nameless');
  return (
    <a href={`/comments/${comment.id}`}>
      <WithTitle around={(title) => t('bookmarks.by', { name, title })} title={post.title} lang={post.locale} />
    </a>
  );
}

function Item({ bookmark, excerpt, frame }: { bookmark: Bookmark; excerpt: string; frame: Frame }) {
  const { translator, now } = frame;
  const { t } = translator;
  const { postId, commentId, addedAt } = bookmark;
  return (
    <li class="entry">
      <div>
        <h2 dir="auto">
          <Title bookmark={bookmark} frame={frame} />
        </h2>
        {excerpt !== '' && (
          <p
            class="told-words"
            dir="auto"
            lang={bookmark.comment?.language ?? languageOf(excerpt, bookmark.post?.locale)}
          >
            {excerpt}
          </p>
        )}
        <p class="hint">
          <TimeAgo at={addedAt} translator={translator} now={now} />
        </p>
      </div>
      <PostForm action="/bookmarks">
        <input type="hidden" name="list" value="1" />
        <button
          class="button quiet"
          type="submit"
          name={commentId === null ? 'removePost' : 'remove'}
          value={commentId ?? postId}
        >
          {t('comment.unbookmark')}
        </button>
      </PostForm>
    </li>
  );
}

/** What the member wants to find again, newest first. */
export function BookmarksPage({ frame, list: { items, next }, excerpts }: BookmarksPageProps) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('bookmarks.title')} styles={['account.css']}>
      <h1>{t('bookmarks.title')}</h1>
      <p class="lead">{t(items.length === 0 && next === null ? 'bookmarks.none' : 'bookmarks.lead')}</p>
      <ul class="entries">
        {items.map((bookmark) => (
          <Item
            key={bookmark.commentId ?? bookmark.postId}
            bookmark={bookmark}
            excerpt={excerpts.get(bookmark.commentId ?? '') ?? ''}
            frame={frame}
          />
        ))}
      </ul>
      {next !== null && (
        <p>
          <a href={`/bookmarks?cursor=${encodeURIComponent(next)}`}>{t('bookmarks.older')}</a>
        </p>
      )}
    </Document>
  );
}
