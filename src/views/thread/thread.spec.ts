import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Comment, type CommentPage, MOST_CATCH_UP_BYTES } from '../../../libs/client/index.ts';
import type { CommentSort, ReactionKind } from '../../../libs/words/index.ts';
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
import type { ForumEvent } from '../../domain/event-types.ts';
import { MOST_HTML_BYTES } from '../page-bounds.ts';
import type { Viewer } from '../viewer.ts';
import { GetComment, GetThreadChanges } from './thread.query-types.ts';

const MODERATOR: Viewer = { memberId: idOf('member', 9), roles: ['member', 'moderator'] };
const minute = (n: number): string => new Date(Date.parse(AT) + n * 60_000).toISOString();

let forum: SmallForum;
let posts = 0;

beforeAll(async () => {
  forum = await SmallForum.open();
  for (const n of [1, 2, 3]) await forum.member(n);
});
afterAll(() => forum.close());

/** A new post with comments given as `[n, parent]`, n minutes after the post, by member 1. */
async function thread(
  comments: readonly (readonly [number, number | null])[],
): Promise<{ post: number; n: (n: number) => number }> {
  const post = (posts += 1);
  const n = (short: number): number => post * 1_000 + short;
  await forum.post(post);
  const depths = new Map<number, number>();
  for (const [short, parent] of comments) {
    const depth = parent === null ? 0 : (depths.get(parent) ?? 0) + 1;
    depths.set(short, depth);
    await forum.comment(n(short), { post, parent: parent === null ? null : n(parent), depth, at: minute(short) });
  }
  return { post, n };
}

async function pages(post: number, options: { sort?: CommentSort; limit?: number; viewer?: Viewer } = {}) {
  const { sort = 'oldest', limit = 50, viewer = null } = options;
  const read = [];
  let cursor: string | null = null;
  do {
    const page = await forum.queries.pages.page({
      postId: idOf('post', post),
      options: { sort, limit, cursor },
      viewer,
    });
    read.push(page);
    cursor = page.next;
  } while (cursor !== null);
  return read;
}

async function bodies(post: number, options: Parameters<typeof pages>[1] = {}): Promise<readonly (string | null)[]> {
  return (await pages(post, options)).flatMap(({ items }) => items.map(({ body, status }) => body ?? status));
}

describe('a thread', () => {
  it('shows a comment whole', async () => {
    const { post, n } = await thread([[1, null]]);

    const [page] = await pages(post);

    const comment: Comment = {
      id: idOf('comment', n(1)),
      postId: idOf('post', post),
      parentId: null,
      depth: 0,
      author: { id: idOf('member', 1), handle: 'member1', displayName: 'Member 1' },
      bodyHtml: `<p>Comment ${n(1)}</p>\n`,
      body: `Comment ${n(1)}`,
      status: 'visible',
      createdAt: minute(1),
      editedAt: null,
      revision: 0,
      replyCount: 0,
      reactions: {},
      position: forum.views.position().toString(),
    };
    expect(page).toEqual({ position: comment.position, total: 1, items: [comment], next: null });
  });
});

