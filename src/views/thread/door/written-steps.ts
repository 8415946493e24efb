import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes, idText } from '../../ids.ts';
import { type PackedSteps, type Step, stepsBack } from '../packed-steps.ts';
import { kindOfCode, rowsOf, STEP_KIND } from '../thread-steps.ts';

/** A step of a thread that wrote a text. */
export interface WrittenStep {
  readonly position: bigint;
  /** The comment's own number in the thread's tables. */
  readonly comment: bigint;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly did: 'posted' | 'edited';
}

/** The newest steps before a position, with a limit. */
export interface Before {
  readonly before: bigint;
  readonly limit: number;
}

const postById = statement<{ n: number }>('SELECT n FROM post WHERE id = ?');
const stepRows = statement<PackedSteps>('SELECT steps, codes FROM thread_step WHERE n >= ? AND n < ? ORDER BY n DESC');
const commentBy = statement<{ id: Buffer; author: Buffer | null }>(`
  SELECT c.id, a.id AS author FROM comment c LEFT JOIN author a ON a.n = c.author WHERE c.n = ?`);

/** The texts that were written under a post, newest first. Only as many rows are read as the page needs. */
export function writtenUnder(
  views: Pick<Views, 'db'>,
  postId: string,
  { before, limit }: Before,
): readonly WrittenStep[] {
  const thread = views.db('thread');
  const found: WrittenStep[] = [];
  const post = postById(thread).get(idBytes(postId));
  for (const row of post ? stepRows(thread).iterate(...rowsOf(post.n)) : []) {
    for (const step of stepsBack(row)) {
      const written = writtenAt(step);
      if (written !== null && written.position < before) found.push(written);
      if (found.length === limit) return found;
    }
  }
  return found;
}

/** The comment of a step and its author: null for imported people. Throws Error when the file has no such comment. */
export function commentOfStep(
  views: Pick<Views, 'db'>,
  { comment }: WrittenStep,
): { readonly commentId: string; readonly authorId: string | null } {
  const row = commentBy(views.db('thread')).get(comment);
  if (!row) throw new Error(`the thread has a step of comment ${comment}, and no such comment`);
  return { commentId: idText(row.id), authorId: row.author && idText(row.author) };
}

/** Null for a step that wrote no text. */
function writtenAt({ position, comment, at, code }: Step): WrittenStep | null {
  const kind = kindOfCode(code);
  if (kind !== STEP_KIND.posted && kind !== STEP_KIND.edited) return null;
  return { position, comment, at, did: kind === STEP_KIND.posted ? 'posted' : 'edited' };
}
