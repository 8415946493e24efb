import { test } from '@jest/globals';
import { given, metaOf, NOW } from '../../../test/support/given.ts';
import { RecordHubFault, SettleHub } from './hub.commands.ts';
import { hubDecider } from './hub.decider.ts';
import type { HubEvent } from './hub.events.ts';

const ping = { changes: ['7', '9'], until: NOW };
const later = (minutes: number): string => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
const failed = (attempt: number, minutes: number, reason = '503'): HubEvent => ({
  type: 'HubFailed.v1',
  data: { attempt, reason, nextAt: later(minutes) },
  personal: null,
});
const fault = (more: { readonly isFinal?: boolean; readonly waitMs?: number } = {}) =>
  new RecordHubFault({ ...ping, reason: '503', isFinal: false, waitMs: 0, ...more }, metaOf());
const givenUp = { type: 'HubGivenUp.v1', data: { ...ping, reason: '503' }, personal: null } as const;
const told = { type: 'HubTold.v1', data: ping, personal: null } as const;

test('what the hub has taken is told', () => {
  given(hubDecider, [failed(1, 1)])
    .when(new SettleHub(ping, metaOf()), null)
    .then([told]);
});

test('each failure waits longer than the one before, from the first again once the hub was told', () => {
  given(hubDecider, [])
    .when(fault(), null)
    .then([failed(1, 1)]);
  given(hubDecider, [failed(2, 5)])
    .when(fault(), null)
    .then([failed(3, 30)]);
  given(hubDecider, [failed(2, 5), told])
    .when(fault(), null)
    .then([failed(1, 1)]);
});

test('a hub that asks for more time gets it, half a day at most', () => {
  given(hubDecider, [])
    .when(fault({ waitMs: 600_000 }), null)
    .then([failed(1, 10)]);
  given(hubDecider, [])
    .when(fault({ waitMs: 600_000_000 }), null)
    .then([failed(1, 720)]);
});

test('after the last pause, and where the hub never will take it, it is given up', () => {
  given(hubDecider, [failed(5, 720)])
    .when(fault(), null)
    .then([givenUp]);
  given(hubDecider, [])
    .when(fault({ isFinal: true }), null)
    .then([givenUp]);
  given(hubDecider, [failed(5, 720), givenUp])
    .when(fault(), null)
    .then([failed(1, 1)]);
});
