import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ServerMessages } from '../../../libs/client/index.ts';
import type { Notice, Notices } from '../../../libs/event-store/notices.ts';
import type { Json } from '../../../libs/kernel/index.ts';
import type { Standing } from '../../views/members/members.query-types.ts';
import { LivePresence, type PresentReader } from './live-presence.ts';
import { Neighbours, SILENT_AFTER_MS } from './neighbours.ts';

const POST = '11111111-1111-4111-8111-111111111111';
const MALI = { memberId: '22222222-2222-4222-8222-222222222222', displayName: 'Mali' };
const KEO = { memberId: '33333333-3333-4333-8333-333333333333', displayName: 'Keo' };

/** The messages between all nodes of a test. */
class Board {
  readonly said: { readonly node: string; readonly notice: Json; readonly at: number }[] = [];
  readonly #followers: { readonly node: string; readonly queue: Notice[]; wake: () => void }[] = [];
  isAway = false;

  node(node: string): Notices {
    return {
      announce: async (notice) => {
        if (this.isAway) throw new Error('away');
        this.said.push({ node, notice, at: performance.now() });
        for (const follower of this.#followers) {
          if (follower.node !== node) follower.queue.push({ node, notice });
          follower.wake();
        }
      },
      follow: (signal) => this.#follow(node, signal),
    };
  }

  async *#follow(node: string, signal: AbortSignal): AsyncIterable<Notice> {
    const follower = { node, queue: [] as Notice[], wake: () => {} };
    this.#followers.push(follower);
    signal.addEventListener('abort', () => follower.wake());
    while (!signal.aborted) {
      for (const notice of follower.queue.splice(0)) yield notice;
      await new Promise<void>((resolve) => {
        follower.wake = resolve;
        if (follower.queue.length > 0 || signal.aborted) resolve();
      });
    }
  }
}

/** A node with its presence, and the sockets that follow threads on it. */
class Node {
  readonly #sockets = new Map<string, Set<PresentReader>>();
  readonly told: ServerMessages['thread:presence'][] = [];
  readonly neighbours: Neighbours;
  readonly presence: LivePresence;
  #putOut: (socket: PresentReader, postId: string) => void = () => undefined;

  constructor(board: Board, name: string) {
    this.neighbours = new Neighbours(board.node(name));
    const threads = {
      socketsOf: (postId: string) => this.#of(postId),
      tellAll: (_post: string, presence: ServerMessages['thread:presence']) => void this.told.push(presence),
      onPutOut: (listener: (socket: PresentReader, postId: string) => void) => {
        this.#putOut = listener;
      },
    };
    const standings = { of: async (memberId: string) => STANDINGS.find((one) => one.memberId === memberId) };
    this.presence = new LivePresence(threads, this.neighbours, standings);
    this.presence.onModuleInit();
  }

  reads(memberId: string | null = null, postId = POST): PresentReader {
    readers += 1;
    const socket = { id: `socket-${readers}`, data: { memberId }, emit: () => undefined };
    this.#of(postId).add(socket);
    this.presence.joined(socket, postId);
    return socket;
  }

  leaves(socket: PresentReader): void {
    this.#of(POST).delete(socket);
    this.presence.left(socket, POST);
  }

  /** The post is withdrawn. */
  empties(): void {
    for (const socket of [...this.#of(POST)]) {
      this.#of(POST).delete(socket);
      this.#putOut(socket, POST);
    }
  }

  #of(postId: string): Set<PresentReader> {
    const sockets = this.#sockets.get(postId) ?? new Set();
    this.#sockets.set(postId, sockets);
    return sockets;
  }

  async end(): Promise<void> {
    this.presence.onModuleDestroy();
    await this.neighbours.onModuleDestroy();
  }
}

const STANDINGS = [MALI, KEO].map((member): Standing => {
  return {
    ...member,
    handle: 'x',
    roles: ['member'],
    locale: 'en',
    banned: false,
    membership: 'active',
    othersEnded: null,
    sessionsFrom: '',
  };
});

let readers = 0;
let board: Board;
let one: Node;
let two: Node;

beforeEach(() => {
  jest.useFakeTimers();
  board = new Board();
  one = new Node(board, 'one');
  two = new Node(board, 'two');
});
afterEach(async () => {
  await Promise.all([one.end(), two.end()]);
  jest.useRealTimers();
});

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

