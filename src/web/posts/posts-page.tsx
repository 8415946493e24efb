import type { Page, PostSummary } from '../../../libs/client/index.ts';
import { tagHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { type Frame, mayEditPosts } from '../shell/frame.ts';
import { monthName } from '../shell/i18n/moments.ts';
import { type PostsOf, titleOfPosts } from '../shell/posts-of.ts';
import type { PublicPage } from '../shell/public-page.tsx';
import { SubscriptionBox } from '../shell/subscription-box.tsx';
import type { TranslatedTitles } from '../shell/translated-titles.ts';
import type { NearbyMonths } from './nearby-months.ts';
import { type NewIn, PostList } from './post-list.tsx';

interface PostsPageProps {
  readonly frame: Frame;
  readonly of: PostsOf;
  readonly posts: Page<PostSummary>;
  readonly newIn: NewIn;
  readonly titles: TranslatedTitles;
  /** The list's own address, without a cursor. */
  readonly path: string;
  /** The same with the cursor of this page. */
  readonly here: string;
  readonly isFirst: boolean;
  /** Of the list of a month; null for others. */
  readonly nearby: NearbyMonths | null;
}

const EMPTY = {
  all: 'posts.empty',
  tag: 'posts.taggedEmpty',
  month: 'archive.monthEmpty',
} as const;

/** Searches are no pages of their own. */
function knownOf(of: PostsOf, path: string): PublicPage | undefined {
  switch (of.kind) {
    case 'tag': {
      // Tags are the same whatever their case.
      const feed = tagHref(of.tag.toLowerCase());
      return { path: path.replace(tagHref(of.tag), feed), feed };
    }
    default:
      return { path };
  }
}

/** The home page, the posts of a tag, the posts of a month. */
export function PostsPage({ frame, of, posts, newIn, titles, path, here, isFirst, nearby }: PostsPageProps) {
  const { t } = frame.translator;
  const title = titleOfPosts(of, frame.translator);
  const older =
    posts.next === null ? null : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(posts.next)}`;
  return (
    <Document frame={frame} title={of.kind === 'all' ? null : title} known={knownOf(of, here)}>
      <h1 class={of.kind === 'all' ? 'visually-hidden' : undefined}>{title}</h1>
      <PostList
        frame={frame}
        posts={posts.items}
        newIn={newIn}
        titles={titles}
        empty={t(EMPTY[of.kind])}
        older={older}
        newest={isFirst ? null : path}
      />
      {of.kind === 'all' && isFirst && posts.items.length === 0 && mayEditPosts(frame.member) && (
        <p>
          <a class="button" href="/write">
            {t('posts.writeFirst')}
          </a>
        </p>
      )}
      {of.kind === 'all' && <SubscriptionBox frame={frame} />}
      {nearby && <OtherMonths nearby={nearby} frame={frame} />}
    </Document>
  );
}

/** The ways from a month to those around it. */
function OtherMonths({ nearby: { before, after }, frame: { translator } }: { nearby: NearbyMonths; frame: Frame }) {
  const href = (month: string): string => `/archive/${month.replace('-', '/')}`;
  return (
    <p class="aside months-around">
      {before !== null && (
        <a href={href(before)} rel="prev">
          {monthName(before, translator)}
        </a>
      )}
      <a href="/archive">{translator.t('archive.all')}</a>
      {after !== null && (
        <a href={href(after)} rel="next">
          {monthName(after, translator)}
        </a>
      )}
    </p>
  );
}
