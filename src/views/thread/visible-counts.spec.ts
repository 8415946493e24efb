import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openViewForWriting } from '../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../libs/projections/view-writer.ts';
import { COMMENT_SORTS } from '../../../libs/words/index.ts';
import { idOf } from '../../../test/views/small-forum.ts';
import { isInTheOpen, ThreadModel } from '../../../test/views/thread-model.ts';
import { visibleComment } from './thread.reads.ts';
import { threadView } from './thread.view.ts';
import { visibleBefore } from './visible-counts.ts';

/** Many conversations, of which about half have a score, above or below 0. */
const acts = fc.array(
  fc.record({
    act: fc.constantFrom('root', 'root', 'post', 'react', 'react', 'remove', 'hold'),
    choice: fc.nat(1_000),
    author: fc.integer({ min: 1, max: 3 }),
    minute: fc.nat(5),
    kind: fc.constantFrom('like', 'disagree', 'disagree', 'thanks'),
  }),
  { minLength: 20, maxLength: 60 },
);

it('counts the visible comments in the conversations before one, in each order', () => {
  const property = fc.property(acts, (sequence) => {
    const model = new ThreadModel();
    for (const step of sequence) {
      if (step.act === 'root') model.play({ ...step, act: 'post', choice: model.comments.length });
      else model.play({ ...step, act: step.act });
    }
    const db = openViewForWriting(':memory:', threadView);
    new ViewWriter(threadView, ':memory:', db).fold(model.events, model.events.at(-1)?.position ?? 0n);
    for (const sort of COMMENT_SORTS) {
      const all = model.inOrder(sort, isInTheOpen);
      const counted = all.flatMap((comment, at) => {
        if (comment.parent !== null) return [];
        const { row, post } = visibleComment(db, idOf('comment', comment.number), null);
        const score = db.prepare<[Buffer], number>('SELECT score FROM comment WHERE id = ?').pluck().get(row.id) ?? 0;
        const before = visibleBefore(db, post.n, { sort, root: { path: row.path, score } });
        const expected = all.slice(0, at).filter(({ status }) => status === 'visible').length;
        return [{ comment: comment.number, before, expected }];
      });
      expect(counted.map(({ comment, before }) => [comment, before])).toEqual(
        counted.map(({ comment, expected }) => [comment, expected]),
      );
    }
    db.close();
  });
  fc.assert(property, { numRuns: 60 });
});
