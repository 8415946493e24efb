import type { Comment } from '../../../../libs/client/shapes.ts';
import { readData } from '../../shell/browser/page-data.ts';
import { elementsOf, MOST_ELEMENTS } from '../parts/page-budget.ts';
import type { ThreadPageData } from '../parts/page-data.ts';
import { onPage } from './drawing.ts';
import { HeldBack, topLevelAbove } from './held-back.ts';
import { canGo, goTo, wouldMove } from './in-sight.ts';
import { threadOnPage } from './page-start.ts';
import type { Sight, ThreadParts } from './thread-view.ts';

/** Elements of forms, dialogs and announcements, which come and go. */
const FOR_OTHERS = 120;
/** The folded answers shown at once, where room can be made for them. */
const AT_ONCE = 20;

/** The comments of a thread that its reader sees, and how more of them come into sight. */
export function readersSight(parts: ThreadParts): Sight {
  const { view, session, start } = parts;
  const room = MOST_ELEMENTS - FOR_OTHERS - document.getElementsByTagName('*').length;
  const held = new HeldBack(start.thread.comments, room);
  const comments = (): readonly Comment[] => onPage(session.state.thread ?? start.thread, start);
  const foldOf = (rootId: string) => view.folds()[rootId];
  const ends = new Map(Object.keys(view.folds()).map((rootId) => [rootId, endOf(start.thread.comments, rootId)]));

  /** Other conversations shrink to their first answers. */
  const makeRoom = (rootId: string): void => {
    const all = comments();
    const roots = topLevelAbove(all);
    const answered = new Set(held.shown(all).flatMap(({ id, parentId }) => (parentId ? (roots.get(id) ?? []) : [])));
    for (const other of canGo([...answered].filter((id) => id !== rootId))) {
      if (held.room(all) >= AT_ONCE * elementsOf({ bodyHtml: '<p>', replyCount: 1 })) return;
      held.fold(all, other);
    }
  };
  const show = (rootId: string, href: string): void => {
    makeRoom(rootId);
    const revealed = held.unfold(comments(), rootId);
    if (revealed.length > 0) view.show(revealed);
    else location.assign(href);
  };
  const bring = async (rootId: string, href: string): Promise<void> => {
    const response = await fetch(href, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const data = readData<ThreadPageData>('page-data', page);
    if (!response.ok || !data) throw new Error(String(response.status));
    const { [rootId]: _gone, ...others } = view.folds();
    const rest = data.folds[rootId];
    const brought = threadOnPage(data, page);
    held.foldAway(brought.comments);
    ends.set(rootId, endOf(brought.comments, rootId));
    view.bring(brought, rest ? { ...others, [rootId]: rest } : others, data.ownReactions);
  };
  return {
    take: (all, isOwn) => {
      const isAfterGap = ({ parentId }: Comment, rootId: string): boolean =>
        foldOf(rootId) !== undefined && ends.get(rootId)?.has(parentId ?? '') === true;
      return held.take(all, { isOwn, isAfterGap, wouldMove: (arrival) => wouldMove(arrival, all) });
    },
    shown: (all) => held.shown(all),
    state: (all, folds) => ({ waiting: held.waiting(all), ...held.folds(all, folds) }),
    reveal: (all, place) => held.reveal(all, place),
    unfold: (rootId) => {
      const fold = foldOf(rootId);
      const { href } = fold ?? view.now().state.folds[rootId] ?? {};
      if (href === undefined) return false;
      if (fold === undefined) show(rootId, href);
      else
        bring(rootId, href).then(
          () => show(rootId, href),
          () => location.assign(href),
        );
      return true;
    },
    goTo,
  };
}

/** The end of the read part of a conversation: that comment with those above it, below which more may be missing. */
function endOf(comments: readonly Comment[], rootId: string): ReadonlySet<string> {
  const roots = topLevelAbove(comments);
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  const end = new Set<string>();
  let at = comments.findLast(({ id }) => roots.get(id) === rootId);
  for (; at; at = at.parentId === null ? undefined : byId.get(at.parentId)) end.add(at.id);
  return end;
}
