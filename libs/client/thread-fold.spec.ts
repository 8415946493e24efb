import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type PageWish, ThreadModel } from '../../test/support/thread-model.ts';
import type { Comment, ThreadChange } from './shapes.ts';
import { addPage, addRead, applyChange, applyChanges, type Thread, threadOf } from './thread-fold.ts';

type Doing =
  | { readonly do: 'post'; readonly at: number; readonly parent: number | null }
  | { readonly do: 'edit' | 'remove' | 'restore' | 'hold' | 'react'; readonly which: number }
  | { readonly do: 'discuss' | 'hear' | 'more' }
  /** The reader posts, and gets the answer before the changes. */
  | { readonly do: 'own'; readonly at: number; readonly parent: number | null };

const at = fc.integer({ min: 0, max: 8 });
const parent = fc.option(fc.nat(30), { freq: 2 });
const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('post' as const), at, parent }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('own' as const), at, parent }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('edit', 'remove', 'restore', 'hold', 'react'), which: fc.nat(30) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('discuss', 'hear', 'more') }) },
);
const paging = fc.record({
  sort: fc.constantFrom('oldest' as const, 'newest' as const),
  limit: fc.integer({ min: 1, max: 6 }),
});

function forum(model: ThreadModel, step: Doing): Comment | undefined {
  switch (step.do) {
    case 'post':
    case 'own':
      return model.post(step.at, step.parent);
    case 'edit':
    case 'remove':
    case 'restore':
    case 'hold':
    case 'react':
      model[step.do](step.which);
      return undefined;
    case 'discuss':
      model.discuss();
      return undefined;
    case 'hear':
    case 'more':
      return undefined;
    default:
      return step satisfies never;
  }
}

function reader(
  thread: Thread,
  model: ThreadModel,
  { step, wish }: { step: Doing; wish: Omit<PageWish, 'cursor'> },
): Thread {
  if (step.do === 'hear') return applyChanges(thread, model.changesAfter(thread.position), model.counts);
  if (step.do === 'more' && thread.next !== null) return addPage(thread, model.page({ ...wish, cursor: thread.next }));
  return thread;
}

describe('the fold of a thread', () => {
  it('given any pages read at any moments, is with the changes what the pages are now', () => {
    fc.assert(
      fc.property(
        fc.array(doing, { maxLength: 25 }),
        fc.array(doing, { maxLength: 60 }),
        paging,
        (before, after, wish) => {
          const model = new ThreadModel();
          for (const step of before) forum(model, step);
          let thread = threadOf(model.postId, wish.sort, model.page({ ...wish, cursor: null }));
          const own = new Set<string>();
          for (const step of after) {
            const comment = forum(model, step);
            if (step.do === 'own' && comment !== undefined) {
              thread = addRead(thread, [comment], model.position);
              own.add(comment.id);
            }
            thread = reader(thread, model, { step, wish });
          }
          thread = applyChanges(thread, model.changesAfter(thread.position), model.counts);

          const now = model.upTo(wish.sort, thread.next);
          const ids = new Set(now.map(({ id }) => id));
          // A reader's own comment is shown at once with its answers, even where its page was not read.
          for (const { id, parentId } of thread.comments) if (own.has(parentId ?? '')) own.add(id);
          const shown = thread.comments.filter(({ id }) => ids.has(id) || !own.has(id));
          expect(shown).toEqual(now);
          expect(thread.total).toBe(model.counts.total);
          if (thread.visible !== null) expect(thread.visible).toBe(model.counts.visible);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('given an end that was changed since, among comments of one millisecond, takes in a new one of that millisecond', () => {
    const model = new ThreadModel();
    model.post(7, null);
    model.post(7, null);
    model.remove(0);
    const wish = { sort: 'newest' as const, limit: 1 };
    const first = threadOf(model.postId, 'newest', model.page({ ...wish, cursor: null }));
    model.post(7, null);
    model.restore(0);
    const read = addPage(first, model.page({ ...wish, cursor: first.next }));
    const thread = applyChanges(read, model.changesAfter(read.position), model.counts);

    expect(thread.comments.map(({ id }) => id)).toEqual(['c2', 'c1', 'c0']);
  });

  it('given the same changes again, or older ones, stays the same', () => {
    fc.assert(
      fc.property(fc.array(doing, { maxLength: 40 }), paging, fc.nat(40), (steps, wish, from) => {
        const model = new ThreadModel();
        const thread = threadOf(model.postId, wish.sort, model.page({ ...wish, cursor: null }));
        for (const step of steps) forum(model, step);
        const changes = model.changesAfter(thread.position);
        const once = applyChanges(thread, changes);
        expect(applyChanges(once, changes.slice(from))).toBe(once);
        expect(changes.reduce(applyChange, thread)).toEqual(once);
      }),
    );
  });

  it('leaves the thread that it was given as it was', () => {
    const model = new ThreadModel();
    const first = model.post(1, null);
    const thread = threadOf(model.postId, 'oldest', model.page({ sort: 'oldest', limit: 5, cursor: null }));
    const before = structuredClone(thread);
    model.post(2, 0);
    model.edit(0);
    const after = applyChanges(thread, model.changesAfter(thread.position));

    expect(thread).toEqual(before);
    expect(thread.comments).toEqual([first]);
    expect(after.comments.map(({ id, replyCount }) => [id, replyCount])).toEqual([
      ['c0', 1],
      ['c1', 0],
    ]);
  });

  it('takes about eight times as long for eight times as many changes, never sixty-four', () => {
    const model = new ThreadModel();
    const thread = threadOf(model.postId, 'oldest', model.page({ sort: 'oldest', limit: 5, cursor: null }));
    const changes: ThreadChange[] = Array.from({ length: 8_000 }, (_, index) => ({
      position: String(1_000 + index),
      at: 'then',
      kind: 'comment-posted',
      comment: { ...model.post(1, null), id: `x${index}`, position: String(1_000 + index) },
    }));
    const toFold = (count: number): number => {
      const some = changes.slice(0, count);
      const started = process.cpuUsage();
      expect(applyChanges(thread, some).comments).toHaveLength(count);
      return process.cpuUsage(started).user;
    };
    toFold(8_000);
    const ratios = Array.from({ length: 3 }, () => toFold(8_000) / Math.max(1, toFold(1_000)));
    expect(Math.min(...ratios)).toBeLessThan(32);
  });
});
