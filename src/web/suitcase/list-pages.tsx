import type { ArchiveMonth, PostSummary } from '../../../libs/client/index.ts';
import { Months } from '../posts/archive-page.tsx';
import { PostEntry } from '../posts/post-list.tsx';
import { tagHref } from '../shell/addresses.ts';
import { TagItems } from '../shell/post-tags.tsx';
import { type PostsOf, titleOfPosts } from '../shell/posts-of.ts';
import { ARCHIVE, numbered, ownHref, TAGS } from './places.ts';
import { type Sheet, SheetPage, sheetHtml } from './sheet.tsx';

/** One page of a list of posts. */
export interface ListPage {
  readonly of: PostsOf;
  /** Its folder, with a slash at its end; empty for the first page of all. */
  readonly folder: string;
  /** From 1 on. */
  readonly number: number;
  readonly posts: readonly PostSummary[];
  readonly isLast: boolean;
}

const NOTHING_NEW = new Map<string, readonly string[]>();
/** The suitcase is the same for all its readers. */
const AS_WRITTEN = new Map<string, never>();

/** The newest posts, those of a tag, those of a month. */
export function listHtml(sheet: Sheet, { of, folder, number, posts, isLast }: ListPage): string {
  const { frame } = sheet;
  const { t } = frame.translator;
  const title = titleOfPosts(of, sheet.frame.translator);
  const isHome = of.kind === 'all';
  return sheetHtml(
    <SheetPage
      sheet={sheet}
      title={isHome ? null : title}
      file={numbered(folder, number)}
      {...(of.kind === 'tag' && { feed: tagHref(of.tag) })}
    >
      <h1 class={isHome ? 'visually-hidden' : undefined}>{title}</h1>
      {posts.length === 0 && <p class="empty">{t('posts.empty')}</p>}
      <ol class="posts">
        {posts.map((post) => (
          <PostEntry key={post.id} post={post} frame={frame} newIn={NOTHING_NEW} titles={AS_WRITTEN} />
        ))}
      </ol>
      {(number > 1 || !isLast) && (
        <nav class="pages" aria-label={t('posts.pages')}>
          {number > 1 && <a href={ownHref(numbered(folder, 1))}>{t('posts.newest')}</a>}
          {!isLast && (
            <a rel="next" href={ownHref(numbered(folder, number + 1))}>
              {t('posts.older')}
            </a>
          )}
        </nav>
      )}
      {of.kind === 'month' && (
        <p class="aside">
          <a href={ownHref(ARCHIVE)}>{t('archive.all')}</a>
        </p>
      )}
    </SheetPage>,
  );
}

/** Every month with posts. */
export function archiveHtml(sheet: Sheet, months: readonly ArchiveMonth[]): string {
  const { translator } = sheet.frame;
  const title = translator.t('archive.title');
  return sheetHtml(
    <SheetPage sheet={sheet} title={title} file={ARCHIVE}>
      <h1>{title}</h1>
      <Months months={months} translator={translator} />
    </SheetPage>,
  );
}

/** Every tag. */
export function tagsHtml(sheet: Sheet, tags: readonly string[]): string {
  const { t } = sheet.frame.translator;
  return sheetHtml(
    <SheetPage sheet={sheet} title={t('post.tags')} file={TAGS}>
      <h1>{t('post.tags')}</h1>
      {tags.length === 0 && <p class="empty">{t('posts.empty')}</p>}
      <ul class="tag-list">
        <TagItems tags={tags} />
      </ul>
    </SheetPage>,
  );
}
