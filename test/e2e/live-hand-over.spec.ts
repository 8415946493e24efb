import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DecisionAnswer, ThreadChange } from '../../libs/client/index.ts';
import { makeBusy } from '../support/busy-thread.ts';
import { changesOf, type LiveForum, startLiveForum } from '../support/live-forum.ts';
import type { TestSocket } from '../support/live-socket.ts';

let live: LiveForum;

beforeAll(async () => {
  live = await startLiveForum();
});
afterEach(() => live.closeSockets());
afterAll(() => live.forum.close());

interface Followed {
  readonly socket: TestSocket;
  readonly after: string;
  /** The answer's changes and then the frames', by position, in the order of their arrival. */
  readonly heard: readonly string[];
}

async function follow(postId: string, after: string): Promise<{ socket: TestSocket; answered: string[] }> {
  const socket = await live.connect();
  const { changes } = await socket.ask('thread:join', { postId, after });
  return { socket, answered: changes.map(({ position }) => position) };
}

describe('the hand-over from the answer to the frames', () => {
  it('given readers who join while others write, misses nothing and doubles nothing', async () => {
    const postId = await live.post();
    const start = (await live.forum.thread(postId)).position;
    const writing = makeBusy(live, postId, { writers: 4, pauseMs: 5 });
    const readers: { socket: TestSocket; answered: string[]; after: string }[] = [];
    for (let count = 0; count < 60; count += 1) {
      // Some begin at the start, some at what a page has just shown them, which the room may not have sent yet.
      const after = count % 3 === 0 ? start : (await live.forum.thread(postId, '?limit=1')).position;
      readers.push({ ...(await follow(postId, after)), after });
      await pause(Math.random() * 15);
    }
    const written = await writing.stop();
    const marker = await live.forum.comment(live.writer, postId);
    for (const { socket } of readers) await socket.until(() => changesOf(socket).at(-1)?.position === marker.position);

    const whole = await (await live.connect()).ask('thread:join', { postId, after: start });
    const all = whole.changes.map(({ position }) => position);
    expect(written).toBeGreaterThan(20);
    expect(whole.reload).toBe(false);
    const followed: Followed[] = readers.map(({ socket, answered, after }) => ({
      socket,
      after,
      heard: [...answered, ...changesOf(socket).map(({ position }) => position)],
    }));
    for (const { after, heard } of followed)
      expect(heard).toEqual(all.filter((position) => BigInt(position) > BigInt(after)));
  }, 60_000);

  it('given one who leaves and joins again and again, joins where it left', async () => {
    const postId = await live.post();
    const start = (await live.forum.thread(postId)).position;
    const other = await live.connect();
    await other.ask('thread:join', { postId });
    const writing = makeBusy(live, postId, { writers: 2, pauseMs: 10 });
    const socket = await live.connect();
    let position = start;
    const heard: string[] = [];
    for (let count = 0; count < 30; count += 1) {
      const before = changesOf(socket).length;
      const joined = await socket.ask('thread:join', { postId, after: position });
      heard.push(...joined.changes.map((change) => change.position));
      await pause(Math.random() * 60);
      await socket.ask('thread:leave', { postId });
      heard.push(
        ...changesOf(socket)
          .slice(before)
          .map((change) => change.position),
      );
      position = heard.at(-1) ?? position;
    }
    await writing.stop();
    const before = changesOf(socket).length;
    const rest = await socket.ask('thread:join', { postId, after: position });
    // What the answer does not hold comes as frames, the last of them with this.
    const marker = await live.forum.comment(live.writer, postId);
    await socket.until(() => changesOf(socket).at(-1)?.position === marker.position);
    heard.push(...[...rest.changes, ...changesOf(socket).slice(before)].map((change) => change.position));
    const whole = await other.ask('thread:join', { postId, after: start });

    expect(heard).toEqual(whole.changes.map((change) => change.position));
    expect(heard.length).toBeGreaterThan(20);
  }, 60_000);

  it('given a position that the views have not reached, waits for it, and says so when it does not come', async () => {
    const postId = await live.post();
    const socket = await live.connect();
    const { position } = await live.forum.thread(postId);
    const beyond = String(BigInt(position) + 1n);
    const joining = socket.ask('thread:join', { postId, after: beyond });
    await live.forum.comment(live.writer, postId);
    expect(await joining).toMatchObject({ ok: true, position: beyond, changes: [] });

    expect(await socket.send('thread:join', { postId, after: '9999999999999999999' })).toEqual({
      ok: false,
      error: expect.objectContaining({ code: 'not_caught_up' }),
    });
  });

  it('given a join that fails, goes on with what an earlier one of the thread began', async () => {
    const postId = await live.post();
    const socket = await live.connect();
    await socket.ask('thread:join', { postId });
    const failed = await socket.send('thread:join', { postId, after: '9223372036854775807' });
    expect(failed).toMatchObject({ ok: false, error: { code: 'not_caught_up' } });
    const { position } = await live.forum.comment(live.writer, postId);
    await socket.until(() => changesOf(socket).length > 0);
    expect(changesOf(socket)).toMatchObject([{ kind: 'comment-posted', position }]);
  });

  it('given a comment that was held and restored again and again, answers each step as the room got it', async () => {
    const postId = await live.post();
    const { position: after } = await live.forum.thread(postId);
    const room = await live.connect();
    await room.ask('thread:join', { postId });
    const comment = await live.forum.comment(live.writer, postId, { body: 'Now and then.' });
    await room.until(() => changesOf(room).length === 1);
    let { revision } = comment;
    for (const action of ['hold', 'approve', 'hold', 'approve', 'remove', 'restore', 'hold', 'approve']) {
      const told = changesOf(room).length;
      const body = { action, revision, reason: 'spam' };
      const path = `/api/v1/comments/${comment.id}/decisions`;
      ({ revision } = (
        await live.forum.done<DecisionAnswer>('POST', path, { token: live.editor.token, body })
      ).comment);
      await room.until(() => changesOf(room).length > told);
    }

    const { changes } = await (await live.connect()).ask('thread:join', { postId, after });

    const shape = ({ position, at, kind, comment: shown }: ThreadChange) => [
      position,
      at,
      kind,
      shown?.status,
      shown?.body,
    ];
    expect(changes.map(shape)).toEqual(changesOf(room).map(shape));
    expect(changes).toHaveLength(9);
  });
});
