import { idBytes } from '../../ids.ts';
import { seesHiddenPast, type Viewer } from '../../viewer.ts';
import { isWaitingStatus, STATUS } from '../thread.schema.ts';
import type { ThreadLife } from './life.ts';
import { isVisible, type ThreadState } from './state.ts';

/** The person who looks back: readers, a member who also sees own comments that wait, or those who see all. */
export type Looker = { readonly sees: 'reader' | 'all' } | { readonly sees: 'own'; readonly memberId: string };

export function lookerOf(viewer: Viewer): Looker {
  if (viewer === null) return { sees: 'reader' };
  return seesHiddenPast(viewer) ? { sees: 'all' } : { sees: 'own', memberId: viewer.memberId };
}

/** The parts of a moment that a viewer may see. */
export interface PastSight {
  /** 1 for comments that are shown, if only as a place. */
  readonly shown: Uint8Array;
  /** The shown status; a comment that may no longer be read has its present one. */
  readonly status: Uint8Array;
  /** The direct answers that are shown as visible. */
  readonly replies: Int32Array;
  readonly total: number;
  /** The comments that are shown as visible; this number stands above a discussion. */
  readonly visible: number;
}

/**
 * The rule of looking back: a viewer sees what it could see then and may see now. A comment that is hidden now stays
 * hidden at every moment. A comment that may not be read now leaves its place, without text and author, and one that is
 * erased now may be read by nobody. A comment that was hidden then had not come yet. A withheld text of then (public-texts.ts) is shown as removed, and the comment's
 * text of today is read as it is.
 */
export function sightOf(
  life: ThreadLife,
  { past, now }: { readonly past: ThreadState; readonly now: ThreadState },
  looker: Looker,
): PastSight {
  const { comments, commentCount: count } = life;
  const sight = { shown: new Uint8Array(count), status: new Uint8Array(count), replies: new Int32Array(count) };
  const own = looker.sees === 'own' ? comments.authorOf(idBytes(looker.memberId)) : null;
  let [total, visible] = [0, 0];
  for (let place = 0; place < count; place += 1) {
    const parent = comments.parents[place] ?? -1;
    const isOwn = own !== null && comments.authors[place] === own;
    if (
      past.present[place] === 0 ||
      !isShown(past, place, { looker, isOwn }) ||
      !isShown(now, place, { looker, isOwn })
    )
      continue;
    sight.shown[place] = 1;
    sight.status[place] = toldStatus(life, { past, now, place }, { looker, isOwn });
    total += 1;
    if (sight.status[place] === STATUS.visible && past.shadow[place] === 0) visible += 1;
    if (parent !== -1 && sight.status[place] === STATUS.visible)
      sight.replies[parent] = (sight.replies[parent] ?? 0) + 1;
  }
  return { ...sight, total, visible };
}

interface Looking {
  readonly looker: Looker;
  readonly isOwn: boolean;
}

/** As readers.ts's conditions have it for the present: own waiting ones stand in no other's shadow. */
function isShown({ shadow, hidden, status }: ThreadState, place: number, { looker, isOwn }: Looking): boolean {
  if (looker.sees === 'all' || shadow[place] === 0) return true;
  return isOwn && shadow[place] === 1 && hidden[place] === 1 && isWaitingStatus(status[place]);
}

function isReadable({ status }: ThreadState, place: number, { looker, isOwn }: Looking): boolean {
  if (status[place] === STATUS.erased) return false;
  return looker.sees === 'all' || status[place] === STATUS.visible || (isOwn && isWaitingStatus(status[place]));
}

function toldStatus(
  life: ThreadLife,
  { past, now, place }: { readonly past: ThreadState; readonly now: ThreadState; readonly place: number },
  looking: Looking,
): number {
  if (!isReadable(now, place, looking)) return now.status[place] ?? STATUS.removed;
  const isWithheld = !looking.isOwn && looking.looker.sees !== 'all' && isTextWithheld(life, past, place);
  return isWithheld ? STATUS.removed : (past.status[place] ?? STATUS.visible);
}

/** Whether readers may not read the text that the comment had. */
function isTextWithheld(life: ThreadLife, past: ThreadState, place: number): boolean {
  return life.withheld.get(place)?.has(past.text[place] ?? 0n) ?? false;
}

/** Whether readers do not read a comment, now or at the moment, or not with the text that it had. */
export function isHiddenFromReaders(
  life: ThreadLife,
  { past, now }: { readonly past: ThreadState; readonly now: ThreadState },
  place: number,
): boolean {
  if (isTextWithheld(life, past, place)) return true;
  return [past, now].some((state) => state.shadow[place] !== 0 || !isVisible(state, place));
}
