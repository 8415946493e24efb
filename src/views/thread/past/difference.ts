import type { DifferenceKind } from '../../../../libs/words/index.ts';
import { STATUS } from '../thread.schema.ts';
import type { ThreadLife } from './life.ts';
import type { PastSight } from './sight.ts';
import { isVisible, type ThreadState } from './state.ts';

/** A comment that is new at the later moment, or differs from the earlier one. */
export interface DifferingPlace {
  readonly kind: DifferenceKind;
  readonly place: number;
  /** The position of the newest event on its text or status. */
  readonly position: bigint;
}

export interface MomentSide {
  readonly state: ThreadState;
  readonly sight: PastSight;
}

/**
 * In the order of the log; reactions make no difference. A comment that the viewer may not see now is on neither side.
 */
export function differences(life: ThreadLife, before: MomentSide, after: MomentSide): readonly DifferingPlace[] {
  const found: DifferingPlace[] = [];
  for (let place = 0; place < life.commentCount; place += 1) {
    const kind = differenceOf(place, before, after);
    if (kind !== null) found.push({ kind, place, position: after.state.changed[place] ?? 0n });
  }
  return found.sort((a, b) => (a.position < b.position ? -1 : 1));
}

function differenceOf(place: number, before: MomentSide, after: MomentSide): DifferenceKind | null {
  if (after.sight.shown[place] === 0) return null;
  const wasThere = before.sight.shown[place] === 1 && isVisible(before.state, place);
  const isThere = isVisible(after.state, place);
  if (wasThere && !isThere) return 'removed';
  // A comment that may no longer be read is shown as a place that went, or not at all.
  if (!isThere || after.sight.status[place] !== STATUS.visible) return null;
  if (!wasThere) return 'new';
  return before.state.text[place] === after.state.text[place] ? null : 'edited';
}
