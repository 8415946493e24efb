import { describe, expect, it } from '@jest/globals';
import type { Statement } from 'better-sqlite3';
import { openViewForWriting } from '../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../libs/projections/view-writer.ts';
import { COMMENT_SORTS } from '../../../libs/words/index.ts';
import { idOf } from '../../../test/views/small-forum.ts';
import { ThreadModel } from '../../../test/views/thread-model.ts';
import { rootsAfter, rootsBefore } from './roots.ts';
import { type Scope, visiblePost } from './thread.reads.ts';
import { STEP } from './thread.schema.ts';
import { threadView } from './thread.view.ts';

const SCOPES: readonly Scope[] = [
  { sees: 'reader' },
  { sees: 'all' },
  { sees: 'own', author: 1, memberId: idOf('member', 1) },
];

describe('the top-level comments of a page', () => {
  it.each(COMMENT_SORTS)(
    '%s first, are found in an index from their place on, for whoever asks: a long thread is not sorted',
    (sort) => {
      const db = openViewForWriting(':memory:', threadView);
      const model = new ThreadModel();
      const events = model.events;
      new ViewWriter(threadView, ':memory:', db).fold(events, events.at(-1)?.position ?? 0n);
      const post = visiblePost(db, idOf('post', 1), null);
      const asked: string[] = [];
      const prepare = db.prepare.bind(db);
      const noting = (sql: string): Statement => {
        asked.push(sql);
        return prepare(sql);
      };
      Object.assign(db, { prepare: noting });
      const [root, limit] = [Buffer.alloc(STEP), 1_000];
      for (const scope of SCOPES) {
        rootsAfter(db, { post, scope }, { sort, place: { root, score: 3, inside: null }, limit });
        rootsBefore(db, { post, scope }, { sort, place: { root, score: -3, inside: null }, limit });
      }

      // The order of `best` has three parts: those with a score, those without one in the order of the tree, and the others.
      expect(asked).toHaveLength((sort === 'best' ? 6 : 2) * SCOPES.length);
      for (const sql of asked) {
        const isScored = sql.includes('c.score <> 0');
        const values = { post: 1, path: root, score: 3, limit: 10, author: 1 };
        const plan = prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
          .all(values)
          .map(({ detail }) => detail);
        const reads = plan.filter((detail) => / c /.test(detail));
        const parts = isScored ? 2 : 1;
        expect(reads).toHaveLength(parts);
        for (const read of reads) {
          expect(read).toContain(
            isScored ? 'INDEX comment_scored (post=? AND score' : 'INDEX comment_tree (post=? AND <expr>=?',
          );
        }
        // A step from one to the next passes over a whole branch.
        const steps = plan.filter((detail) =>
          /SEARCH comment USING COVERING INDEX comment_tree .*<expr>[<>]/.test(detail),
        );
        expect(steps).toHaveLength(isScored ? 0 : 2);
        // The sort covers the rows of its two parts, each a page at most.
        const sorts = plan.filter((detail) => detail.includes('TEMP B-TREE'));
        expect(sorts).toHaveLength(isScored ? 2 : 0);
      }
      db.close();
    },
  );
});
