import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ServerMessages } from '../../libs/client/index.ts';
import { unsentBytes } from '../../src/api/live/connection-buffer.ts';
import { LiveThreads } from '../../src/api/live/live-threads.ts';
import { LONGEST_LAG_MS, MOST_UNSENT_BYTES } from '../../src/api/live/unread-sockets.ts';
import { changesOf, type LiveForum, startLiveForum } from '../support/live-forum.ts';
import { keptBytes } from '../support/memory.ts';
import { RawSocket } from '../support/raw-socket.ts';
import { newId } from '../support/running-forum.ts';

const COMMENTS = 5_000;
const SLOW = 40;
/** What a socket may have unsent: the limit, and the frame that crossed it. */
const MOST = MOST_UNSENT_BYTES + 512 * 1024;

let live: LiveForum;
const raws: RawSocket[] = [];

beforeAll(async () => {
  live = await startLiveForum();
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const raw of raws.splice(0)) raw.close();
  live.closeSockets();
});
afterAll(() => live.forum.close());

async function join(postId: string): Promise<RawSocket> {
  const raw = await RawSocket.connected(live.forum.url);
  raws.push(raw);
  raw.send(`42/live,1${JSON.stringify(['thread:join', { postId }])}`);
  await raw.until(() => raw.texts.some((text) => text.startsWith('43/live,1')));
  return raw;
}

function frames({ texts }: RawSocket): ServerMessages['thread:changes'][] {
  return texts
    .filter((text) => text.startsWith('42/live,["thread:changes"'))
    .map((text): ServerMessages['thread:changes'] => JSON.parse(text.slice('42/live,'.length))[1]);
}

/** The program's clock of lags goes slowly, so that readers are held back and not cut off however long the posting takes. */
function lagsAtATenth(): void {
  const real = performance.now.bind(performance);
  const began = real();
  jest.spyOn(performance, 'now').mockImplementation(() => began + (real() - began) / 10);
}

async function post(postId: string, count: number): Promise<void> {
  const body = 'Long, so that it does not all fit in between. '.repeat(45);
  for (let at = 0; at < count; at += 50) {
    await Promise.all(Array.from({ length: 50 }, () => live.forum.comment(live.writer, postId, { id: newId(), body })));
  }
}

describe('readers who stop reading', () => {
  it('given 5,000 comments, hold no memory, keep nobody waiting, and are told to read anew when they read on', async () => {
    const postId = await live.post();
    lagsAtATenth();
    const threads = live.forum.forum.app.get(LiveThreads, { strict: false });
    const quick = await live.connect();
    await quick.ask('thread:join', { postId });
    const slow = await Promise.all(Array.from({ length: SLOW }, () => join(postId)));
    const sockets = [...threads.socketsOf(postId)].filter(({ id }) => id !== quick.io.id);
    for (const raw of slow) raw.stopReading();
    const before = keptBytes();

    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, ...sockets.map(({ conn }) => unsentBytes(conn)));
    }, 10);
    await post(postId, COMMENTS);
    await quick.until(() => changesOf(quick).length === COMMENTS, 20_000);
    clearInterval(watching);
    quick.frames.splice(0);
    const grown = keptBytes() - before;

    expect(sockets).toHaveLength(SLOW);
    expect(threads.socketsOf(postId).size).toBe(1);
    expect(most).toBeGreaterThan(MOST_UNSENT_BYTES);
    expect(most).toBeLessThan(MOST);
    // The log, the views and their caches know 5,000 comments more (35 to 80 MB); 40 readers' worth of them would be 900 MB.
    expect(grown).toBeLessThan(200 * 1024 * 1024);

    for (const raw of slow) raw.readOn();
    for (const raw of slow) await raw.until(() => raw.texts.some((text) => text.includes('"reload":true')), 20_000);
    const told = slow.map((raw) => frames(raw).find(({ reload }) => reload === true));
    for (const frame of told)
      expect(frame).toEqual({ postId, changes: [], reload: true, position: expect.any(String) });
    const next = await live.forum.comment(live.writer, postId);
    for (const raw of slow) {
      await raw.until(() => frames(raw).at(-1)?.changes[0]?.position === next.position);
      const positions = frames(raw).flatMap(({ changes }) => changes.map(({ position }) => BigInt(position)));
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => (a < b ? -1 : 1)));
    }
  }, 120_000);

  it('given one that does not read on for long, are disconnected', async () => {
    const postId = await live.post();
    const threads = live.forum.forum.app.get(LiveThreads, { strict: false });
    const raw = await join(postId);
    const [socket] = threads.socketsOf(postId);
    raw.stopReading();
    while (threads.socketsOf(postId).size > 0) await post(postId, 50);
    const real = performance.now.bind(performance);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(socket?.connected).toBe(true);
    jest.spyOn(performance, 'now').mockImplementation(() => real() + LONGEST_LAG_MS);
    try {
      await raw.until(() => socket?.connected === false);
    } finally {
      jest.restoreAllMocks();
    }
  }, 60_000);

  it('given one that asks on and on, hold no memory for it and disconnect it', async () => {
    const postId = await live.post();
    const { position } = await live.forum.thread(postId);
    await post(postId, 100);
    const raw = await join(postId);
    const [socket] = live.forum.forum.app.get(LiveThreads, { strict: false }).socketsOf(postId);
    raw.stopReading();
    const before = keptBytes();
    const ask = (number: number): void =>
      raw.send(`42/live,${number}${JSON.stringify(['thread:join', { postId, after: position }])}`);
    for (let number = 2; socket?.connected === true && number < 2_000; number += 1) {
      ask(number);
      if (number % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(keptBytes() - before).toBeLessThan(40 * 1024 * 1024);

    const real = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => real() + LONGEST_LAG_MS);
    try {
      await raw.until(() => socket?.connected === false);
    } finally {
      jest.restoreAllMocks();
    }
  }, 60_000);
});