describe('the order of a thread', () => {
  it('is depth-first, answers oldest first, whatever the sort of top-level comments', async () => {
    const { post, n } = await thread([
      [1, null],
      [2, null],
      [3, 1],
      [4, 3],
      [5, 1],
      [6, 2],
      [7, 3],
    ]);
    const texts = (shorts: readonly number[]): readonly string[] => shorts.map((short) => `Comment ${n(short)}`);

    expect(await bodies(post)).toEqual(texts([1, 3, 4, 7, 5, 2, 6]));
    expect(await bodies(post, { sort: 'newest' })).toEqual(texts([2, 6, 1, 3, 4, 7, 5]));
    expect((await pages(post))[0]?.items.map(({ replyCount }) => replyCount)).toEqual([2, 2, 0, 0, 0, 1, 0]);
  });

  it('goes by when a comment was written, not by when an import recorded it', async () => {
    const { post, n } = await thread([[5, null]]);
    await forum.comment(n(2), { post, at: minute(2) });

    expect(await bodies(post)).toEqual([`Comment ${n(2)}`, `Comment ${n(5)}`]);
  });

  it('puts first in best what others welcomed, takes disagreement off, and leaves out the author', async () => {
    const { post, n } = await thread([
      [1, null],
      [2, null],
      [3, null],
      [4, null],
    ]);
    await react(n(1), post, { member: 1, kind: 'like' });
    await react(n(2), post, { member: 2, kind: 'disagree' });
    await react(n(3), post, { member: 2, kind: 'insightful' });
    await react(n(3), post, { member: 3, kind: 'thanks' });
    await react(n(4), post, { member: 2, kind: 'like' });
    await react(n(4), post, { member: 2, kind: 'funny' });

    expect(await bodies(post, { sort: 'best', limit: 1 })).toEqual([3, 4, 1, 2].map((short) => `Comment ${n(short)}`));
    const [page] = await pages(post);
    expect(page?.items.map(({ reactions }) => reactions)).toEqual([
      { like: 1 },
      { disagree: 1 },
      { thanks: 1, insightful: 1 },
      { like: 1, funny: 1 },
    ]);
  });

  it('is not shifted by comments that arrive between two pages', async () => {
    const { post, n } = await thread([
      [10, null],
      [20, null],
      [30, null],
    ]);
    const query = { postId: idOf('post', post), viewer: null };
    const first = await forum.queries.pages.page({ ...query, options: { sort: 'newest', limit: 2, cursor: null } });
    await forum.comment(n(40), { post, at: minute(40) });
    await forum.comment(n(15), { post, at: minute(15) });

    const second = await forum.queries.pages.page({
      ...query,
      options: { sort: 'newest', limit: 2, cursor: first.next },
    });

    expect([...first.items, ...second.items].map(({ body }) => body)).toEqual(
      [30, 20, 15, 10].map((short) => `Comment ${n(short)}`),
    );
  });

  it('splits a branch that is longer than a page, and goes on inside it', async () => {
    const { post, n } = await thread([
      [1, null],
      [2, null],
    ]);
    const answers = Array.from({ length: 1_500 }, (_, index) => n(10) + index * 10_000);
    const appended = await Promise.all(
      answers.map((number) =>
        forum.append(`comment-${idOf('comment', number)}`, [commentPosted(number, { post, parent: n(1) })], minute(10)),
      ),
    );
    await forum.views.reached(appended.reduce((most, { position }) => (position > most ? position : most), 0n));

    const read = await pages(post);

    expect(read.map(({ items, total }) => [items.length, total])).toEqual([
      [1_000, 1_502],
      [502, 1_502],
    ]);
    expect(new Set(read.flatMap(({ items }) => items.map(({ id }) => id))).size).toBe(1_502);
    const last = read[0]?.items.at(-1);
    expect(last?.parentId).toBe(idOf('comment', n(1)));
  });
});

describe('cursors', () => {
  it('that are bent, or of another post or sort, are refused', async () => {
    const { post } = await thread([
      [1, null],
      [2, null],
    ]);
    const other = await thread([[1, null]]);
    const [page] = await pages(post, { limit: 1 });
    const cursor = page?.next ?? '';
    const bent = [`${cursor}A`, cursor.slice(0, -1), `B${cursor.slice(1)}`, '', '=', 'x'.repeat(100_000), '\u{1F600}'];
    const refused = { code: 'invalid', errors: [{ field: 'cursor', message: expect.any(String) }] };
    const read = (options: { sort: CommentSort; cursor: string }, postNumber = post) =>
      forum.queries.pages.page({ postId: idOf('post', postNumber), options: { ...options, limit: 1 }, viewer: null });

    for (const wrong of bent) await expect(read({ sort: 'oldest', cursor: wrong })).rejects.toMatchObject(refused);
    await expect(read({ sort: 'newest', cursor })).rejects.toMatchObject(refused);
    await expect(read({ sort: 'oldest', cursor }, other.post)).rejects.toMatchObject(refused);
    await expect(read({ sort: 'oldest', cursor })).resolves.toMatchObject({ total: 2 });
  });
});

