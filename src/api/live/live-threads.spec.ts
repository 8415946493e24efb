import { createServer, type Server as HttpServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Query } from '@nestjs/cqrs';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import type { ServerMessages, ThreadChange } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import type { Projected } from '../../../libs/projections/index.ts';
import { Admission, LANES } from '../../access/admission/admission.ts';
import { GetThreadChanges } from '../../views/thread/thread.query-types.ts';
import { CatchUps } from './catch-ups.ts';
import type { LiveNamespace } from './live-socket.ts';
import { type Joined, LiveThreads } from './live-threads.ts';

const POST = 'a-post';
/** A position that the views never reach. */
const NEVER = 1_000_000_000n;

/** A changing thread whose views are read slowly and report late, so that every possible order of events comes. */
class SlowForum {
  readonly changes: ThreadChange[] = [];
  reads = 0;
  /** How often a change was encoded. */
  encodings = 0;
  #told = 0n;
  #listener: (projected: readonly Projected[], position: bigint) => void = () => undefined;
  #telling: Promise<void> = Promise.resolve();

  get committed(): bigint {
    return BigInt(this.changes.length);
  }

  change(): void {
    const position = this.committed + 1n;
    const count = (): void => {
      this.encodings += 1;
    };
    this.changes.push({
      position: String(position),
      get at() {
        count();
        return 'now';
      },
      kind: 'comment-posted',
    });
    const delay = Math.random() * 8;
    this.#telling = this.#telling.then(async () => {
      await pause(delay);
      this.#told = position;
      this.#listener([{ view: 'thread', changes: [{ postId: POST, position }] }], position);
    });
  }

  /** The projector committed and died before it reported; the next one reports that everything must be read. */
  commitUntold(): void {
    const position = this.committed + 1n;
    this.changes.push({ position: String(position), at: '', kind: 'comment-posted' });
    this.#told = position;
    this.#listener([{ view: 'thread', changes: [], renewed: true }], position);
  }

  readonly views = {
    position: () => this.#told,
    reached: async (position: bigint) => {
      if (position === NEVER) throw new DomainError('not_caught_up', 'It does not come.');
      while (this.#told < position) await pause(1);
    },
    onProjected: (listener: (projected: readonly Projected[], position: bigint) => void) => {
      this.#listener = listener;
      return () => undefined;
    },
  };

  readonly queries = {
    execute: async <Result>(query: Query<Result>): Promise<Result> => {
      if (!(query instanceof GetThreadChanges)) throw new Error('no other query is asked');
      this.reads += 1;
      await pause(Math.random() * 6);
      const now = this.committed;
      const position = query.until !== undefined && query.until < now ? query.until : now;
      const changes = this.changes.slice(Number(query.after), Number(position));
      await pause(Math.random() * 6);
      return Object.assign({ position, changes, bytes: 0, reload: false, total: 0, hidden: 0, visible: 0 });
    },
  };

  async settled(): Promise<void> {
    await this.#telling;
  }
}

interface Reader {
  readonly after: number;
  readonly heard: string[];
  readonly socket: Socket;
}

let http: HttpServer;
let threads: LiveThreads;
let forum: SlowForum;
let url: string;
/** The number of threads that each connection follows. */
let wishesOf: () => readonly number[];
const clients: Socket[] = [];

