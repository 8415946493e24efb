import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AT,
  commentEdited,
  commentHeld,
  commentPosted,
  commentRemoved,
  commentRestored,
  idOf,
  SmallForum,
} from '../../../test/views/small-forum.ts';
import type { CommentDecided } from '../../domain/comment/decision.events.ts';
import type { ForumEvent } from '../../domain/event-types.ts';
import { CommentTexts } from '../thread/door/comment-texts.ts';
import { WrittenRecords } from './written.ts';

const AUTHORS = [1, 2];
const coreOf = (body: string): string => body.toUpperCase();

let forum: SmallForum;
let texts: CommentTexts;
let records: WrittenRecords;
let opened = 0;
let comments = 0;

beforeAll(async () => {
  forum = await SmallForum.open();
  for (const n of [...AUTHORS, 3]) await forum.member(n);
  await forum.post(1);
  texts = textsOf(forum);
  records = new WrittenRecords(forum.views, texts, coreOf);
});
afterAll(() => forum.close());

/** Counts the opened texts. */
function textsOf({ vault, views, store }: SmallForum): CommentTexts {
  const open: SmallForum['vault']['open'] = (sealed, context) => {
    opened += 1;
    return vault.open(sealed, context);
  };
  return new CommentTexts({ open }, views, store);
}

const of = (author: number) => records.of(idOf('member', author));
/** The record that is read when nothing was read before. */
const anew = (author: number) =>
  new WrittenRecords(forum.views, new CommentTexts(forum.vault, forum.views, forum.store), coreOf).of(
    idOf('member', author),
  );
const on = (n: number, ...facts: readonly ForumEvent[]) => forum.record(`comment-${idOf('comment', n)}`, facts);

/** Posts by this node (the text is then at hand) or by another one. */
async function post(author: number, { here = true, held = false } = {}): Promise<number> {
  comments += 1;
  const fact = commentPosted(comments, { author });
  const position = await forum.comment(comments, { author, held });
  if (fact.type === 'CommentPosted.v1' && here && !held) texts.keepNew({ fact, at: AT, position });
  return comments;
}

const ruled = (n: number, to: CommentDecided['data']['to']): ForumEvent => ({
  type: 'CommentDecided.v1',
  data: {
    ...{
      commentId: idOf('comment', n),
      postId: idOf('post', 1),
      decisionId: idOf('decision', `${n} ${to} ${comments}`),
    },
    ...{ action: to === 'visible' ? 'approve' : 'reject', from: 'visible', to, hidden: to !== 'visible' },
    ...{
      reason: null,
      revision: 0,
      seen: { reports: [], surroundings: [], policyVersion: 0 },
      bulkId: null,
      undoes: null,
    },
  },
  personal: { note: '' },
});

it('grows by what its author posts, without opening anything that was opened before', async () => {
  const author = 3;
  expect(await of(author)).toEqual({ visibleComments: 0, earlier: [] });
  const [first, second] = [await post(author), await post(author)];
  const before = opened;
  expect(await of(author)).toEqual({
    visibleComments: 2,
    earlier: [
      { at: AT, core: `COMMENT ${second}`, ruled: null },
      { at: AT, core: `COMMENT ${first}`, ruled: null },
    ],
  });
  await post(author);
  await on(first, ruled(first, 'rejected'));
  await on(second, commentEdited(second, 'Other'));
  expect((await of(author)).earlier).toEqual([
    { at: AT, core: `COMMENT ${second + 1}`, ruled: null },
    { at: AT, core: 'OTHER', ruled: null },
    { at: AT, core: `COMMENT ${first}`, ruled: 'turned-down' },
  ]);
  expect(opened - before).toBeLessThanOrEqual(2);
});

it('is nobody’s for what is no member', async () => {
  expect(await records.of('nobody')).toEqual({ visibleComments: 0, earlier: [] });
});

it('keeps the newest fifty, as whoever reads them anew finds them', async () => {
  for (let count = 0; count < 60; count += 1) await post(3, { here: count % 7 !== 0 });
  const kept = await of(3);
  expect(kept.earlier).toHaveLength(50);
  expect(kept).toEqual(await anew(3));
});

it('whatever happens, says what whoever reads it anew says', async () => {
  const step = fc.record({
    what: fc.constantFrom(
      'post',
      'post',
      'elsewhere',
      'held',
      'edit',
      'remove',
      'restore',
      'hide',
      'reject',
      'approve',
      'ask',
    ),
    author: fc.constantFrom(...AUTHORS),
    back: fc.nat(3),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const posted: number[] = [];
      for (const { what, author, back } of steps) {
        const n = posted.at(-1 - back);
        if (what === 'post' || what === 'held' || what === 'elsewhere') {
          posted.push(await post(author, { here: what === 'post', held: what === 'held' }));
        } else if (what === 'ask') await of(author);
        else if (n !== undefined) await on(n, factOf(what, n));
        if (back === 0) for (const one of AUTHORS) expect(await of(one)).toEqual(await anew(one));
      }
      for (const one of AUTHORS) expect(await of(one)).toEqual(await anew(one));
    }),
    { numRuns: 25 },
  );
});

function factOf(what: 'edit' | 'remove' | 'restore' | 'hide' | 'reject' | 'approve', n: number): ForumEvent {
  switch (what) {
    case 'edit':
      return commentEdited(n, `Edited ${n}`);
    case 'remove':
      return commentRemoved(n);
    case 'restore':
      return commentRestored(n);
    case 'hide':
      return commentHeld(n);
    case 'reject':
      return ruled(n, 'rejected');
    case 'approve':
      return ruled(n, 'visible');
    default:
      return what satisfies never;
  }
}
