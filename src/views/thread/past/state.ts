import { REACTION_KINDS, REACTION_WEIGHTS } from '../../../../libs/words/index.ts';
import { STATUS } from '../thread.schema.ts';
import { kindOfCode, reactionOfCode, STEP_KIND, statusOfCode } from '../thread-steps.ts';
import { NO_COMMENT, type ThreadLife } from './life.ts';
import type { Moment } from './past.query-types.ts';
import { firstIndex } from './sorted-places.ts';

const KINDS = REACTION_KINDS.length;
const WEIGHTS = REACTION_KINDS.map((kind) => REACTION_WEIGHTS[kind]);

/** The comments of a thread at a moment, a column an array, by their place in its life. */
export interface ThreadState {
  /** 1 for those that had been posted. */
  readonly present: Uint8Array;
  /** As a number of STATUS. */
  readonly status: Uint8Array;
  /** 1 for those that readers found nothing of. */
  readonly hidden: Uint8Array;
  /** Hidden ones among itself and those above. */
  readonly shadow: Uint16Array;
  readonly revision: Int32Array;
  /** NaN for those that were never edited. */
  readonly editedAt: Float64Array;
  /** Of the newest event on text or status, and when that was. */
  readonly changed: BigInt64Array;
  readonly changedAt: Float64Array;
  /** Of the event that brought the text. */
  readonly text: BigInt64Array;
  readonly score: Int32Array;
  /** KINDS numbers for each comment. */
  readonly reactions: Int32Array;
  /** Of the newest event that is in it; 0n for none. */
  position: bigint;
}

/** Steps from one to before another. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** The part of a life from which its steps are folded. */
type LifeSteps = Pick<ThreadLife, 'steps' | 'about'>;

/** Steps of a life that are folded at one stretch. */
const SOME = 2_000;

/** Folds a thread's life up to a moment, some steps a step; null for all of it. */
export function* foldingTo(life: ThreadLife, moment: Moment | null): Generator<undefined, ThreadState> {
  const state = roomier(null, life.commentCount);
  const isIn = moment?.by === 'time' ? (step: number) => (life.happened[step] ?? 0) <= moment.at : () => true;
  const end = moment?.by === 'position' ? stepsUpTo(life, moment.position) : life.count;
  for (let from = 0; from < end; from += SOME) {
    foldSteps(state, life, { from, until: Math.min(end, from + SOME) }, isIn);
    yield;
  }
  shade(state, life.comments.parents);
  return state;
}

function stepsUpTo({ count, steps }: ThreadLife, position: bigint): number {
  return firstIndex(count, (step) => (steps.positions[step] ?? 0n) > position);
}

/** Folds some steps into a state that has room for the comments that they are about; its shadows are as they were. */
export function foldSteps(
  state: ThreadState,
  { steps, about }: LifeSteps,
  { from, until }: Stretch,
  isIn: (step: number) => boolean = () => true,
): void {
  for (let step = from; step < until; step += 1) {
    if (!isIn(step)) continue;
    const position = steps.positions[step] ?? 0n;
    if (position > state.position) state.position = position;
    const place = about[step] ?? NO_COMMENT;
    if (place === NO_COMMENT) continue;
    fold(state, place, { code: steps.codes[step] ?? 0, at: steps.times[step] ?? 0, position });
  }
}

/** Counts the hidden comments above each one anew: what it answers stands before it. */
export function shade({ hidden, shadow }: ThreadState, parents: Int32Array): void {
  for (let place = 0; place < shadow.length; place += 1) {
    const parent = parents[place] ?? -1;
    shadow[place] = (hidden[place] ?? 0) + (parent === -1 ? 0 : (shadow[parent] ?? 0));
  }
}

/** A copy with room for so many comments; null for a thread in which nothing has happened. */
export function roomier(state: ThreadState | null, comments: number): ThreadState {
  const copy = {
    present: new Uint8Array(comments),
    status: new Uint8Array(comments),
    hidden: new Uint8Array(comments),
    shadow: new Uint16Array(comments),
    revision: new Int32Array(comments),
    editedAt: new Float64Array(comments).fill(Number.NaN),
    changed: new BigInt64Array(comments),
    changedAt: new Float64Array(comments),
    text: new BigInt64Array(comments),
    score: new Int32Array(comments),
    reactions: new Int32Array(comments * KINDS),
    position: state?.position ?? 0n,
  };
  if (state === null) return copy;
  copy.present.set(state.present);
  copy.status.set(state.status);
  copy.hidden.set(state.hidden);
  copy.shadow.set(state.shadow);
  copy.revision.set(state.revision);
  copy.editedAt.set(state.editedAt);
  copy.changed.set(state.changed);
  copy.changedAt.set(state.changedAt);
  copy.text.set(state.text);
  copy.score.set(state.score);
  copy.reactions.set(state.reactions);
  return copy;
}

interface TakenStep {
  readonly code: number;
  readonly at: number;
  readonly position: bigint;
}

function fold(state: ThreadState, place: number, { code, at, position }: TakenStep): void {
  const kind = kindOfCode(code);
  if (kind === STEP_KIND.reaction) {
    react(state, place, code);
    return;
  }
  if (kind === STEP_KIND.posted) state.present[place] = 1;
  else state.revision[place] = (state.revision[place] ?? 0) + 1;
  if (kind === STEP_KIND.passed || kind === STEP_KIND.claimed) return;
  state.changed[place] = position;
  state.changedAt[place] = at;
  if (kind === STEP_KIND.status) {
    const { to, hidden } = statusOfCode(code);
    state.status[place] = to;
    if (hidden !== null) state.hidden[place] = Number(hidden);
    return;
  }
  state.text[place] = position;
  if (kind === STEP_KIND.edited) state.editedAt[place] = at;
}

function react(state: ThreadState, place: number, code: number): void {
  const { kind, count, own } = reactionOfCode(code);
  const at = place * KINDS + kind;
  state.reactions[at] = (state.reactions[at] ?? 0) + count;
  if (!own) state.score[place] = (state.score[place] ?? 0) + count * (WEIGHTS[kind] ?? 0);
}

export function reactionsOf({ reactions }: ThreadState, place: number): readonly number[] {
  return [...reactions.subarray(place * KINDS, (place + 1) * KINDS)];
}

export function isVisible({ present, status }: ThreadState, place: number): boolean {
  return present[place] === 1 && status[place] === STATUS.visible;
}
