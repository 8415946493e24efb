import { expect, test } from '@jest/globals';
import { type Command, DomainError } from '../../../libs/kernel/index.ts';
import { PushFault } from '../../../libs/push/port.ts';
import type { DuePush } from '../../views/push/push.query-types.ts';
import { type ComposedPush, type PushParts, PushReacting } from './push-reactor.ts';

const push: DuePush = { pushId: 'p1', subscriptionId: 's1', memberId: 'linh', after: 1n, upTo: 2n, round: 0 };
const message = { tag: 'p1', title: 'A title', body: '', path: '/', lang: 'en', quiet: false };
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

/** What one push records and sends. */
async function acted(
  over: Partial<PushParts> = {},
  composed: ComposedPush = { message, told },
  due: DuePush = push,
): Promise<{ readonly recorded: readonly unknown[]; readonly sent: number }> {
  const recorded: unknown[] = [];
  let sent = 0;
  const reacting = new PushReacting({
    commands: {
      execute: (command: Command) => {
        recorded.push({ type: command.constructor.name, ...Object(command).data });
        return Promise.resolve({ position: 9n, facts: [], revision: 0n, repeated: false });
      },
    },
    work: () => Promise.resolve({ due: [], nextAt: null, lease: null }),
    subscription: () => Promise.resolve(device),
    compose: () => Promise.resolve(composed),
    quietUntil: (_, now) => Promise.resolve(now),
    transport: {
      send: () => {
        sent += 1;
        return Promise.resolve();
      },
      close: () => undefined,
    },
    onPush: () => undefined,
    onProblem: () => undefined,
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
  expect(await acted({}, { message: null, told: [] })).toEqual(nothing);
  expect(await acted({ subscription: () => Promise.resolve(null) })).toEqual(nothing);
});

test('what takes its own place with nothing left is withdrawn, also in quiet hours', async () => {
  const again = { ...push, round: 1 };
  const quiet = { quietUntil: (_: string, now: number) => Promise.resolve(now + 3_600_000) };
  expect(await acted(quiet, { message: { ...message, quiet: true }, told: [] }, again)).toEqual({
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
