import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DomainError, type Position } from '../../libs/kernel/index.ts';
import type { Recorded } from '../../libs/nest-decider/index.ts';
import type { Projected } from '../../libs/projections/index.ts';
import { TakeLease } from '../domain/lease/lease.commands.ts';
import { Lease } from './lease.ts';
import { Reactor, type WorkSeen } from './reactor.ts';

type Act = (item: string, isClosing: () => boolean) => Promise<Position>;

/** A view of items and a log of leases, as far as a reactor sees them. */
class World {
  due: string[] = [];
  nextAt: number | null = null;
  /** Who has the lease besides this node; null for nobody. */
  other: string | null = null;
  readonly leases: TakeLease['data'][] = [];
  readonly acted: string[] = [];
  readonly problems: string[] = [];
  looks = 0;
  atOnce = 4;
  ready = Promise.resolve();
  act: Act = async (item) => {
    this.acted.push(item);
    this.due = this.due.filter((one) => one !== item);
    return 5n;
  };
  #listeners = new Set<(projected: readonly Projected[], position: Position) => void>();
  #told = Promise.withResolvers<void>();

  readonly commands = {
    execute: async (command: unknown): Promise<Recorded> => {
      if (!(command instanceof TakeLease)) throw new Error('only leases are taken');
      if (this.other !== null) throw new DomainError('conflict', 'Another node has it.');
      this.leases.push(command.data);
      const { reactor, holder, until } = command.data;
      const data = { reactor, holder, until, term: 1, begins: [] };
      return { position: 1n, revision: 0n, repeated: false, facts: [{ type: 'LeaseTaken.v1', data, personal: null }] };
    },
  };

  readonly views = {
    ready: () => this.ready,
    reached: () => Promise.resolve(),
    onProjected: (listener: (projected: readonly Projected[], position: Position) => void) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    },
  };

  start(leaseMs = 30_000): Reactor<string> {
    const lease = new Lease(this.commands, { reactor: 'mail', holder: 'me', tasks: ['test'], lengthMs: leaseMs });
    const reacting = {
      atOnce: this.atOnce,
      look: async (): Promise<WorkSeen<string>> => {
        this.looks += 1;
        this.#told.resolve();
        this.#told = Promise.withResolvers();
        const until = Date.now() + 60_000;
        const held = this.other === null ? null : { holder: this.other, until };
        return { due: this.due, nextAt: this.nextAt, lease: held, isNew: false };
      },
      act: (item: string, isClosing: () => boolean) => this.act(item, isClosing),
      concerns: () => true,
    };
    const { views } = this;
    return new Reactor({
      reacting,
      lease,
      holder: 'me',
      views,
      leaseMs,
      onProblem: (told) => this.problems.push(told),
    });
  }

  /** As a commit of the view does. */
  wake(): void {
    for (const listener of this.#listeners) listener([], 1n);
  }

  /** Resolves when the reactor has looked so often. */
  async looked(times: number): Promise<void> {
    while (this.looks < times) await this.#told.promise;
  }
}

let world: World;
let reactor: Reactor<string> | undefined;
beforeEach(() => {
  world = new World();
});
afterEach(() => reactor?.close());

test('without work it takes no lease, and does not look again by itself', async () => {
  reactor = world.start();
  await world.looked(1);
  world.wake();
  await world.looked(2);
  expect([world.looks, world.leases.length]).toEqual([2, 0]);
});

test('who waits for the same commit is answered before it looks', async () => {
  reactor = world.start();
  await world.looked(1);
  const answered = Promise.withResolvers<number>();
  // What an answer takes after its commit, without a turn of the event loop.
  const answer = async (): Promise<void> => {
    for (let step = 0; step < 1_000; step += 1) await Promise.resolve();
    answered.resolve(world.looks);
  };
  world.wake();
  void answer();
  expect(await answered.promise).toBe(1);
  await world.looked(2);
});