describe('what a reader may not see', () => {
  it('keeps the place of a removed comment, empty', async () => {
    const { post, n } = await thread([
      [1, null],
      [2, 1],
    ]);
    await record(n(1), commentRemoved(n(1), post));

    const [page] = await pages(post);

    expect(page?.total).toBe(2);
    expect(page?.items[0]).toMatchObject({
      status: 'removed',
      author: null,
      body: null,
      bodyHtml: null,
      replyCount: 1,
    });
    expect(await bodies(post, { viewer: MODERATOR })).toEqual([`Comment ${n(1)}`, `Comment ${n(2)}`]);
  });

  it('leaves out held comments with all below them; their author and moderators see them', async () => {
    const { post, n } = await thread([
      [1, null],
      [2, 1],
      [3, null],
    ]);
    await forum.comment(n(4), { post, author: 2, held: true, at: minute(4) });
    await record(n(1), commentHeld(n(1), post));
    const author2: Viewer = { memberId: idOf('member', 2), roles: ['member'] };

    expect(await bodies(post)).toEqual([`Comment ${n(3)}`]);
    expect((await pages(post))[0]?.total).toBe(1);
    expect(await bodies(post, { viewer: author2 })).toEqual([`Comment ${n(3)}`, `Comment ${n(4)}`]);
    expect((await pages(post, { viewer: author2 }))[0]).toMatchObject({ total: 2, items: [{}, { status: 'held' }] });
    expect(await bodies(post, { viewer: MODERATOR })).toEqual([1, 2, 3, 4].map((short) => `Comment ${n(short)}`));
    expect((await pages(post, { viewer: MODERATOR }))[0]?.total).toBe(4);
    for (const short of [1, 2, 4]) await expect(comment(n(short))).rejects.toMatchObject({ code: 'comment_not_found' });
    expect(await comment(n(4), author2)).toMatchObject({ status: 'held', body: `Comment ${n(4)}` });

    await record(n(1), commentRestored(n(1), post));
    expect(await bodies(post)).toEqual([1, 2, 3].map((short) => `Comment ${n(short)}`));
    expect((await pages(post))[0]?.total).toBe(3);
  });

  it('has no held answer in its count, and none that was removed', async () => {
    const { post, n } = await thread([
      [1, null],
      [2, 1],
      [3, 1],
      [4, 1],
    ]);
    await record(n(2), commentHeld(n(2), post));
    await record(n(3), commentRemoved(n(3), post));

    expect(await comment(n(1))).toMatchObject({ replyCount: 1 });
  });

  it('is erased where the key is gone', async () => {
    const { post, n } = await thread([[1, null]]);
    await forum.vault.destroy(forum.keyOf(`comment-${idOf('comment', n(1))}`));

    expect((await pages(post))[0]?.items[0]).toMatchObject({
      status: 'erased',
      author: null,
      body: null,
      bodyHtml: null,
    });
    expect((await pages(post, { viewer: MODERATOR }))[0]?.items[0]).toMatchObject({ status: 'erased', body: null });
  });

  it('is a post that is not out yet, or unknown', async () => {
    await forum.post((posts += 1), { publishAt: '2999-01-01T00:00:00.000Z' });
    const editor: Viewer = { memberId: idOf('member', 8), roles: ['member', 'editor'] };

    await expect(pages(posts)).rejects.toMatchObject({ code: 'post_not_found' });
    await expect(pages(987_654)).rejects.toMatchObject({ code: 'post_not_found' });
    expect((await pages(posts, { viewer: editor }))[0]).toMatchObject({ total: 0, items: [] });
  });
});

