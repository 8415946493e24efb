import type { ThreadActivity } from '../../../../libs/client/index.ts';
import { formatPosition } from '../../../../libs/kernel/index.ts';
import type { ActivityKind } from '../../../../libs/words/index.ts';
import { moment } from '../../moment.ts';
import { kindOfCode, STEP_KIND } from '../thread-steps.ts';
import { axisOf, PARTS } from './activity-axis.ts';
import { NO_COMMENT, type ThreadLife } from './life.ts';
import type { Looker } from './sight.ts';
import type { ThreadState } from './state.ts';
import type { StepColumns } from './step-columns.ts';

/** Moments that one can step through: of more, so many are picked evenly. */
export const MOST_MOMENTS = 1_000;

interface Told {
  readonly position: bigint;
  readonly at: number;
  readonly kind: ActivityKind;
}

/** When what happened, as far as this viewer may see what it happened to; reactions are no moments of their own. */
export function activityOf(
  { life, now }: { readonly life: ThreadLife; readonly now: ThreadState },
  looker: Looker,
): Omit<ThreadActivity, 'position'> {
  const told: Told[] = [];
  for (let step = 0; step < life.count; step += 1) {
    const place = life.about[step] ?? NO_COMMENT;
    const kind = activityKind(kindOfCode(life.codes[step] ?? 0));
    const isSeen = looker.sees === 'all' || place === NO_COMMENT || now.shadow[place] === 0;
    if (kind !== null && isSeen)
      told.push({ position: life.positions[step] ?? 0n, at: life.happened[step] ?? 0, kind });
  }
  return activityFrom(told.sort((a, b) => a.at - b.at || (a.position < b.position ? -1 : 1)));
}

/** The same of steps that are in order of time, without the comments: `hidden` are those of whom this viewer sees nothing. */
export function activityOfSteps(steps: StepColumns, hidden: ReadonlySet<bigint>): Omit<ThreadActivity, 'position'> {
  const told: Told[] = [];
  for (let step = 0; step < steps.count; step += 1) {
    const kind = activityKind(kindOfCode(steps.codes[step] ?? 0));
    if (kind !== null && (hidden.size === 0 || !hidden.has(steps.comments[step] ?? 0n)))
      told.push({ position: steps.positions[step] ?? 0n, at: steps.times[step] ?? 0, kind });
  }
  return activityFrom(told);
}

/** By time; what happened in one moment is one of each kind. */
function activityFrom(told: readonly Told[]): Omit<ThreadActivity, 'position'> {
  const [first, last] = [told[0], told.at(-1)];
  const axis = axisOf(told.map(({ at }) => at));
  const parts = Array.from({ length: told.length === 0 ? 0 : PARTS }, () => ({ posted: 0, edited: 0, decided: 0 }));
  let at = 0;
  for (const step of told) {
    while (at < PARTS - 1 && (axis[at + 1] ?? 0) <= step.at) at += 1;
    const part = parts[at];
    if (part) part[step.kind] += 1;
  }
  return {
    from: first ? moment(first.at) : null,
    until: last ? moment(last.at) : null,
    axis: axis.map(moment),
    parts,
    moments: picked(told).map((step) => ({
      position: formatPosition(step.position),
      at: moment(step.at),
      kind: step.kind,
    })),
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

/** The first and the last are always among them. */
function picked(told: readonly Told[]): readonly Told[] {
  if (told.length <= MOST_MOMENTS) return told;
  const step = (told.length - 1) / (MOST_MOMENTS - 1);
  return Array.from({ length: MOST_MOMENTS }, (_, index) => told[Math.round(index * step)]).flatMap((one) => one ?? []);
}