describe('presence over nodes', () => {
  it('adds up who reads', async () => {
    one.reads(MALI.memberId);
    one.reads(MALI.memberId);
    two.reads();
    const left = two.reads();
    await pass(5_000);
    expect([one.told.at(-1), two.told.at(-1)]).toEqual([
      { postId: POST, readers: 3, typing: [] },
      { postId: POST, readers: 3, typing: [] },
    ]);

    two.leaves(left);
    await pass(5_000);

    expect([one.told.at(-1)?.readers, two.told.at(-1)?.readers]).toEqual([2, 2]);
  });

  it('names who writes on any of them, once, without a name on the board', async () => {
    one.reads(MALI.memberId);
    two.reads(KEO.memberId);
    await pass(2_000);

    one.presence.types(POST, MALI);
    two.presence.types(POST, KEO);
    two.presence.types(POST, MALI);
    await pass(3_000);

    expect(one.told.at(-1)?.typing.toSorted()).toEqual(['Keo', 'Mali']);
    expect(two.told.at(-1)?.typing.toSorted()).toEqual(['Keo', 'Mali']);
    expect(JSON.stringify(board.said)).not.toContain('Mali');
    await pass(10_000);
    expect([one.told.at(-1), two.told.at(-1)]).toEqual([
      { postId: POST, readers: 2, typing: [] },
      { postId: POST, readers: 2, typing: [] },
    ]);
  });

  it('is over on each node as soon as that has learnt that the post is gone', async () => {
    one.reads(MALI.memberId);
    one.reads();
    two.reads();
    one.presence.types(POST, MALI);
    await pass(2_000);

    one.empties();
    const { length } = one.told;
    await pass(10_000);

    expect(one.told).toHaveLength(length);
    expect(two.told.at(-1)).toEqual({ postId: POST, readers: 1, typing: [] });
  });

  it('names whoever writes elsewhere to one who comes later', async () => {
    one.reads(MALI.memberId);
    one.presence.types(POST, MALI);
    await pass(2_000);

    two.reads();
    await pass(2_000);

    expect(two.told.at(-1)).toEqual({ postId: POST, readers: 2, typing: ['Mali'] });
  });

  it('is announced once a second at most when it changes, and every ten seconds when it does not', async () => {
    for (let count = 0; count < 40; count += 1) {
      one.reads(null, `post ${count % 10}`);
      await pass(100);
    }
    const busy = board.said.map(({ at }) => at);
    await pass(60_000);
    const quiet = board.said.slice(busy.length).map(({ at }) => at);

    expect(busy.length).toBeGreaterThanOrEqual(3);
    expect(Math.min(...pauses(busy))).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...pauses(quiet))).toBeLessThanOrEqual(10_000);
    expect(quiet.length).toBeLessThanOrEqual(8);
  });

  it('is not announced by a node that has no readers', async () => {
    await pass(60_000);
    expect(board.said).toEqual([]);

    one.leaves(one.reads());
    const socket = one.reads();
    await pass(2_000);
    one.leaves(socket);
    await pass(60_000);

    expect(board.said.map(({ notice }) => notice)).toEqual([
      { presence: [[POST, 1]], claims: [] },
      { presence: [], claims: [] },
    ]);
  });

  it('forgets a node that was not heard for thirty seconds', async () => {
    one.reads();
    two.reads();
    await pass(3_000);
    expect(two.told.at(-1)?.readers).toBe(2);

    board.isAway = true;
    await pass(SILENT_AFTER_MS - 11_000);
    expect(two.told.at(-1)?.readers).toBe(2);
    await pass(12_000);
    expect(two.told.at(-1)?.readers).toBe(1);

    board.isAway = false;
    await pass(15_000);
    expect(two.told.at(-1)?.readers).toBe(2);
  });

  it('is taken back by a node that ends', async () => {
    one.reads();
    two.reads();
    await pass(3_000);

    await one.end();
    await pass(1_000);

    expect(two.told.at(-1)).toEqual({ postId: POST, readers: 1, typing: [] });
  });
});

function pauses(moments: readonly number[]): readonly number[] {
  return moments.slice(1).map((at, index) => Math.round(at - (moments[index] ?? 0)));
}
