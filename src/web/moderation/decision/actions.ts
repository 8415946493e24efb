import type { CommentStatus, DecisionAction, QueueListName } from '../../../../libs/words/index.ts';

/** The single key of each decision; restoring and approving never stand side by side. */
export const KEYS = { approve: 'a', hold: 'h', reject: 'r', remove: 'x', restore: 'a' } as const;

/** What can be decided on a comment as it stands. */
const POSSIBLE: Readonly<Record<CommentStatus, readonly DecisionAction[]>> = {
  visible: ['approve', 'hold', 'reject', 'remove'],
  held: ['approve', 'reject', 'remove'],
  rejected: ['restore', 'hold', 'remove'],
  removed: ['restore'],
  erased: [],
};

export function possibleActions(status: CommentStatus, list: QueueListName | null): readonly DecisionAction[] {
  const all = POSSIBLE[status];
  // What nobody complained of and all can see needs no approval.
  return status === 'visible' && list === null ? all.filter((action) => action !== 'approve') : all;
}