describe('an edited comment', () => {
  it('shows its newest text, when it was edited, and its revision', async () => {
    const { post, n } = await thread([[1, null]]);
    const position = await record(n(1), commentEdited(n(1), 'Better *so*', post), minute(9));

    expect(await comment(n(1))).toMatchObject({
      body: 'Better *so*',
      bodyHtml: '<p>Better <em>so</em></p>\n',
      editedAt: minute(9),
      revision: 1,
      position: position.toString(),
    });
  });

  it('keeps the name that an import gave its author', async () => {
    const { post, n } = await thread([]);
    const stream = `comment-${idOf('comment', n(1))}`;
    const posted = commentPosted(n(1), { post });
    if (posted.type !== 'CommentPosted.v1') throw new Error('another event');
    const author = { displayName: 'Ann', email: null, url: null };
    const imported = { ...posted, data: { ...posted.data, authorId: null }, personal: { body: 'Old', author } };
    await forum.record(stream, [imported]);
    await forum.record(stream, [commentEdited(n(1), 'New', post)]);
    await forum.record(stream, [commentEdited(n(1), 'Newest', post)]);

    expect(await comment(n(1))).toMatchObject({
      body: 'Newest',
      author: { id: null, displayName: 'Ann', imported: true },
    });
  });
});

describe('the texts of comments', () => {
  const kinds = (): unknown =>
    forum.views.db('thread').prepare('SELECT DISTINCT typeof(sealed) FROM comment').pluck().all();

  it('are in the log alone, where that is at hand, and are found there whatever befell them', async () => {
    const { post, n } = await thread([[1, null]]);
    await record(n(1), commentEdited(n(1), 'Another', post), minute(2));
    await record(n(1), commentRemoved(n(1), post), minute(3));
    await record(n(1), commentRestored(n(1), post), minute(4));
    await record(n(1), commentEdited(n(1), 'The last', post), minute(5));
    await record(n(1), commentHeld(n(1), post), minute(6));

    expect(kinds()).toEqual(['integer']);
    const [page] = await pages(post, { viewer: MODERATOR });
    expect(page?.items.map(({ body }) => body)).toEqual(['The last']);
    expect(await forum.views.verify('thread')).toMatchObject({ equal: true });
  });
});

describe('a page of a thread', () => {
  it('ends where its HTML gets too long, however short the texts are that it is made of, and goes on from there', async () => {
    const { post } = await thread([]);
    const count = 24;
    for (let number = 1; number <= count; number += 1) {
      await forum.comment(1_000_000 + number, { post, body: '&'.repeat(9_900), at: minute(number) });
    }
    const pages: number[] = [];
    const bytes: number[] = [];
    let cursor: string | null = null;
    do {
      const query = { postId: idOf('post', post), viewer: null };
      const page: CommentPage = await forum.queries.pages.page({
        ...query,
        options: { sort: 'oldest', limit: 100, cursor },
      });
      pages.push(page.items.length);
      bytes.push(page.items.reduce((sum, { bodyHtml }) => sum + (bodyHtml?.length ?? 0), 0));
      cursor = page.next;
    } while (cursor !== null);
    expect(pages.reduce((sum, items) => sum + items, 0)).toBe(count);
    expect(pages.length).toBeGreaterThan(2);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(MOST_HTML_BYTES);
  });
});