beforeEach(async () => {
  forum = new SlowForum();
  threads = new LiveThreads(forum.queries, forum.views, new CatchUps(new Admission(1_000)));
  threads.onModuleInit();
  http = createServer();
  const namespace: LiveNamespace = new Server(http).of('/live');
  wishesOf = () => [...namespace.sockets.values()].map(({ data }) => data.wishes.size);
  threads.sendOver(namespace);
  namespace.on('connection', (socket) => {
    socket.data = {
      address: '',
      token: null,
      memberId: null,
      sessionRefusal: null,
      session: null,
      wishes: new Map(),
      open: new Set(),
    };
    socket.on('join', (after: number, answer: (changes: readonly string[] | null) => void) => {
      const settle = ({ changes }: Joined) => answer(changes.map(({ position }) => position));
      threads.join(socket, { postId: POST, after: BigInt(after), viewer: null }, settle).catch(() => answer(null));
    });
    socket.on('leave', (answer: () => void) => {
      threads.leave(socket, POST);
      answer();
    });
    socket.on('disconnect', () => threads.leaveAll(socket));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/live` : '';
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  threads.onModuleDestroy();
  http.close();
});

async function read(after: number): Promise<Reader> {
  const socket = io(url, { transports: ['websocket'], forceNew: true });
  clients.push(socket);
  const heard: string[] = [];
  socket.on('thread:changes', ({ changes }: ServerMessages['thread:changes']) => {
    heard.push(...changes.map(({ position }) => position));
  });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  // The answer is taken in the step in which it arrives, before any later frame.
  await new Promise<void>((resolve) => {
    socket.emit('join', after, (answered: readonly string[]) => {
      heard.push(...answered);
      resolve();
    });
  });
  return { after, heard, socket };
}

describe('joining a thread', () => {
  it('given slow reads and late news in every order, hands over without a gap or a double', async () => {
    const readers: Reader[] = [];
    const gone: Reader[] = [];
    const reading: Promise<unknown>[] = [];
    for (let turn = 0; turn < 300; turn += 1) {
      forum.change();
      if (turn % 3 === 0) {
        const after = turn % 2 === 0 ? turn : Math.floor(Math.random() * turn);
        reading.push(read(after).then((reader) => readers.push(reader)));
      }
      // Sometimes the last reader leaves, and the room is closed.
      if (turn % 35 === 34) {
        await Promise.all(reading.splice(0));
        for (const { socket } of readers) socket.close();
        gone.push(...readers.splice(0));
      }
      await pause(Math.random() * 5);
    }
    await Promise.all(reading);
    await forum.settled();
    forum.change();
    const last = String(forum.committed);
    for (const { heard } of readers) while (heard.at(-1) !== last) await pause(5);

    const all = forum.changes.map(({ position }) => position);
    for (const { after, heard } of gone) expect(heard).toEqual(all.slice(after, after + heard.length));
    for (const { after, heard } of readers) expect(heard).toEqual(all.slice(after));
    expect(readers.length).toBeGreaterThan(5);
  }, 30_000);

  it('given a change that was told before the room was there, sends it', async () => {
    for (let turn = 0; turn < 60; turn += 1) {
      const after = Number(forum.committed);
      const joining = read(after);
      await pause(Math.random() * 12);
      forum.change();
      const { heard, socket } = await joining;
      while (heard.length === 0) await pause(2);
      expect(heard).toEqual([String(after + 1)]);
      socket.close();
    }
  }, 30_000);

  it('given a change that was committed and never told, sends it once the views are said to be looked at', async () => {
    const { heard } = await read(0);
    forum.commitUntold();
    while (heard.length === 0) await pause(2);
    expect(heard).toEqual(['1']);
  });

  describe('that fails', () => {
    const failing = ({ socket }: Pick<Reader, 'socket'>): Promise<unknown> => socket.emitWithAck('join', Number(NEVER));
    const hears = async ({ heard, socket }: Reader): Promise<void> => {
      const frame = new Promise<void>((resolve) => socket.once('thread:changes', () => resolve()));
      forum.change();
      await frame;
      expect(heard).toEqual(['1']);
    };

    it('leaves an earlier join as it was', async () => {
      const reader = await read(0);
      expect(await failing(reader)).toBeNull();
      await hears(reader);
    });

    it('leaves an earlier join alone that is still under way', async () => {
      const connected = await read(0);
      const { socket } = connected;
      await new Promise<void>((resolve) => socket.emit('leave', resolve));
      const joining = socket.emitWithAck('join', 0);
      expect(await failing(connected)).toBeNull();
      expect(await joining).toEqual([]);
      await hears(connected);
    });

    it('leaves nothing behind where there was no other', async () => {
      const connected = await read(0);
      await new Promise<void>((resolve) => connected.socket.emit('leave', resolve));
      expect(await failing(connected)).toBeNull();
      expect(wishesOf()).toEqual([0]);
    });
  });

  describe('with something missed', () => {
    const missing = async (sockets: number): Promise<readonly Socket[]> => {
      forum.change();
      await forum.settled();
      const connected = await Promise.all(Array.from({ length: sockets }, () => read(0)));
      return connected.map(({ socket }) => socket);
    };

    it('is read once for all who ask the same at once', async () => {
      const sockets = await missing(LANES['catch-ups'].slots);
      const { reads } = forum;
      const answers = await Promise.all(sockets.map((socket) => socket.emitWithAck('join', 0)));
      expect(answers).toEqual(sockets.map(() => ['1']));
      expect(forum.reads - reads).toBe(1);
    });

    it('is read for one thread after the other on each connection, and not for one that is gone', async () => {
      const sockets = await missing(3);
      const { reads } = forum;
      for (const socket of sockets) {
        for (let sent = 0; sent < 30; sent += 1) socket.emit('join', 0, () => undefined);
        socket.emit('join', 0, () => undefined);
      }
      await sockets[0]?.emitWithAck('join', 0);
      for (const socket of sockets) socket.close();
      while (wishesOf().length > 0) await pause(2);
      const closedAt = forum.reads;
      expect(closedAt - reads).toBeGreaterThan(0);
      await threads.requirePost(POST);
      for (let turn = 0; turn < 20; turn += 1) await pause(2);
      // One read was under way, and one asked whether there is a post.
      expect(forum.reads - closedAt).toBeLessThanOrEqual(2);
    });

    it('is told to no one any more once the forum closes', async () => {
      const [socket] = await missing(1);
      const answers = Array.from({ length: 30 }, () => socket?.emitWithAck('join', 0));
      await answers[0];
      threads.onModuleDestroy();
      const { reads } = forum;
      expect((await Promise.all(answers)).at(-1)).toBeNull();
      expect(forum.reads - reads).toBeLessThanOrEqual(1);
    });
  });

  it('given many readers, reads and encodes a frame as often as for one', async () => {
    const frame = async (): Promise<{ readonly reads: number; readonly encodings: number }> => {
      const { reads, encodings } = forum;
      forum.change();
      forum.change();
      await Promise.all(
        clients.map((client) => new Promise<void>((resolve) => client.once('thread:changes', () => resolve()))),
      );
      return { reads: forum.reads - reads, encodings: forum.encodings - encodings };
    };
    await read(0);
    const forOne = await frame();
    for (let count = 0; count < 20; count += 1) await read(Number(forum.committed));
    expect(await frame()).toEqual(forOne);
    expect(forOne.reads).toBe(1);
  });
});
