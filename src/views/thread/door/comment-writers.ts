import { statement, type Views } from '../../../../libs/projections/index.ts';
import { REACTION_KINDS } from '../../../../libs/words/index.ts';
import { idBytes, idText } from '../../ids.ts';
import { STATUS } from '../thread.schema.ts';

const authorsOf = statement<{ comment: Buffer; author: Buffer }>(`
  SELECT c.id AS comment, a.id AS author FROM comment c JOIN author a ON a.n = c.author
  WHERE c.id IN (SELECT unhex(value) FROM json_each(?))`);
const written = statement<{ ids: string }>(`
  SELECT json_group_array(hex(c.id)) AS ids FROM comment c WHERE c.author = (SELECT n FROM author WHERE id = ?)`);
const unerased = statement<{ id: Buffer }>(`
  SELECT c.id FROM comment c WHERE c.author = (SELECT n FROM author WHERE id = ?) AND c.status <> ${STATUS.erased}`);

const reacted = statement<{ comment: Buffer; kind: number }>(`
  SELECT c.id AS comment, r.kind FROM reaction r JOIN comment c ON c.n = r.comment WHERE r.member = ?`);
const all = statement<{ id: Buffer }>(
  'SELECT c.id FROM comment c WHERE c.author = (SELECT n FROM author WHERE id = ?) ORDER BY c.n',
);

/** The authors of these comments, by the comments' ids; imported people are left out. */
export function writersOf(views: Pick<Views, 'db'>, comments: readonly Buffer[]): ReadonlyMap<string, string> {
  const ids = JSON.stringify(comments.map((id) => id.toString('hex')));
  return new Map(
    authorsOf(views.db('thread'))
      .all(ids)
      .map(({ comment, author }) => [idText(comment), idText(author)]),
  );
}

/** The ids of a member's comments, as SQLite's JSON functions read them. */
export function writtenBy(views: Pick<Views, 'db'>, memberId: string): string {
  return written(views.db('thread')).get(idBytes(memberId))?.ids ?? '[]';
}

/** All comments of a member, oldest first. */
export function allWrittenBy(views: Pick<Views, 'db'>, memberId: string): readonly string[] {
  return all(views.db('thread'))
    .all(idBytes(memberId))
    .map(({ id }) => idText(id));
}

export function reactionsBy(
  views: Pick<Views, 'db'>,
  memberId: string,
): readonly { readonly commentId: string; readonly kind: string }[] {
  return reacted(views.db('thread'))
    .all(idBytes(memberId))
    .map(({ comment, kind }) => ({ commentId: idText(comment), kind: REACTION_KINDS[kind] ?? '' }));
}

/** The ids of a member's comments whose texts are not erased, whatever their status. */
export function unerasedBy(views: Pick<Views, 'db'>, memberId: string): readonly string[] {
  return unerased(views.db('thread'))
    .all(idBytes(memberId))
    .map(({ id }) => idText(id));
}
