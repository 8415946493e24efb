import type { PostSummary } from '../../../libs/client/index.ts';
import { postHref } from '../shell/addresses.ts';
import type { Frame } from '../shell/frame.ts';
import { PostMeta } from '../shell/post-meta.tsx';

function PostEntry({ post, frame }: { post: PostSummary; frame: Frame }) {
  const { t } = frame.translator;
  const href = postHref(post);
  return (
    <li>
      <article aria-labelledby={`post-${post.id}`}>
        <PostMeta post={post} frame={frame} />
        <h2 id={`post-${post.id}`} lang={post.locale} dir="auto">
          <a href={href}>{post.title}</a>
        </h2>
        <div
          class="excerpt text"
          lang={post.locale}
          dir="auto"
          dangerouslySetInnerHTML={{ __html: post.excerptHtml }}
        />
        <p class="post-foot">
          <a href={href} id={`more-${post.id}`} aria-labelledby={`more-${post.id} post-${post.id}`}>
            {t('posts.readMore')}
          </a>
          <a class="count" href={`${href}#discussion`}>
            {post.commentCount === 0 ? t('posts.noComments') : t('posts.comments', { count: post.commentCount })}
          </a>
        </p>
      </article>
    </li>
  );
}

interface PostListProps {
  readonly frame: Frame;
  readonly posts: readonly PostSummary[];
  readonly empty: string;
  /** Addresses of the pages beside this one. */
  readonly older: string | null;
  readonly newest: string | null;
}

/** Posts, newest first, with an excerpt each. */
export function PostList({ frame, posts, empty, older, newest }: PostListProps) {
  const { t } = frame.translator;
  if (posts.length === 0) return <p class="empty">{empty}</p>;
  return (
    <>
      <ol class="posts">
        {posts.map((post) => (
          <PostEntry key={post.id} post={post} frame={frame} />
        ))}
      </ol>
      {(older ?? newest) !== null && (
        <nav class="pages" aria-label={t('posts.pages')}>
          {newest !== null && <a href={newest}>{t('posts.newest')}</a>}
          {older !== null && (
            <a rel="next" href={older}>
              {t('posts.older')}
            </a>
          )}
        </nav>
      )}
    </>
  );
}