describe('what has changed in a thread', () => {
  it('is told by position, with comments as they are now', async () => {
    const { post, n } = await thread([[1, null]]);
    const after = forum.views.position();
    await forum.comment(n(2), { post, parent: n(1), at: minute(2) });
    await record(n(2), commentEdited(n(2), 'Changed', post), minute(3));
    await react(n(1), post, { member: 2, kind: 'like' });
    await record(n(1), commentRemoved(n(1), post), minute(5));
    await forum.record(`discussion-${idOf('post', post)}`, [discussionChanged(post)]);

    const { changes, position, reload } = await changesOf(post, after);

    expect({ position, reload }).toEqual({ position: forum.views.position(), reload: false });
    expect(
      changes.map(({ kind, comment: shown, discussion }) => [kind, shown?.body ?? shown?.status ?? discussion?.state]),
    ).toEqual([
      ['comment-posted', 'Changed'],
      ['comment-edited', 'Changed'],
      ['reaction-changed', 'removed'],
      ['comment-removed', 'removed'],
      ['discussion-changed', 'closed'],
    ]);
    expect(changes.map((change) => BigInt(change.position))).toEqual([1n, 2n, 3n, 4n, 5n].map((step) => after + step));
    expect((await changesOf(post, after + 2n, after + 3n)).changes).toEqual(changes.slice(2, 3));
  });

  it('is not told one by one when it is more than MOST_CATCH_UP_BYTES', async () => {
    const { post, n } = await thread([[1, null]]);
    const edit = (index: number) => commentEdited(n(1), `${index}${'x'.repeat(9_000)}`, post);
    const most = Math.floor(MOST_CATCH_UP_BYTES / 20_000);
    const before = forum.views.position();
    await forum.record(
      `comment-${idOf('comment', n(1))}`,
      Array.from({ length: most }, (_, index) => edit(index)),
    );

    const { changes, bytes, reload } = await changesOf(post, before);
    expect([changes.length, reload]).toEqual([most, false]);
    expect(bytes / JSON.stringify(changes).length).toBeCloseTo(1, 1);
    expect(bytes).toBeLessThan(MOST_CATCH_UP_BYTES);

    await forum.record(
      `comment-${idOf('comment', n(1))}`,
      Array.from({ length: most }, (_, index) => edit(index)),
    );
    expect(await changesOf(post, before)).toMatchObject({ changes: [], bytes: 0, reload: true });
  });

  it('is told one by one, however long the texts are that readers do not see', async () => {
    const { post, n } = await thread([[1, null]]);
    const before = forum.views.position();
    await forum.comment(n(2), { post, held: true });
    const edits = Array.from({ length: 200 }, () => commentEdited(n(2), 'x'.repeat(9_000), post));
    await forum.record(`comment-${idOf('comment', n(2))}`, edits);
    await react(n(1), post, { member: 2, kind: 'like' });

    const { changes, reload } = await changesOf(post, before);
    expect([changes.map(({ kind }) => kind), reload]).toEqual([['reaction-changed'], false]);
  });

  it('is not told one by one when its HTML is what makes it so long', async () => {
    const { post, n } = await thread([[1, null]]);
    const before = forum.views.position();
    const edits = Array.from({ length: 100 }, () => commentEdited(n(1), '&'.repeat(9_000), post));
    await forum.record(`comment-${idOf('comment', n(1))}`, edits);

    expect(await changesOf(post, before)).toMatchObject({ changes: [], bytes: 0, reload: true });
  });

  it('is in the order of numbers, not of their digits', async () => {
    const { post, n } = await thread([[1, null]]);
    const after = forum.views.position();
    const wider = 10n ** BigInt(Math.max(2, after.toString().length));
    const edits = Array.from({ length: 900 }, (_, index) => commentEdited(n(1), `Edit ${index}`, post));
    while (forum.views.position() < wider) await forum.record(`comment-${idOf('comment', n(1))}`, edits);

    const { changes } = await changesOf(post, wider - 20n, wider + 20n);

    expect(changes.map(({ position }) => BigInt(position))).toEqual(
      changes.map((_, index) => wider - 19n + BigInt(index)),
    );
    expect(changes.length).toBeGreaterThan(19);
  });

  it('tells nothing of a comment that was held when it was posted, until it is approved', async () => {
    const { post, n } = await thread([]);
    const after = forum.views.position();
    await forum.comment(n(1), { post, held: true });
    await record(n(1), commentEdited(n(1), 'Still held', post));
    expect((await changesOf(post, after)).changes).toEqual([]);

    await record(n(1), commentRestored(n(1), post));
    expect((await changesOf(post, after)).changes).toMatchObject([
      { kind: 'comment-restored', comment: { body: 'Still held' } },
    ]);
  });

  it('tells that a comment is held, and no more of it, also to those who may know it from a newer page', async () => {
    const { post, n } = await thread([]);
    const before = forum.views.position();
    await forum.comment(n(1), { post });
    const seen = forum.views.position();
    await record(n(1), commentHeld(n(1), post));

    const hidden = { id: idOf('comment', n(1)), status: 'held', body: null, bodyHtml: null, author: null };
    const held = { kind: 'comment-held', comment: hidden };
    expect((await changesOf(post, seen)).changes).toMatchObject([held]);
    expect((await changesOf(post, before)).changes).toMatchObject([{ kind: 'comment-posted', comment: hidden }, held]);
  });

  it('tells nothing either when the log was read on between the posting and the holding of one command', async () => {
    const own = await SmallForum.open();
    await own.member(1);
    await own.post(1);
    const after = own.views.position();
    for (const fact of [commentPosted(1, { post: 1 }), commentHeld(1, 1)]) {
      const { position } = await own.append(`comment-${idOf('comment', 1)}`, [fact], AT, idOf('comment', 2));
      await own.views.reached(position);
    }
    const { changes } = await own.queries.changes(new GetThreadChanges(idOf('post', 1), after, undefined));
    expect(changes).toEqual([]);
    await own.close();
  });

  it('leaves no step out, also of what went and is back, with a text in those alone that gave one', async () => {
    const { post, n } = await thread([]);
    const after = forum.views.position();
    await forum.comment(n(1), { post });
    for (let turn = 0; turn < 3; turn += 1) {
      await record(n(1), commentHeld(n(1), post));
      await record(n(1), commentRestored(n(1), post));
    }
    await record(n(1), commentRemoved(n(1), post));
    await record(n(1), commentRestored(n(1), post));

    const { changes } = await changesOf(post, after);

    const back = [
      ['comment-held', 'held', null, null],
      ['comment-restored', 'visible', `Comment ${n(1)}`, 'Member 1'],
    ];
    expect(
      changes.map(({ kind, comment: shown }) => [kind, shown?.status, shown?.body, shown?.author?.displayName ?? null]),
    ).toEqual([
      ['comment-posted', 'visible', `Comment ${n(1)}`, 'Member 1'],
      ...[...back, ...back, ...back],
      ['comment-removed', 'removed', null, null],
      ['comment-restored', 'visible', `Comment ${n(1)}`, 'Member 1'],
    ]);
    expect(changes.map(({ position }) => BigInt(position))).toEqual(changes.map((_, at) => after + BigInt(at) + 1n));
  });

  it.each([
    ['held', commentHeld],
    ['removed', commentRemoved],
  ])('shows in no earlier step the text of a comment that is %s now', async (status, gone) => {
    const { post, n } = await thread([]);
    const after = forum.views.position();
    await forum.comment(n(1), { post });
    await record(n(1), commentEdited(n(1), 'A secret', post));
    await record(n(1), commentHeld(n(1), post));
    await record(n(1), commentRestored(n(1), post));
    await record(n(1), gone(n(1), post));

    const { changes } = await changesOf(post, after);

    expect(changes.map(({ position }) => BigInt(position))).toEqual([1n, 2n, 3n, 4n, 5n].map((step) => after + step));
    expect(changes.at(-1)?.comment?.status).toBe(status);
    expect(changes.map(({ comment: shown }) => [shown?.body, shown?.bodyHtml, shown?.author])).toEqual(
      changes.map(() => [null, null, null]),
    );
    const until = await changesOf(post, after, after + 4n);
    expect(JSON.stringify([changes, until.changes])).not.toMatch(/A secret|Comment \d|Member 1/);
  });

  it('is to be read anew when a whole branch went or came back, when it is too much, and when the log was set back', async () => {
    const { post, n } = await thread([
      [1, null],
      [2, 1],
    ]);
    const after = forum.views.position();
    await record(n(1), commentHeld(n(1), post));
    expect(await changesOf(post, after)).toMatchObject({ reload: true, changes: [] });
    const held = forum.views.position();
    await record(n(1), commentRestored(n(1), post));
    expect(await changesOf(post, held)).toMatchObject({ reload: true, changes: [] });
    expect(await changesOf(post, forum.views.position() + 1n)).toMatchObject({ reload: true, changes: [] });

    const start = forum.views.position();
    const many = Array.from({ length: 1_001 }, (_, index) => commentEdited(n(2), `Edit ${index}`, post));
    await forum.record(`comment-${idOf('comment', n(2))}`, many.slice(0, 1_000));
    expect((await changesOf(post, start)).changes).toHaveLength(1_000);
    await forum.record(`comment-${idOf('comment', n(2))}`, many.slice(1_000));
    expect(await changesOf(post, start)).toMatchObject({ reload: true, changes: [] });
  });
});

