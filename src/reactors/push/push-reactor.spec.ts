import { expect, test } from '@jest/globals';
import { type Command, DomainError } from '../../../libs/kernel/index.ts';
import { PushFault } from '../../../libs/push/port.ts';
import type { DuePush, GetShownPushes } from '../../views/push/push.query-types.ts';
import { type ComposedPush, type PushParts, PushReacting } from './push-reactor.ts';

const push: DuePush = {
  pushId: 'p1',
  subscriptionId: 's1',
  memberId: 'linh',
  after: 1n,
  upTo: 2n,
  round: 0,
  isRead: false,
};
const message = { tag: 'p1', title: 'A title', body: '', path: '/', lang: 'en', quiet: false, read: false };
const told = [{ commentId: 'c1', postId: 'd1' }];
const device = {
  subscriptionId: 's1',
  memberId: 'linh',
  sessionId: 'here',
  addedAt: '2026-11-26T00:00:00.000Z',
  device: '',
  endpoint: 'https://push.example/a',
  p256dh: 'key',
  auth: 'secret',
};

const NOTHING_DUE = { due: [], nextAt: null, lease: null };

const IDLE: PushParts = {
  commands: { execute: () => Promise.reject(new Error('nothing is to be recorded')) },
  work: () => Promise.resolve(NOTHING_DUE),
  shown: () => Promise.resolve([]),
  position: () => 9n,
  subscription: () => Promise.resolve(device),
  compose: () => Promise.resolve({ message, told, isLeft: true }),
  quietUntil: (_, now) => Promise.resolve(now),
  transport: { send: () => Promise.resolve(), close: () => undefined },
  onPush: () => undefined,
  onProblem: () => undefined,
};
const reactingWith = (over: Partial<PushParts>): PushReacting => new PushReacting({ ...IDLE, ...over });

/** What one push records and sends. */
async function acted(
  over: Partial<PushParts> = {},
  composed: ComposedPush = { message, told, isLeft: true },
  due: DuePush = push,
): Promise<{ readonly recorded: readonly unknown[]; readonly sent: number }> {
  const recorded: unknown[] = [];
  let sent = 0;
  const reacting = reactingWith({
    commands: {
      execute: (command: Command) => {
        recorded.push({ type: command.constructor.name, ...Object(command).data });
        return Promise.resolve({ position: 9n, facts: [], revision: 0n, repeated: false });
      },
    },
    compose: () => Promise.resolve(composed),
    transport: {
      send: () => {
        sent += 1;
        return Promise.resolve();
      },
      close: () => undefined,
    },
    ...over,
  });
  await reacting.act(due, () => false);
  return { recorded, sent };
}

const failing = (error: Error): Partial<PushParts> => ({
  transport: { send: () => Promise.reject(error), close: () => undefined },
});

test('what was sent is settled with what it told of; with nothing to tell, or no device, nothing is sent', async () => {
  expect(await acted()).toEqual({
    recorded: [{ type: 'SettlePush', pushId: 'p1', outcome: 'sent', round: 0, told }],
    sent: 1,
  });
  const nothing = { recorded: [{ type: 'SettlePush', pushId: 'p1', outcome: 'nothing', round: 0, told: [] }], sent: 0 };
  expect(await acted({}, { message: null, told: [], isLeft: false })).toEqual(nothing);
  expect(await acted({ subscription: () => Promise.resolve(null) })).toEqual(nothing);
});

test('what takes its own place with nothing left is withdrawn, also in quiet hours', async () => {
  const again = { ...push, round: 1 };
  const quiet = { quietUntil: (_: string, now: number) => Promise.resolve(now + 3_600_000) };
  expect(await acted(quiet, { message: { ...message, quiet: true }, told: [], isLeft: false }, again)).toEqual({
    recorded: [{ type: 'SettlePush', pushId: 'p1', outcome: 'withdrawn', round: 1, told: [] }],
    sent: 1,
  });
});

test('a push that is tried again within the quiet hours waits for their end', async () => {
  const quiet = { quietUntil: (_: string, now: number) => Promise.resolve(now + 3_600_000) };
  expect(await acted(quiet)).toEqual({
    recorded: [{ type: 'RecordPushFault', pushId: 'p1', reason: 'QUIET', isFinal: false, waitMs: 3_600_000 }],
    sent: 0,
  });
});

