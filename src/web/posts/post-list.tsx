import type { PostSummary } from '../../../libs/client/index.ts';
import { postHref } from '../shell/addresses.ts';
import { Data } from '../shell/document.tsx';
import type { Frame } from '../shell/frame.ts';
import { messagesOf } from '../shell/message-files.ts';
import { PostMeta } from '../shell/post-meta.tsx';
import type { TranslatedTitle, TranslatedTitles } from '../shell/translated-titles.ts';

/** The comments that are new for a member since the last visit, by their posts; a post that was never read is missing. */
export type NewIn = ReadonlyMap<string, readonly string[]>;

interface EntryProps {
  readonly post: PostSummary;
  readonly frame: Frame;
  readonly newIn: NewIn;
  readonly titles: TranslatedTitles;
}

interface TitleProps {
  readonly post: PostSummary;
  /** What stands in place of the original, and what stands below it; one of them at most. */
  readonly instead: TranslatedTitle | undefined;
  readonly below: TranslatedTitle | undefined;
}

function Title({ post, instead, below }: TitleProps) {
  return (
    <>
      <h2 id={`post-${post.id}`} lang={instead?.language ?? post.locale} dir="auto">
        <a href={postHref(post)}>{(instead ?? post).title}</a>
      </h2>
      {below && (
        <p class="lead" lang={below.language} dir="auto">
          {below.title}
        </p>
      )}
    </>
  );
}

/** A post in a list: its title, the beginning of its text, which is in the title's language, and the number of its comments. */
export function PostEntry({ post, frame, newIn, titles }: EntryProps) {
  const { t } = frame.translator;
  const href = postHref(post);
  const translated = titles.get(post.id);
  const fresh = newIn.get(post.id) ?? [];
  const [instead, below] = frame.translationsShown === 'instead' ? [translated] : [undefined, translated];
  return (
    <li>
      <article aria-labelledby={`post-${post.id}`}>
        <PostMeta post={post} frame={frame} />
        <Title post={post} instead={instead} below={below} />
        <div
          class="excerpt text"
          lang={instead?.language ?? post.locale}
          dir="auto"
          dangerouslySetInnerHTML={{ __html: (instead ?? post).excerptHtml }}
        />
        <p class="post-foot">
          <a href={href} id={`more-${post.id}`} aria-labelledby={`more-${post.id} post-${post.id}`}>
            {t('posts.readMore')}
          </a>
          <a class="count" href={`${href}#discussion`} data-comments-of={post.id}>
            {post.commentCount === 0 ? t('posts.noComments') : t('posts.comments', { count: post.commentCount })}
          </a>
          {fresh.length > 0 && (
            <a class="count new" href={`/comments/${fresh[0]}`}>
              {t('posts.new', { count: fresh.length })}
            </a>
          )}
        </p>
      </article>
    </li>
  );
}

/** The words with which the browser keeps the numbers of comments current. */
function countWords({ translator }: Frame): object {
  const { 'posts.comments': some, 'posts.noComments': none } = messagesOf(translator);
  return { 'posts.comments': some, 'posts.noComments': none };
}

interface PostListProps {
  readonly frame: Frame;
  readonly posts: readonly PostSummary[];
  readonly newIn: NewIn;
  readonly titles: TranslatedTitles;
  readonly empty: string;
  /** Addresses of the pages beside this one. */
  readonly older: string | null;
  readonly newest: string | null;
}

/** Posts, newest first, with an excerpt each. */
export function PostList({ frame, posts, newIn, titles, empty, older, newest }: PostListProps) {
  const { t } = frame.translator;
  if (posts.length === 0) return <p class="empty">{empty}</p>;
  return (
    <>
      <Data id="count-words" data={countWords(frame)} />
      <ol class="posts" data-late={frame.asset('post-counts.js')}>
        {posts.map((post) => (
          <PostEntry key={post.id} post={post} frame={frame} newIn={newIn} titles={titles} />
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
