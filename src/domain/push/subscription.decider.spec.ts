import { test } from '@jest/globals';
import { MOST_PUSH_DEVICES, type PushEnd } from '../../../libs/words/index.ts';
import { erased, given, metaOf } from '../../../test/support/given.ts';
import { SubscribePush, UnsubscribePush } from './subscription.commands.ts';
import { subscriptionDecider } from './subscription.decider.ts';
import type { PushSubscribed, PushUnsubscribed } from './subscription.events.ts';

const by = { memberId: 'linh', roles: ['member'] } as const;
const address = { endpoint: 'https://push.example/a', p256dh: 'key', auth: 'secret' };
const data = { memberId: 'linh', subscriptionId: 's1' };
const added: PushSubscribed = {
  type: 'PushSubscribed.v1',
  data: { ...data, sessionId: 'here' },
  personal: { ...address, device: 'Firefox' },
};
const removed = (because: PushUnsubscribed['data']['because']): PushUnsubscribed => ({
  type: 'PushUnsubscribed.v1',
  data: { ...data, because },
  personal: null,
});
const add = (over: Partial<SubscribePush['data']> = {}) =>
  new SubscribePush(
    { by, subscriptionId: 's1', sessionId: 'here', address, device: 'Firefox', ended: [], ...over },
    metaOf(),
  );
const over = { subscriptionId: 's1', sessionId: 'here' };
const remove = (because: PushEnd, inSession: string | null = null) =>
  new UnsubscribePush({ by, subscriptionId: 's1', because, inSession }, metaOf());

test('a device is added once, and again with other keys, in another session, and after it ended', () => {
  given(subscriptionDecider, []).when(add(), null).then([added]);
  given(subscriptionDecider, [added]).when(add(), null).then([]);
  const moved = { ...added, data: { ...added.data, sessionId: 'there' } };
  given(subscriptionDecider, [added])
    .when(add({ sessionId: 'there' }), null)
    .then([moved]);
  const renewed = { ...address, auth: 'another' };
  given(subscriptionDecider, [added])
    .when(add({ address: renewed }), null)
    .then([{ ...added, personal: { ...renewed, device: 'Firefox' } }]);
  given(subscriptionDecider, [added])
    .when(add({ ended: [over] }), null)
    .then([added]);
  given(subscriptionDecider, [erased(added)])
    .when(add(), null)
    .then([added]);
});

test('a device is taken off once, whoever says that it is gone', () => {
  given(subscriptionDecider, [added])
    .when(remove('member'), null)
    .then([removed('member')]);
  given(subscriptionDecider, [added])
    .when(remove('gone'), null)
    .then([removed('gone')]);
  given(subscriptionDecider, [added, removed('gone')])
    .when(remove('member'), null)
    .then([]);
  given(subscriptionDecider, [added, removed('gone')])
    .when(add(), null)
    .then([added]);
});

test('a device whose session has ended is taken off, unless it was added again in another one', () => {
  given(subscriptionDecider, [added])
    .when(remove('session', 'here'), null)
    .then([removed('session')]);
  const moved = { ...added, data: { ...added.data, sessionId: 'there' } };
  given(subscriptionDecider, [added, moved]).when(remove('session', 'here'), null).then([]);
});

test('devices have an end, and those that ended with their sessions do not count', () => {
  const many = Array.from({ length: MOST_PUSH_DEVICES }, (_, n): PushSubscribed => {
    return { ...added, data: { ...added.data, subscriptionId: `other ${n}` } };
  });
  given(subscriptionDecider, many).when(add(), null).thenRefused('conflict');
  const ended = [{ subscriptionId: 'other 0', sessionId: 'here' }];
  given(subscriptionDecider, many)
    .when(add({ ended }), null)
    .then([{ ...removed('session'), data: { ...data, subscriptionId: 'other 0', because: 'session' } }, added]);
  given(subscriptionDecider, [...many, added])
    .when(add(), null)
    .then([]);
  const elsewhere = [{ subscriptionId: 'other 0', sessionId: 'before' }];
  given(subscriptionDecider, many)
    .when(add({ ended: elsewhere }), null)
    .thenRefused('conflict');
});
