/** What the queue says after a commit: about which comment something else is to be said now. */
export interface QueueProjected {
  readonly queuedCommentId: string;
  readonly position: bigint;
}

export function isQueueProjected(change: unknown): change is QueueProjected {
  return typeof change === 'object' && change !== null && 'queuedCommentId' in change && 'position' in change;
}
