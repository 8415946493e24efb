import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { QueryBus } from '@nestjs/cqrs';
import type { Comment } from '../../libs/client/index.ts';
import { POSTS_A_PAGE } from '../../libs/words/index.ts';
import { CountCommentsUnder } from '../../src/views/post-list/post-list.query-types.ts';
import { type LiveForum, remove, startLiveForum } from '../support/live-forum.ts';
import type { TestSocket } from '../support/live-socket.ts';
import { newId } from '../support/running-forum.ts';

let live: LiveForum;

beforeAll(async () => {
  live = await startLiveForum();
});
afterEach(() => live.closeSockets());
afterAll(() => live.forum.close());

/** What the socket was told of a post, in order. */
const told = (socket: TestSocket, postId: string): readonly (number | undefined)[] =>
  socket.of('counts:changes').flatMap(({ counts }) => (postId in counts ? [counts[postId]] : []));

async function decide({ id, revision }: Comment, action: string): Promise<Comment> {
  const body = { action, reason: 'spam', note: '', revision };
  return live.forum.done('POST', `/api/v1/comments/${id}/decisions`, { token: live.editor.token, body });
}

it('readers of a list are told how many comments everybody can read, the same with and without an account', async () => {
  const [postId, quiet] = [await live.post(), await live.post()];
  const first = await live.forum.comment(live.writer, postId);
  const sockets = [await live.connect(), await live.connect({ token: live.editor.token })];
  for (const socket of sockets) {
    expect(await socket.ask('counts:join', { postIds: [postId, quiet] })).toMatchObject({
      counts: { [postId]: 1, [quiet]: 0 },
    });
  }
  const untilTold = async (count: number): Promise<void> => {
    for (const socket of sockets) await socket.until(() => told(socket, postId).at(-1) === count);
  };
  const second = await live.forum.comment(live.writer, postId);
  await untilTold(2);
  await decide(second, 'hold');
  await untilTold(1);
  await remove(live.forum, live.writer, first);
  await untilTold(0);

  for (const socket of sockets) {
    expect([told(socket, postId), told(socket, quiet)]).toEqual([[2, 1, 0], []]);
  }
});

it('an outburst is told twice a second at most, and whoever reads a list is not present in the discussion', async () => {
  const postId = await live.post();
  const [lister, reader] = [await live.connect(), await live.connect()];
  await lister.ask('counts:join', { postIds: [postId] });
  await reader.ask('thread:join', { postId });
  const began = performance.now();
  for (let n = 0; n < 20; n += 1) await live.forum.comment(live.writer, postId);
  await lister.until(() => told(lister, postId).at(-1) === 20);
  await reader.until(() => reader.of('thread:presence').length > 0);

  expect(told(lister, postId).length).toBeLessThan(2 + (performance.now() - began) / 500);
  expect(reader.of('thread:presence').map(({ readers }) => readers)).toEqual([1]);
  expect(lister.of('thread:changes')).toEqual([]);
  expect(lister.of('thread:presence')).toEqual([]);
});

it('a post that readers may not see has no number, for editors neither, until they may', async () => {
  const postId = await live.post();
  await live.forum.comment(live.writer, postId);
  const gone = await live.post();
  const later = (await live.forum.publish(live.editor, { publishAt: '2999-01-01T00:00:00Z' })).id;
  const { token } = live.editor;
  await live.forum.done('POST', `/api/v1/posts/${gone}/withdraw`, { token, body: {} });
  const unknown = newId();
  const [reader, editor] = [await live.connect(), await live.connect({ token })];
  for (const socket of [reader, editor]) {
    const { counts } = await socket.ask('counts:join', { postIds: [later, gone, unknown, postId] });
    expect(counts).toEqual({ [postId]: 1 });
  }
  const schedule = (publishAt: string) =>
    live.forum.done('PATCH', `/api/v1/posts/${postId}`, { token, body: { publishAt } });
  await schedule('2999-01-01T00:00:00Z');
  await live.forum.done('PATCH', `/api/v1/posts/${later}`, { token, body: { publishAt: '2020-01-01T00:00:00Z' } });
  for (const socket of [reader, editor]) await socket.until(() => told(socket, later).at(-1) === 0);
  expect(told(reader, postId)).toEqual([]);

  const again = await live.connect();
  expect((await again.ask('counts:join', { postIds: [later, postId] })).counts).toEqual({ [later]: 0 });
  await schedule('2020-01-01T00:00:00Z');
  for (const socket of [reader, again]) await socket.until(() => told(socket, postId).at(-1) === 1);
});

