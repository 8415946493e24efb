import { describe, expect, it } from '@jest/globals';
import type { Database, Statement } from 'better-sqlite3';
import fc from 'fast-check';
import { openViewForWriting } from '../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../libs/projections/view-writer.ts';
import { idOf } from '../../../test/views/small-forum.ts';
import { isInTheOpen, type ModelComment, type Step, steps, ThreadModel } from '../../../test/views/thread-model.ts';
import type { Viewer } from '../viewer.ts';
import { firstCommentFrom } from './first-comment-from.ts';
import { scopeOf, visiblePost } from './thread.reads.ts';
import { STEP } from './thread.schema.ts';
import { threadView } from './thread.view.ts';

const POST = idOf('post', 1);
const MODERATOR: Viewer = { memberId: idOf('member', 9), roles: ['moderator'] };
const MEMBER_1: Viewer = { memberId: idOf('member', 1), roles: ['member'] };
const VIEWERS: readonly Viewer[] = [null, MEMBER_1, MODERATOR];

const minute = (n: number): number => Date.UTC(2015, 9, 1, 0, n);

function folded(sequence: readonly Step[]): { readonly db: Database; readonly comments: readonly ModelComment[] } {
  const model = new ThreadModel();
  for (const step of sequence) model.play(step);
  const { events, comments } = model;
  const db = openViewForWriting(':memory:', threadView);
  new ViewWriter(threadView, ':memory:', db).fold(events, events.at(-1)?.position ?? 0n);
  return { db, comments };
}

function foundIn(db: Database, viewer: Viewer, from: number): string | null {
  const post = visiblePost(db, POST, viewer);
  return firstCommentFrom(db, { post, scope: scopeOf(db, post, viewer) }, from);
}

function expectedOf(comments: readonly ModelComment[], viewer: Viewer, from: number): string | null {
  const [first] = comments
    .filter(({ status, at }) => status === 'visible' && minute(at) >= from)
    .filter((comment) => viewer === MODERATOR || isInTheOpen(comment))
    .sort((one, other) => one.at - other.at || one.number - other.number);
  return first === undefined ? null : idOf('comment', first.number);
}

describe('the first comment from a moment on', () => {
  it('is the same as in the model, whatever was imported in whatever order, for whoever asks', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const { db, comments } = folded(sequence);
        const moments = [Date.UTC(1), minute(0), minute(1), minute(2) + 1, minute(5), Date.UTC(9999, 11, 31)];
        for (const viewer of VIEWERS)
          for (const from of moments)
            expect({ viewer, from, found: foundIn(db, viewer, from) }).toEqual({
              viewer,
              from,
              found: expectedOf(comments, viewer, from),
            });
        db.close();
      }),
      { numRuns: 60 },
    );
  });

  it('is found in an index alone: no row of a long thread is read but the one that is found', () => {
    const { db } = folded([{ act: 'post', choice: 0, author: 1, minute: 1, kind: 'like' }]);
    const asked: string[] = [];
    const prepare = db.prepare.bind(db);
    const noting = (sql: string): Statement => {
      asked.push(sql);
      return prepare(sql);
    };
    Object.assign(db, { prepare: noting });
    for (const viewer of VIEWERS) expect(foundIn(db, viewer, minute(0))).toBe(idOf('comment', 1));
    const plans = asked
      .filter((sql) => /FROM comment c/.test(sql))
      .map((sql) => prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`))
      .map((plan) => plan.all({ post: 1, from: Buffer.alloc(STEP), author: 1 }).map(({ detail }) => detail));
    const searches = plans.filter((plan) => plan.some((detail) => detail.includes('comment_tree')));
    expect(searches.length).toBeGreaterThan(0);
    for (const search of searches) expect(search).toEqual(['SEARCH c USING COVERING INDEX comment_tree (post=?)']);
  });
});
