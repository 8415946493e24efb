import { test } from '@jest/globals';
import { given, metaOf, NOW } from '../../../test/support/given.ts';
import { RecordPushFault, SettlePush } from './push.commands.ts';
import { pushDecider } from './push.decider.ts';
import type { PushFailed, PushGivenUp, PushSettled } from './push.events.ts';

const pushId = 'p1';
const told = [{ commentId: 'c1', postId: 'd1' }];
const settled = (round: number, outcome: PushSettled['data']['outcome'] = 'sent'): PushSettled => ({
  type: 'PushSettled.v1',
  data: { pushId, outcome, round, told: outcome === 'sent' ? told : [] },
  personal: null,
});
const settle = (fact: PushSettled) => new SettlePush(fact.data, metaOf());
const failed = (attempt: number, minutes: number): PushFailed => ({
  type: 'PushFailed.v1',
  data: { pushId, attempt, reason: '429', nextAt: new Date(Date.parse(NOW) + minutes * 60_000).toISOString() },
  personal: null,
});
const givenUp: PushGivenUp = { type: 'PushGivenUp.v1', data: { pushId, reason: '429' }, personal: null };
const fail = (over: Partial<RecordPushFault['data']> = {}) =>
  new RecordPushFault({ pushId, reason: '429', isFinal: false, waitMs: 0, ...over }, metaOf());

test('each round is settled once', () => {
  given(pushDecider, [])
    .when(settle(settled(0)), null)
    .then([settled(0)]);
  given(pushDecider, [settled(0)])
    .when(settle(settled(0)), null)
    .then([]);
  given(pushDecider, [settled(0)])
    .when(settle(settled(1, 'withdrawn')), null)
    .then([settled(1, 'withdrawn')]);
  given(pushDecider, [])
    .when(settle(settled(1, 'withdrawn')), null)
    .then([]);
});

test('a failure waits longer each time, as long as the service asks, and no longer than half a day', () => {
  given(pushDecider, [])
    .when(fail(), null)
    .then([failed(1, 1)]);
  given(pushDecider, [failed(1, 1)])
    .when(fail(), null)
    .then([failed(2, 5)]);
  given(pushDecider, [failed(3, 30)])
    .when(fail(), null)
    .then([failed(4, 120)]);
  given(pushDecider, [])
    .when(fail({ waitMs: 600_000 }), null)
    .then([failed(1, 10)]);
  given(pushDecider, [])
    .when(fail({ waitMs: 10 ** 12 }), null)
    .then([failed(1, 720)]);
});

test('what will never be taken, and what failed too often, is given up; the next round begins anew', () => {
  given(pushDecider, [])
    .when(fail({ isFinal: true }), null)
    .then([givenUp]);
  given(pushDecider, [failed(5, 360)])
    .when(fail(), null)
    .then([givenUp]);
  given(pushDecider, [givenUp]).when(fail(), null).then([]);
  given(pushDecider, [failed(4, 120), settled(0)])
    .when(fail(), null)
    .then([failed(1, 1)]);
});
