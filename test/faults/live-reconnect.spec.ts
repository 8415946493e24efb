import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import {
  ColloquyClient,
  type Comment,
  type CommentPage,
  LiveClient,
  type OutboxEntry,
  type OutboxStorage,
  ThreadSession,
} from '../../libs/client/index.ts';
import { makeBusy } from '../support/busy-thread.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';

let live: LiveForum;

beforeAll(async () => {
  live = await startLiveForum();
});
afterAll(() => live.forum.close());

interface Reader {
  readonly session: ThreadSession;
  readonly socket: Socket;
}

function read(
  postId: string,
  options: { readonly token?: string; readonly limit?: number; readonly outbox?: OutboxStorage } = {},
): Reader {
  const { token, limit = 10, outbox } = options;
  const auth = token === undefined ? {} : { token };
  const socket = io(`${live.forum.url}/live`, { forceNew: true, reconnectionDelay: 5, reconnectionDelayMax: 20, auth });
  const rest = new ColloquyClient({ baseUrl: live.forum.url, ...auth });
  const session = new ThreadSession({
    rest,
    live: new LiveClient(socket),
    postId,
    limit,
    ...(outbox === undefined ? {} : { outbox }),
  });
  session.start();
  return { session, socket };
}

/** Cuts the connection below Socket.IO, as a network does, and waits until everything is in order again or not even that. */
async function breakConnection({ socket }: Reader): Promise<void> {
  socket.io.engine.close();
  await pause(Math.random() * 60);
}

async function until(holds: () => boolean, milliseconds = 10_000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`not in ${milliseconds} ms: ${holds}`);
    await pause(5);
  }
}

async function wholeThread(postId: string): Promise<CommentPage> {
  const first = await live.forum.thread(postId, '?limit=20');
  const items: Comment[] = [...first.items];
  for (let next = first.next; next !== null; ) {
    const page = await live.forum.thread(postId, `?limit=20&cursor=${encodeURIComponent(next)}`);
    items.push(...page.items);
    next = page.next;
  }
  return { ...first, items, next: null };
}

/** Reads on until all is read and heard, and compares with the forum. */
async function expectWhole({ session }: Reader, postId: string): Promise<void> {
  const now = await wholeThread(postId);
  const heard = (): boolean =>
    session.state.connection === 'live' && BigInt(session.state.thread?.position ?? '0') >= BigInt(lastOf(now));
  await until(heard);
  while (session.state.thread?.next) await session.loadMore();
  expect(session.state.thread?.comments).toEqual(now.items);
  expect(session.state.thread?.total).toBe(now.total);
}

function lastOf({ items }: CommentPage): string {
  return String(items.map(({ position }) => BigInt(position)).reduce((a, b) => (a > b ? a : b), 0n));
}

describe('a client that reconnects a hundred times in a busy thread', () => {
  it('ends with exactly the server’s thread', async () => {
    const postId = await live.post();
    const writing = makeBusy(live, postId, { writers: 3, pauseMs: 10 });
    const reader = read(postId);
    await until(() => reader.session.state.connection === 'live');
    let connections = 0;
    reader.socket.on('connect', () => {
      connections += 1;
    });
    while (connections < 100) {
      if (reader.socket.connected) await breakConnection(reader);
      else await pause(2);
    }
    const written = await writing.stop();
    await live.forum.comment(live.writer, postId, { body: 'The last.' });

    await expectWhole(reader, postId);
    expect(written).toBeGreaterThan(100);
    reader.session.stop();
    reader.socket.close();
  }, 120_000);

  it('has posted each of its own comments once, in the order in which they were written', async () => {
    const postId = await live.post();
    const writing = makeBusy(live, postId, { writers: 1, pauseMs: 20 });
    const reader = read(postId, { token: live.reader.token });
    const own: string[] = [];
    for (let count = 0; count < 60; count += 1) {
      own.push(reader.session.post(`Own ${count}`, count % 4 === 3 ? (own.at(-1) ?? null) : null));
      if (count % 2 === 0 && reader.socket.connected) await breakConnection(reader);
      await pause(Math.random() * 20);
    }
    await until(() => reader.session.state.outbox.length === 0, 30_000);
    await writing.stop();
    const { items } = await wholeThread(postId);
    const posted = items.filter(({ author }) => author?.displayName === 'Name of reader');

    expect(posted.map(({ id }) => id).sort()).toEqual([...own].sort());
    expect(posted.toSorted((a, b) => Number(BigInt(a.position) - BigInt(b.position))).map(({ id }) => id)).toEqual(own);
    await live.forum.comment(live.writer, postId, { body: 'The last.' });
    await expectWhole(reader, postId);
    reader.session.stop();
    reader.socket.close();
  }, 120_000);
});

describe('a page that goes while a comment is on its way', () => {
  it('given the same storage, sends the comment from the next page, once', async () => {
    const postId = await live.post();
    let kept: readonly OutboxEntry[] = [];
    const outbox: OutboxStorage = {
      load: () => kept,
      save: (entries) => {
        kept = structuredClone(entries);
      },
    };
    const first = read(postId, { token: live.reader.token, outbox });
    await until(() => first.session.state.connection === 'live');
    const sent = first.session.post('Sent, and the page is gone before the answer.');
    first.session.stop();
    first.socket.close();
    const unsent = first.session.post('Written without a connection.');
    expect(kept.map(({ id }) => id)).toEqual([sent, unsent]);

    const second = read(postId, { token: live.reader.token, outbox });
    await until(() => kept.length === 0);
    const { items } = await wholeThread(postId);
    expect(items.map(({ id }) => id).sort()).toEqual([sent, unsent].sort());
    await expectWhole(second, postId);
    second.session.stop();
    second.socket.close();
  });

  it('given a refusal, keeps the comment for its writer, who can send it again', async () => {
    const postId = await live.post();
    const setDiscussion = (state: string) =>
      live.forum.done('PUT', `/api/v1/posts/${postId}/discussion`, { token: live.editor.token, body: { state } });
    await setDiscussion('closed');
    const reader = read(postId, { token: live.reader.token });
    const id = reader.session.post('Too late?');
    await until(() => reader.session.state.outbox[0]?.state === 'failed');
    expect(reader.session.state.outbox).toMatchObject([{ id, problem: { code: 'discussion_closed' } }]);

    await setDiscussion('open');
    reader.session.retry(id);
    await until(() => reader.session.state.outbox.length === 0);
    await expectWhole(reader, postId);
    reader.session.stop();
    reader.socket.close();
  });
});

describe('a reader whose thread is to be read anew', () => {
  it('given more than a thousand missed changes, reads it and goes on', async () => {
    const postId = await live.post();
    const comment = await live.forum.comment(live.writer, postId);
    const reader = read(postId);
    await until(() => reader.session.state.connection === 'live');
    reader.socket.disconnect();
    const wishes = Array.from({ length: 1_005 }, (_, index) => ({
      parentId: index % 2 === 0 ? comment.id : null,
      body: `Missed ${index}`,
    }));
    for (let at = 0; at < wishes.length; at += 100) {
      await Promise.all(wishes.slice(at, at + 100).map((wish) => live.forum.comment(live.writer, postId, wish)));
    }
    reader.socket.connect();
    await until(() => reader.session.state.connection === 'live');
    await live.forum.comment(live.writer, postId, { body: 'After.' });
    await expectWhole(reader, postId);
    reader.session.stop();
    reader.socket.close();
  }, 60_000);
});
