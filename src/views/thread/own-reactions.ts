import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { REACTION_KINDS } from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { idBytes, idText } from '../ids.ts';
import { GetOwnReactions } from './thread.query-types.ts';

const ownReactions = statement<{ comment: Buffer; kind: number }>(`
  SELECT c.id AS comment, r.kind FROM json_each(?) wished JOIN comment c ON c.id = unhex(wished.value)
  JOIN reaction r ON r.member = ? AND r.post = c.post AND r.comment = c.n`);

const anyReaction = statement<{ readonly post: number }>('SELECT post FROM reaction WHERE member = ? LIMIT 1');

/** Most members have reacted to nothing. */
export const ownReactionsQuery = answering(GetOwnReactions, { views: VIEWS }, ({ commentIds, memberId }, { views }) => {
  if (anyReaction(views.db('thread')).get(idBytes(memberId)) === undefined) return {};
  const wished = JSON.stringify(commentIds.map((id) => idBytes(id).toString('hex')));
  const rows = reading(views.db('thread'), (db) => ownReactions(db).all(wished, idBytes(memberId)));
  const byComment = new Map<string, string[]>();
  for (const { comment, kind } of rows) {
    const id = idText(comment);
    byComment.set(id, [...(byComment.get(id) ?? []), ...REACTION_KINDS.slice(kind, kind + 1)]);
  }
  return Object.fromEntries(byComment);
});