test('what is done at once begins in turns of the event loop of its own, also where one commit answers all of it', async () => {
  let [turn, isOver] = [0, false];
  const count = (): void => {
    turn += 1;
    if (!isOver) setImmediate(count);
  };
  count();
  const items = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const begun: number[] = [];
  let commit = Promise.withResolvers<void>();
  world.act = async (item) => {
    begun.push(turn);
    const { promise, resolve } = commit;
    if (begun.length % world.atOnce === 0) {
      commit = Promise.withResolvers();
      resolve();
    }
    await promise;
    world.due = world.due.filter((one) => one !== item);
    return 5n;
  };
  world.due = items;
  reactor = world.start();
  while (world.due.length > 0) await new Promise((resolve) => setImmediate(resolve));
  isOver = true;
  expect(begun.length).toBe(items.length);
  expect(new Set(begun).size).toBe(items.length);
});

test('what is due is done once, under one lease, and woken for by a commit', async () => {
  reactor = world.start();
  await world.looked(1);
  world.due = ['a', 'b', 'c', 'd', 'e', 'f'];
  world.wake();
  await world.looked(4);
  expect([world.acted.toSorted(), world.leases.length]).toEqual([['a', 'b', 'c', 'd', 'e', 'f'], 1]);
});

test('as many items are worked on side by side as their kind allows', async () => {
  world.atOnce = 7;
  world.due = Array.from({ length: 20 }, (_, n) => `item ${n}`);
  const { act } = world;
  let [now, most] = [0, 0];
  world.act = async (item, isClosing) => {
    now += 1;
    most = Math.max(most, now);
    // Longer than all of them take to begin.
    for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
    now -= 1;
    return act(item, isClosing);
  };
  reactor = world.start();
  await world.looked(3);
  expect([most, world.acted.length]).toEqual([7, 20]);
});

test('what is due later is done when its time has come', async () => {
  const at = Date.now() + 50;
  world.nextAt = at;
  reactor = world.start();
  await world.looked(1);
  world.due = ['a'];
  world.nextAt = null;
  await world.looked(4);
  expect(world.acted).toEqual(['a']);
  expect(Date.now()).toBeGreaterThanOrEqual(at);
});

test('while another node has the lease, nothing is done', async () => {
  world.other = 'another';
  world.due = ['a'];
  reactor = world.start();
  await world.looked(1);
  world.wake();
  await world.looked(2);
  expect(world.acted).toEqual([]);
  world.other = null;
  world.wake();
  await world.looked(5);
  expect(world.acted).toEqual(['a']);
});

test('once the lease is lost, nothing more of a turn is begun', async () => {
  world.due = Array.from({ length: 20 }, (_, n) => `item ${n}`);
  const held = Promise.withResolvers<void>();
  const begun: string[] = [];
  const renewed = Promise.withResolvers<void>();
  world.act = async (item) => {
    begun.push(item);
    if (begun.length === 4) world.other = 'another';
    await held.promise;
    return 5n;
  };
  const { execute } = world.commands;
  world.commands.execute = async (command) => {
    if (world.other !== null) renewed.resolve();
    return execute(command);
  };
  reactor = world.start(200);
  await renewed.promise;
  held.resolve();
  await world.looked(3);
  expect(begun).toHaveLength(4);
});

test('closing waits for what is under way and begins nothing more', async () => {
  world.due = Array.from({ length: 20 }, (_, n) => `item ${n}`);
  const begun: string[] = [];
  const held = Promise.withResolvers<void>();
  const full = Promise.withResolvers<void>();
  const ended: string[] = [];
  world.act = async (item, isClosing) => {
    begun.push(item);
    if (begun.length === 4) full.resolve();
    await held.promise;
    ended.push(`${item} ${isClosing()}`);
    return 5n;
  };
  reactor = world.start();
  await full.promise;
  const closed = reactor.close();
  held.resolve();
  await closed;
  expect([begun.length, ended]).toEqual([4, [0, 1, 2, 3].map((n) => `item ${n} true`)]);
});

test('it is closed while the log is away and the views wait for it', async () => {
  world.ready = new Promise(() => undefined);
  reactor = world.start();
  await reactor.close();
  expect(world.looks).toBe(0);
});

test('a fault is told once and tried again', async () => {
  world.due = ['a'];
  let attempts = 0;
  world.act = async () => {
    attempts += 1;
    throw new DomainError('storage_unavailable', 'The disk is full.', [], 2);
  };
  reactor = world.start();
  await world.looked(2);
  for (let look = 3; look <= 6; look += 1) {
    world.wake();
    await world.looked(look);
  }
  expect(attempts).toBeGreaterThan(1);
  expect(world.problems).toEqual(['storage_unavailable: The disk is full.']);
});