describe('an encoded thread', () => {
  const encoded = (post: number, viewer: Viewer = null) =>
    forum.queries.encoded.page({
      postId: idOf('post', post),
      options: { sort: 'oldest', limit: 50, cursor: null },
      viewer,
    });

  it('is the same page, kept until the thread or an author changes, at the position of the views', async () => {
    const { post, n } = await thread([[1, null]]);
    const first = await encoded(post);
    expect(JSON.parse(first.json.toString())).toEqual((await pages(post))[0]);
    expect(await encoded(post)).toBe(first);

    await forum.post((posts += 1));
    const moved = await encoded(post);
    expect(moved.position).toBe(forum.views.position());
    expect(JSON.parse(moved.json.toString())).toEqual((await pages(post))[0]);

    await forum.comment(n(2), { post });
    expect(JSON.parse((await encoded(post)).json.toString())).toMatchObject({ total: 2 });

    const memberId = idOf('member', 1);
    await forum.record(`member-${memberId}`, [
      { type: 'MemberRenamed.v1', data: { memberId }, personal: { displayName: 'Renamed' } },
    ]);
    expect(JSON.parse((await encoded(post)).json.toString()).items[0].author.displayName).toBe('Renamed');
  });

  it('of a moderator holds what readers do not see, and is not kept for them', async () => {
    const { post, n } = await thread([[1, null]]);
    await record(n(1), commentHeld(n(1), post));

    expect(JSON.parse((await encoded(post, MODERATOR)).json.toString()).items).toHaveLength(1);
    expect(JSON.parse((await encoded(post)).json.toString()).items).toEqual([]);
  });
});

