import type { CommentStatus, DecisionAction, QueueListName } from '../../../../libs/words/index.ts';

/** The single key of each decision; restore and approve are never shown together. */
export const KEYS = { approve: 'a', hold: 'h', reject: 'r', remove: 'x', restore: 'a' } as const;

/** The decisions that are possible in each status. */
const POSSIBLE: Readonly<Record<CommentStatus, readonly DecisionAction[]>> = {
  visible: ['approve', 'hold', 'reject', 'remove'],
  held: ['approve', 'reject', 'remove'],
  rejected: ['restore', 'hold', 'remove'],
  removed: ['restore'],
  erased: [],
};

export function possibleActions(status: CommentStatus, list: QueueListName | null): readonly DecisionAction[] {
  const all = POSSIBLE[status];
  // A visible comment without a report needs no approval.
  return status === 'visible' && list === null ? all.filter((action) => action !== 'approve') : all;
}
