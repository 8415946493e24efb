import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes, idText } from '../../ids.ts';

/** The rows that are read together, since a member may have any number. */
const A_CHUNK = 500;

const follows = statement<{ readonly post: Buffer }>(
  'SELECT post FROM follow INDEXED BY follow_since WHERE member = ? AND follows = 1 ORDER BY follow.since DESC',
);
const told = statement<{
  readonly n: string;
  readonly kind: string;
  readonly post: Buffer | null;
  readonly comment: Buffer | null;
  readonly outcome: string | null;
  readonly at: number;
}>(`
  SELECT CAST(n AS TEXT) AS n, kind, post, comment, outcome, at FROM told
  WHERE member = ? AND n > ? ORDER BY told.n LIMIT ${A_CHUNK}`);

/** A notification as it is kept: no words of anybody. */
export interface KeptNotification {
  readonly kind: string;
  readonly postId: string | null;
  readonly commentId: string | null;
  readonly outcome: string | null;
  /** RFC 3339. */
  readonly at: string;
}

/** The posts of all discussions that a member follows, by choice or by commenting; the oldest first. */
export function followedPosts(views: Pick<Views, 'db'>, memberId: string): readonly string[] {
  const rows = follows(views.db('notifications')).all(idBytes(memberId));
  return rows.map(({ post }) => idText(post)).toReversed();
}

/** All notifications that are kept of a member, oldest first; those of followed discussions are found when asked for. */
export function* keptNotifications(views: Pick<Views, 'db'>, memberId: string): Iterable<KeptNotification> {
  const member = idBytes(memberId);
  for (let after: bigint | null = 0n; after !== null; ) {
    const rows = told(views.db('notifications')).all(member, after);
    for (const { kind, post, comment, outcome, at } of rows) {
      const [postId, commentId] = [post && idText(post), comment && idText(comment)];
      yield { kind, postId, commentId, outcome, at: new Date(at).toISOString() };
    }
    const last = rows.at(-1);
    after = last === undefined || rows.length < A_CHUNK ? null : BigInt(last.n);
  }
}