test('a device that is gone is taken off, and other faults are recorded by what they are', async () => {
  expect((await acted(failing(new PushFault('410', { kind: 'gone' })))).recorded).toEqual([
    {
      type: 'UnsubscribePush',
      by: { memberId: 'linh', roles: [] },
      subscriptionId: 's1',
      because: 'gone',
      inSession: null,
    },
  ]);
  expect((await acted(failing(new PushFault('429', { kind: 'later', waitMs: 5_000 })))).recorded).toEqual([
    { type: 'RecordPushFault', pushId: 'p1', reason: '429', isFinal: false, waitMs: 5_000 },
  ]);
  expect((await acted(failing(new PushFault('413', { kind: 'final' })))).recorded).toEqual([
    { type: 'RecordPushFault', pushId: 'p1', reason: '413', isFinal: true, waitMs: 0 },
  ]);
  expect((await acted(failing(new Error('a mistake of the program')))).recorded).toEqual([
    { type: 'RecordPushFault', pushId: 'p1', reason: 'COMPOSING', isFinal: false, waitMs: 0 },
  ]);
});

test('while the forum itself cannot do its part nothing is recorded', async () => {
  const away = failing(new DomainError('storage_unavailable', 'The log is away.', [], 5));
  await expect(acted(away)).rejects.toMatchObject({ code: 'storage_unavailable' });
});

/** Looks at what devices show; `read` are the numbers of pushes of which nothing is left. */
function lookingAt(count: number, read: ReadonlySet<number>, broken?: number) {
  const asked: GetShownPushes[] = [];
  const shown = Array.from({ length: count }, (_, n) => ({
    ...push,
    pushId: `p${n}`,
    round: 1,
    isRead: true,
    place: { reading: 5n, pushId: `p${n}` },
  }));
  const reacting = reactingWith({
    shown: (query) => {
      asked.push(query);
      const from = query.after === null ? 0 : shown.findIndex(({ pushId }) => pushId === query.after?.pushId) + 1;
      return Promise.resolve(shown.slice(from, from + query.limit));
    },
    compose: ({ pushId }) =>
      pushId === `p${broken}`
        ? Promise.reject(new Error('a mistake of the program'))
        : Promise.resolve({ message, told, isLeft: !read.has(Number(pushId.slice(1))) }),
  });
  return { reacting, asked };
}

test('what is read whole is due, and what is not is looked at once, up to where all views have come', async () => {
  const { reacting, asked } = lookingAt(4, new Set([2]));
  const due = [{ ...push, pushId: 'p2', round: 1, isRead: true }];
  expect(await reacting.look()).toEqual({ ...NOTHING_DUE, due, isNew: false });
  // Until it is settled it stays due, so a fault of the forum loses nothing.
  expect((await reacting.look()).due).toEqual(due);
  expect(asked.map(({ after, upTo }) => [after, upTo])).toEqual([
    [null, 9n],
    [{ reading: 5n, pushId: 'p1' }, 9n],
  ]);
});

test('of many that are not read it goes on at once with the next', async () => {
  const { reacting } = lookingAt(150, new Set([149]));
  const first = await reacting.look();
  expect(first.due).toEqual([]);
  expect(first.nextAt).toBeLessThanOrEqual(Date.now());
  expect((await reacting.look()).due.map(({ pushId }) => pushId)).toEqual(['p149']);
});

test('what was read is taken back in its place, also in quiet hours', async () => {
  const again = { ...push, round: 1, isRead: true };
  const quiet = { quietUntil: (_: string, now: number) => Promise.resolve(now + 3_600_000) };
  const composed = { message: { ...message, quiet: true, read: true }, told: [], isLeft: false };
  expect(await acted(quiet, composed, again)).toEqual({
    recorded: [{ type: 'SettlePush', pushId: 'p1', outcome: 'withdrawn', round: 1, told: [] }],
    sent: 1,
  });
});

test('what cannot be composed keeps nobody waiting: it is due like the others, and fails by itself', async () => {
  const { reacting } = lookingAt(3, new Set([2]), 0);
  expect((await reacting.look()).due.map(({ pushId }) => pushId)).toEqual(['p0', 'p2']);
});