describe('the thread view', () => {
  it('is equal to a rebuild of all that happened here, and reads the same after one', async () => {
    const before = await pages(1, { viewer: MODERATOR });
    expect(await forum.views.verify('thread')).toMatchObject({ equal: true });

    await forum.views.rebuild('thread');

    expect(await pages(1, { viewer: MODERATOR })).toEqual(before);
    expect(await forum.views.verify('thread')).toMatchObject({ equal: true });
    const plan = forum.views
      .db('thread')
      .prepare("SELECT name FROM sqlite_master WHERE name LIKE 'comment\\_%' ESCAPE '\\'");
    expect(plan.pluck().all().sort()).toEqual([
      'comment_id',
      'comment_said',
      'comment_scored',
      'comment_shadow',
      'comment_tree',
    ]);
  });
});

function record(n: number, fact: ForumEvent, at = AT): Promise<bigint> {
  return forum.record(`comment-${idOf('comment', n)}`, [fact], at);
}

function react(n: number, post: number, { member, kind }: { member: number; kind: ReactionKind }): Promise<bigint> {
  const data = { commentId: idOf('comment', n), postId: idOf('post', post), memberId: idOf('member', member), kind };
  return forum.record(`reaction-${data.commentId}-${data.memberId}`, [
    { type: 'ReactionAdded.v1', data, personal: null },
  ]);
}

function discussionChanged(post: number): ForumEvent {
  return {
    type: 'DiscussionChanged.v2',
    data: { postId: idOf('post', post), state: 'closed', reason: null },
    personal: null,
  };
}

function comment(n: number, viewer: Viewer = null): Promise<Comment> {
  return forum.queries.comment(new GetComment(idOf('comment', n), viewer));
}

function changesOf(post: number, after: bigint, until?: bigint) {
  return forum.queries.changes(new GetThreadChanges(idOf('post', post), after, until));
}
