import type { Comment } from '../../../../libs/client/shapes.ts';
import { readData } from '../../shell/browser/page-data.ts';
import { MOST_ELEMENTS, sizingFor } from '../parts/page-budget.ts';
import type { ThreadPageData } from '../parts/page-data.ts';
import { answersAmong } from '../parts/tree.ts';
import { onPage } from './drawing.ts';
import { HeldBack, topLevelAbove } from './held-back.ts';
import { canGo, goTo, wouldMove } from './in-sight.ts';
import { threadOnPage } from './page-start.ts';
import type { Left, Sight, ThreadParts } from './thread-view.ts';

/** Elements of forms, dialogs and announcements, which come and go. */
const FOR_OTHERS = 120;

/** The comments of a thread that its reader sees, and how more of them come into sight. */
export function readersSight(parts: ThreadParts): Sight {
  const { view, session, start } = parts;
  const room = MOST_ELEMENTS - FOR_OTHERS - document.getElementsByTagName('*').length;
  const held = new HeldBack(start.thread.comments, { sizeOf: sizingFor(start.page.viewer), room });
  const comments = (): readonly Comment[] => onPage(session.state.thread ?? start.thread, start);
  const foldOf = (rootId: string) => view.left().folds[rootId];
  const ends = new Map(Object.keys(view.left().folds).map((rootId) => [rootId, endOf(start.thread.comments, rootId)]));

  /** The folded comments of a conversation that were read; those after a gap wait until it is closed. */
  const foldedOf = (rootId: string): readonly Comment[] => {
    const [end] = (foldOf(rootId) && ends.get(rootId)) ?? [];
    return held.folded(comments(), rootId, end);
  };
  /** Other conversations go back to what they began with. */
  const makeRoom = (rootId: string, part: readonly Comment[]): void => {
    const all = comments();
    const roots = topLevelAbove(all);
    const answered = new Set(held.shown(all).flatMap(({ id, parentId }) => (parentId ? (roots.get(id) ?? []) : [])));
    for (const other of canGo([...answered].filter((id) => id !== rootId))) {
      if (held.hasRoomFor(part, all)) return;
      held.fold(all, other);
    }
  };
  /** In place if all of it fits there; else on the page of its own, which has as much as a page can have. */
  const show = (rootId: string, href: string): void => {
    const part = foldedOf(rootId);
    makeRoom(rootId, part);
    if (part.length === 0 || !held.hasRoomFor(part, comments())) {
      location.assign(href);
      return;
    }
    held.unfold(part);
    view.show(part.map(({ id }) => id));
  };
  const bring = async (rootId: string, href: string): Promise<void> => {
    const response = await fetch(href, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const data = readData<ThreadPageData>('page-data', page);
    if (!response.ok || !data) throw new Error(String(response.status));
    const left = leftAfter(rootId, { data, left: view.left(), known: comments() });
    const brought = threadOnPage(data, page);
    held.foldAway(brought.comments);
    ends.set(rootId, endOf(brought.comments, rootId));
    view.bring(brought, left, data);
  };
  return {
    take: (all, isOwn) => {
      const isAfterGap = ({ parentId }: Comment, rootId: string): boolean =>
        foldOf(rootId) !== undefined && ends.get(rootId)?.has(parentId ?? '') === true;
      return held.take(all, { isOwn, isAfterGap, wouldMove: (arrival) => wouldMove(arrival, all) });
    },
    shown: (all) => held.shown(all),
    state: (all, unread) => ({ waiting: held.waiting(all), ...held.left(all, unread) }),
    reveal: (all, place) => held.reveal(all, place),
    unfold: (rootId) => {
      const [first] = foldedOf(rootId);
      const { href } = foldOf(rootId) ?? {};
      if (first !== undefined) show(rootId, `/comments/${first.id}`);
      else if (href === undefined) return false;
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

/** The unread rest of a thread once the next part of one conversation was read. */
function leftAfter(
  rootId: string,
  { data, left, known }: { readonly data: ThreadPageData; readonly left: Left; readonly known: readonly Comment[] },
): Left {
  const { [rootId]: _closed, ...folds } = left.folds;
  const rest = data.folds[rootId];
  const roots = topLevelAbove(known);
  const elsewhere = Object.entries(left.beyond).filter(([id]) => roots.get(id) !== rootId);
  const ids = new Set(known.map(({ id }) => id));
  const [brought, all] = [
    answersAmong(data.comments),
    answersAmong([...known, ...data.comments.filter(({ id }) => !ids.has(id))]),
  ];
  const here = Object.entries(data.beyond).map(([id, count]): [string, number] => {
    return [id, Math.max(0, count + (brought.get(id) ?? 0) - (all.get(id) ?? 0))];
  });
  return {
    folds: rest ? { ...folds, [rootId]: rest } : folds,
    beyond: Object.fromEntries([...elsewhere, ...here]),
  };
}

/** Where what was read of a conversation ends: that comment first, with those above it, below which more may be missing. */
function endOf(comments: readonly Comment[], rootId: string): ReadonlySet<string> {
  const roots = topLevelAbove(comments);
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  const end = new Set<string>();
  let at = comments.findLast(({ id }) => roots.get(id) === rootId);
  for (; at; at = at.parentId === null ? undefined : byId.get(at.parentId)) end.add(at.id);
  return end;
}