it('a join takes the place of an earlier one, and whoever comes back has the numbers as they are then', async () => {
  const [one, other] = [await live.post(), await live.post()];
  const socket = await live.connect();
  await socket.ask('counts:join', { postIds: [one] });
  await socket.ask('counts:join', { postIds: [other] });
  await live.forum.comment(live.writer, one);
  await live.forum.comment(live.writer, other);
  await socket.until(() => told(socket, other).length > 0);
  expect([told(socket, one), told(socket, other)]).toEqual([[], [1]]);

  socket.io.disconnect();
  await live.forum.comment(live.writer, other);
  socket.io.connect();
  await socket.connected();
  expect((await socket.ask('counts:join', { postIds: [one, other] })).counts).toEqual({ [one]: 1, [other]: 2 });
  await live.forum.comment(live.writer, one);
  await socket.until(() => told(socket, one).at(-1) === 2);
});

it('whoever joins while others write ends with the number of the others', async () => {
  const postId = await live.post();
  const [early, late] = [await live.connect(), await live.connect()];
  const joinDuring = async (socket: TestSocket, meanwhile: () => Promise<unknown>): Promise<number | undefined> => {
    const bus = live.forum.forum.app.get(QueryBus, { strict: false });
    const execute = bus.execute.bind(bus);
    const spy = jest.spyOn(bus, 'execute').mockImplementation(async (query: object) => {
      const answer = await execute(query);
      if (query instanceof CountCommentsUnder && query.postIds.length === 2) await meanwhile();
      return answer;
    });
    try {
      return (await socket.ask('counts:join', { postIds: [postId, newId()] })).counts[postId];
    } finally {
      spy.mockRestore();
    }
  };
  expect(await joinDuring(early, () => live.forum.comment(live.writer, postId))).toBe(0);
  await early.until(() => told(early, postId).at(-1) === 1);
  const joined = await joinDuring(late, async () => {
    await live.forum.comment(live.writer, postId);
    await early.until(() => told(early, postId).at(-1) === 2);
  });
  expect(joined).toBe(1);
  await late.until(() => told(late, postId).at(-1) === 2);
});

it('no more posts than a page lists are followed, each by its id', async () => {
  const socket = await live.connect();
  const ids = Array.from({ length: POSTS_A_PAGE + 1 }, newId);
  const refused = { ok: false, error: { code: 'invalid', errors: [{ field: 'postIds' }] } };
  for (const postIds of [ids, 'all', ['x'], [null], undefined]) {
    expect(await socket.send('counts:join', { postIds })).toMatchObject(refused);
  }
  expect(await socket.send('counts:join', { postIds: ids.slice(1) })).toMatchObject({ ok: true, counts: {} });
});

it('who reads a member’s page is told how many comments of the member everybody can read, and no other number', async () => {
  const postId = await live.post();
  const [writer, other] = [await live.forum.member('written'), await live.forum.member('unwritten')];
  const first = await live.forum.comment(writer, postId);
  const socket = await live.connect();
  const ask = (of: { readonly member: { readonly id: string } }) =>
    socket.ask('counts:join', { postIds: [], writer: of.member.id });
  const numbers = () => socket.of('counts:changes').flatMap(({ written }) => written ?? []);
  expect(await ask(writer)).toMatchObject({ counts: {}, written: 1 });
  const second = await live.forum.comment(writer, postId);
  await socket.until(() => numbers().at(-1) === 2);
  await live.forum.comment(other, postId);
  await decide(second, 'hold');
  await socket.until(() => numbers().at(-1) === 1);
  await remove(live.forum, writer, first);
  await socket.until(() => numbers().at(-1) === 0);
  expect(await ask(other)).toMatchObject({ written: 1 });
  await live.forum.comment(writer, postId);
  await live.forum.comment(other, postId);
  await socket.until(() => numbers().at(-1) === 2);
  expect(numbers().slice(numbers().lastIndexOf(0))).toEqual([0, 2]);
  expect(await socket.send('counts:join', { postIds: [], writer: 'nobody' })).toMatchObject({ ok: false });
});
