import type { Post } from '../../../libs/client/index.ts';
import { isModerator, type Membership } from '../../../libs/words/index.ts';
import type { SiteInForce } from '../../views/site/site.query-types.ts';
import type { FoldedAnswers, ReadersPage } from '../../views/thread/thread.query-types.ts';
import { type Frame, type MemberNotices, mayRegister } from '../shell/frame.ts';
import { KeptConversation } from './kept-conversations.tsx';
import { type ChangingThread, type ThreadContext, type ThreadPageInfo, threadHref } from './parts/context.ts';
import { languages } from './parts/languages.tsx';
import { PlainButtons, PlainPreview } from './parts/plain-buttons.tsx';
import type { ThreadProps } from './parts/thread.tsx';
import type { ThreadWish } from './thread-wish.ts';

/** Where a page stands in its discussion, and what of it is shown. */
type PagePlace = Pick<ThreadPageInfo, 'sort' | 'only' | 'cursor' | 'previous' | 'next' | 'last' | 'whole'> &
  Pick<ThreadWish, 'frame'>;

/** What a page's parts and its program know of it. `mayTranslate` is said of the reader. */
export function infoOf(
  post: Post,
  at: PagePlace,
  { frame, site, mayTranslate }: { readonly frame: Frame; readonly site: SiteInForce; readonly mayTranslate: boolean },
): ThreadPageInfo {
  const { member, notices, reads, translationsShown, translator, now } = frame;
  const { discussion } = site;
  return {
    post: {
      id: post.id,
      slug: post.slug,
      authorId: post.author?.id ?? null,
      locale: post.locale,
      ...(at.frame !== undefined && { frame: at.frame }),
      ...(at.frame !== undefined && post.revision === 0 && { isUnwritten: true as const }),
    },
    viewer: member && {
      memberId: member.id,
      displayName: member.displayName,
      handle: member.handle,
      roles: member.roles,
      stop: stopOf(member.membership, notices),
    },
    ...(!mayRegister(frame) && { mayRegister: false }),
    sort: at.sort,
    ...(at.only !== undefined && { only: at.only }),
    cursor: at.cursor,
    previous: at.previous,
    next: at.next,
    last: at.last,
    ...(at.whole !== undefined && { whole: at.whole }),
    locale: translator.locale,
    ...(reads !== null && { reads }),
    ...(reads !== null && translationsShown !== 'asked' && { translationsShown }),
    now,
    mostCharacters: discussion.maxLength,
    ...(member !== null && discussion.images && { images: true as const }),
    ...(notices.stops.length === 0 && mayTranslate && { translates: true as const }),
    ...editMinutesOf(member !== null, discussion),
    deepest: discussion.maxDepth,
  };
}

/** Told to members alone, so that pages that many share stay as they are. */
function editMinutesOf(
  isMember: boolean,
  { editWindowMinutes }: { readonly editWindowMinutes: number | null },
): Pick<ThreadPageInfo, 'editMinutes'> {
  return isMember && editWindowMinutes !== null ? { editMinutes: editWindowMinutes } : {};
}

function stopOf(membership: Membership, { stops }: MemberNotices): NonNullable<ThreadPageInfo['viewer']>['stop'] {
  if (membership !== 'active') return `membership_${membership}`;
  if (stops.length === 0) return null;
  return stops.some(({ kind }) => kind === 'suspension') ? 'suspended' : 'warning_open';
}

/** Other readers are told live. */
const NOBODY = { now: () => ({ readers: 0, writing: [] }), subscribe: () => () => undefined };

export function contextOf(
  page: ThreadPageInfo,
  { frame, post, wish }: { readonly frame: Frame; readonly post: Post; readonly wish: ThreadWish },
): ThreadContext {
  const { translator } = frame;
  return {
    page,
    translator,
    discussion: post.discussion,
    languages,
    refused: wish.refused,
    presence: NOBODY,
    actions: null,
    own: null,
    plain: { Buttons: PlainButtons, Preview: PlainPreview },
    Kept: wish.refused !== null || page.done ? null : KeptConversation,
  };
}

/** Nothing has come since the page was made. */
export const AT_REST = { waiting: {}, later: 0, since: '', elsewhere: new Set<string>(), fresh: new Set<string>() };

export function shownPlace(place: ReadersPage['place']): ThreadProps['place'] {
  return place.to < place.from ? null : place;
}

/** Each fold by its conversation, with the page that shows the folded answers. */
export function foldsOf(folds: readonly FoldedAnswers[], page: ThreadPageInfo): ChangingThread['folds'] {
  return Object.fromEntries(
    folds.map(({ rootId, count, cursor, firstId }) => {
      return [rootId, { count, href: threadHref({ ...page, cursor }, { hash: `comment-${firstId}` }) }];
    }),
  );
}

/** Moderators comment whatever the post's age. */
export function forViewer(post: Post, { closed, viewer }: Pick<ThreadPageInfo, 'closed' | 'viewer'>): Post {
  if (closed === undefined || isModerator(viewer?.roles ?? [])) return post;
  return { ...post, discussion: { ...post.discussion, state: 'closed' } };
}
