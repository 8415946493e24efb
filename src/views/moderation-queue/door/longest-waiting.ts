import { statement, type Views } from '../../../../libs/projections/index.ts';
import { QUEUE_LISTS, type QueueListName } from '../../../../libs/words/index.ts';
import { idBytes, idText } from '../../ids.ts';

/** A comment that moderators have not decided on; `since` in milliseconds since 1970. */
export interface WaitingCase {
  readonly commentId: string;
  readonly since: number;
}

/** The lists whose comments wait; what the policy rejected is there to be looked at. */
const WAITING: readonly QueueListName[] = ['reported', 'held'];

const first = statement<{ readonly comment: Buffer; readonly since: number }>(`
  SELECT comment, since FROM item INDEXED BY item_since WHERE list = ? AND since > ? ORDER BY since LIMIT 1`);
const listOf = statement<{ readonly list: number | null }>('SELECT list FROM item WHERE comment = ? AND since = ?');

/** Of those that came to the queue after a moment (milliseconds since 1970) the one that has waited longest. */
export function longestWaiting(views: Pick<Views, 'db'>, after: number): WaitingCase | null {
  const db = views.db('moderation-queue');
  const found = WAITING.flatMap((list) => first(db).get(QUEUE_LISTS.indexOf(list), after) ?? []);
  const [oldest] = found.toSorted((one, other) => one.since - other.since);
  return oldest === undefined ? null : { commentId: idText(oldest.comment), since: oldest.since };
}

export function stillWaits(views: Pick<Views, 'db'>, { commentId, since }: WaitingCase): boolean {
  const list = listOf(views.db('moderation-queue')).get(idBytes(commentId), since)?.list ?? null;
  return WAITING.some((one) => list === QUEUE_LISTS.indexOf(one));
}
