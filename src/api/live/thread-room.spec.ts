import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ThreadChange } from '../../../libs/client/index.ts';
import { type NextChanges, ThreadRoom } from './thread-room.ts';

const TICK_MS = 25;

let log: ThreadChange[];
let sent: (readonly [at: number, positions: readonly string[]])[];
let failures: unknown[];
let isBroken: boolean;
let room: ThreadRoom;

/** A change in the log that the room hears of. */
function change(): void {
  log.push({ position: String(log.length + 1), at: 'now', kind: 'comment-posted' });
  room.changed(BigInt(log.length));
}

async function read(after: bigint): Promise<NextChanges> {
  if (isBroken) throw new Error('broken');
  const changes = log.slice(Number(after));
  return { position: BigInt(log.length), changes, bytes: 0, reload: false, total: 0, visible: 0 };
}

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  [log, sent, failures, isBroken] = [[], [], [], false];
  room = new ThreadRoom(0n, {
    read,
    send: ({ changes }) => void sent.push([Date.now(), changes.map(({ position }) => position)]),
    onFailure: (failure) => void failures.push(failure),
    tickMs: TICK_MS,
  });
});
afterEach(() => {
  jest.useRealTimers();
});

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

describe('the readers of a thread', () => {
  it('are sent what happens within a tick in one frame', async () => {
    change();
    await pass(20);
    change();
    await pass(10);
    change();
    await pass(100);

    expect(sent).toEqual([
      [25, ['1', '2']],
      [55, ['3']],
    ]);
  });

  it('are sent all of it, in order, once reading goes again', async () => {
    isBroken = true;
    change();
    await pass(1_000);
    change();
    await pass(1_000);
    expect(sent).toEqual([]);
    isBroken = false;
    await pass(250);

    expect(sent.map(([, positions]) => positions)).toEqual([['1', '2']]);
    expect(failures.length).toBeGreaterThan(4);
    expect(room.sent).toBe(2n);
  });

  it('who join while reading fails are told so', async () => {
    isBroken = true;
    const joining = expect(room.next()).rejects.toThrow('broken');
    await pass(0);
    await joining;
  });

  it('are sent nothing more once all have left', async () => {
    change();
    room.close();
    await pass(1_000);
    change();
    await pass(1_000);

    expect(sent).toEqual([]);
  });
});
