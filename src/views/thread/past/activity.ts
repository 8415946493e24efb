import type { ThreadActivity } from '../../../../libs/client/index.ts';
import { formatPosition } from '../../../../libs/kernel/index.ts';
import type { ActivityKind } from '../../../../libs/words/index.ts';
import { moment } from '../../moment.ts';
import { kindOfCode, STEP_KIND } from '../thread-steps.ts';
import { axisOf, PARTS } from './activity-axis.ts';
import type { LivedThread } from './growing-life.ts';
import { NO_COMMENT } from './life.ts';
import type { Looker } from './sight.ts';
import type { StepColumns } from './step-columns.ts';

/** The most moments that one can step through; of more, so many are picked evenly. */
export const MOST_MOMENTS = 1_000;

type Activity = Omit<ThreadActivity, 'position'>;

/** Steps that are told, by when they happened, with the times of all of them. */
interface Told {
  readonly steps: StepColumns;
  readonly told: Int32Array;
  readonly times: Float64Array;
}

/**
 * The times of everything that happened, as far as this viewer may see its comments; reactions have no moments of their
 * own.
 */
export function activityOf({ life, now }: LivedThread, looker: Looker): Activity {
  const { steps, count, byTime, about, happened } = life;
  const told = new Int32Array(count);
  let written = 0;
  for (const step of byTime) {
    const place = about[step] ?? NO_COMMENT;
    const isSeen = looker.sees === 'all' || place === NO_COMMENT || now.shadow[place] === 0;
    if (isSeen && isMoment(steps, step)) told[written++] = step;
  }
  return activityFrom(timed(steps, told.subarray(0, written), happened));
}

/**
 * The same for steps in order of time, without the comments: `hidden` are the comments that this viewer does not see.
 */
export function activityOfSteps(steps: StepColumns, hidden: ReadonlySet<bigint>): Activity {
  const told = new Int32Array(steps.count);
  let written = 0;
  for (let step = 0; step < steps.count; step += 1) {
    const isSeen = hidden.size === 0 || !hidden.has(steps.comments[step] ?? 0n);
    if (isSeen && isMoment(steps, step)) told[written++] = step;
  }
  return activityFrom(timed(steps, told.subarray(0, written), steps.times));
}

function isMoment({ codes }: StepColumns, step: number): boolean {
  return activityKind(kindOfCode(codes[step] ?? 0)) !== null;
}

/** Loops over the columns: with iterators a long thread's activity takes ten times as long. */
function timed(steps: StepColumns, told: Int32Array, happened: Float64Array): Told {
  const times = new Float64Array(told.length);
  for (let n = 0; n < told.length; n += 1) times[n] = happened[told[n] ?? 0] ?? 0;
  return { steps, told, times };
}

/** In order of time; several steps of one kind in one moment count as one. */
function activityFrom({ steps, told, times }: Told): Activity {
  const [first, last] = [times[0], times.at(-1)];
  const kindAt = (n: number): ActivityKind | null => activityKind(kindOfCode(steps.codes[told[n] ?? 0] ?? 0));
  const axis = axisOf(times);
  const parts = Array.from({ length: told.length === 0 ? 0 : PARTS }, () => ({ posted: 0, edited: 0, decided: 0 }));
  let at = 0;
  for (let n = 0; n < times.length; n += 1) {
    while (at < PARTS - 1 && (axis[at + 1] ?? 0) <= (times[n] ?? 0)) at += 1;
    const [part, kind] = [parts[at], kindAt(n)];
    if (part && kind !== null) part[kind] += 1;
  }
  return {
    from: first === undefined ? null : moment(first),
    until: last === undefined ? null : moment(last),
    axis: axis.map(moment),
    parts,
    moments: picked(told.length).flatMap((n) => {
      const [position, kind] = [steps.positions[told[n] ?? 0] ?? 0n, kindAt(n)];
      return kind === null ? [] : [{ position: formatPosition(position), at: moment(times[n] ?? 0), kind }];
    }),
  };
}

function activityKind(kind: number): ActivityKind | null {
  switch (kind) {
    case STEP_KIND.posted:
      return 'posted';
    case STEP_KIND.edited:
      return 'edited';
    case STEP_KIND.status:
    case STEP_KIND.discussion:
      return 'decided';
    default:
      return null;
  }
}

/** Of so many, the places of those that one can step to: the first and the last are always among them. */
function picked(count: number): readonly number[] {
  if (count <= MOST_MOMENTS) return Array.from({ length: count }, (_, index) => index);
  const step = (count - 1) / (MOST_MOMENTS - 1);
  return Array.from({ length: MOST_MOMENTS }, (_, index) => Math.round(index * step));
}
