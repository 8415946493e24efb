import { expect, test } from '@jest/globals';
import type { IssueReturn } from '../../../libs/words/index.ts';
import { erased, given, metaOf, NOW, remembered } from '../../../test/support/given.ts';
import {
  AskSubscription,
  ConfirmSubscription,
  EndSubscription,
  IssueSubscriptionLink,
  ReturnIssue,
} from './subscriber.commands.ts';
import {
  MOST_ASKS_A_DAY,
  MOST_ASKS_AN_HOUR,
  MOST_REFUSED,
  standingOf,
  subscriberDecider,
} from './subscriber.decider.ts';
import type { SubscriberEvent } from './subscriber.events.ts';

const subscriberId = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0c01';
const [first, second] = ['0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0d01', '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0d02'];
const LATER = '2015-10-07T08:00:00.000Z';
const personal = { email: 'mali@example.org', locale: 'th' };

const asked = (askId: string): SubscriberEvent => ({
  type: 'SubscriptionAsked.v1',
  data: { subscriberId, askId, expiresAt: LATER },
  personal,
});
const issued = (askId: string): SubscriberEvent => ({
  type: 'SubscriptionLinkIssued.v1',
  data: { subscriberId, askId, hash: `hash of ${askId}` },
  personal: null,
});
const confirmed = (askId: string): SubscriberEvent => ({
  type: 'SubscriptionConfirmed.v1',
  data: { subscriberId, askId },
  personal: null,
});
const left: SubscriberEvent = {
  type: 'SubscriptionEnded.v1',
  data: { subscriberId, because: 'left' },
  personal: null,
};
const ask = (askId: string, email = personal.email) =>
  new AskSubscription({ subscriberId, askId, email, locale: 'th' }, metaOf());
const confirm = (askId: string, now = NOW) =>
  new ConfirmSubscription({ subscriberId, hash: `hash of ${askId}` }, metaOf({ now }));
const end = new EndSubscription({ subscriberId, because: 'left' }, metaOf());

test('a question is recorded once, each other one besides, and no header in an address', () => {
  given(subscriberDecider, [])
    .when(ask(first), null)
    .then([asked(first)]);
  given(subscriberDecider, [asked(first)])
    .when(ask(first), null)
    .then([]);
  given(subscriberDecider, [asked(first), confirmed(first)])
    .when(ask(second), null)
    .then([asked(second)]);
  given(subscriberDecider, [])
    .when(ask(first, 'mali@example.org\r\nBcc: all@example.org'), null)
    .thenRefused('invalid');
});

test('a mailbox gets five letters an hour, whoever asks for them', () => {
  const five = Array.from({ length: MOST_ASKS_AN_HOUR }, (_, n) => asked(`ask ${n}`));
  given(subscriberDecider, five).when(ask(first), null).thenRefused('rate_limited');
  const later = new AskSubscription(
    { subscriberId, askId: first, ...personal },
    metaOf({ now: '2015-10-05T09:00:00.000Z' }),
  );
  const expiresAt = '2015-10-07T09:00:00.000Z';
  given(subscriberDecider, five)
    .when(later, null)
    .then([{ type: 'SubscriptionAsked.v1', data: { subscriberId, askId: first, expiresAt }, personal }]);
});

test('a mailbox gets eight letters a day, however they are spread over it', () => {
  const askAt = (now: string) => new AskSubscription({ subscriberId, askId: first, ...personal }, metaOf({ now }));
  const asks = (count: number) => Array.from({ length: count }, (_, n) => asked(`ask ${n}`));
  const evening = '2015-10-05T20:00:00.000Z';
  given(subscriberDecider, asks(MOST_ASKS_A_DAY)).when(askAt(evening), null).thenRefused('rate_limited');
  const expiresAt = '2015-10-07T20:00:00.000Z';
  given(subscriberDecider, asks(MOST_ASKS_A_DAY - 1))
    .when(askAt(evening), null)
    .then([{ type: 'SubscriptionAsked.v1', data: { subscriberId, askId: first, expiresAt }, personal }]);
  const tomorrow = '2015-10-06T08:00:00.000Z';
  given(subscriberDecider, asks(MOST_ASKS_A_DAY))
    .when(askAt(tomorrow), null)
    .then([
      {
        type: 'SubscriptionAsked.v1',
        data: { subscriberId, askId: first, expiresAt: '2015-10-08T08:00:00.000Z' },
        personal,
      },
    ]);
});

test('the holder of the link confirms, in time and once; the newest confirmed address counts', () => {
  const issue = new IssueSubscriptionLink({ subscriberId, askId: first, hash: `hash of ${first}` }, metaOf());
  given(subscriberDecider, [asked(first)])
    .when(issue, null)
    .then([issued(first)]);
  given(subscriberDecider, [asked(first), issued(first)])
    .when(issue, null)
    .then([]);
  given(subscriberDecider, []).when(issue, null).thenRefused('link_not_found');
  const known = [asked(first), issued(first)];
  given(subscriberDecider, known)
    .when(confirm(first), null)
    .then([confirmed(first)]);
  given(subscriberDecider, known).when(confirm(second), null).thenRefused('link_not_found');
  given(subscriberDecider, known).when(confirm(first, LATER), null).thenRefused('link_expired');
  given(subscriberDecider, [...known, confirmed(first)])
    .when(confirm(first), null)
    .thenRefused('link_used');
  given(subscriberDecider, [erased(asked(first)), issued(first)])
    .when(confirm(first), null)
    .thenRefused('link_expired');
  given(subscriberDecider, [...known, confirmed(first), asked(second), issued(second)])
    .when(confirm(second), null)
    .then([confirmed(second)]);
});

test('an end counts for all questions, and a repeat changes nothing', () => {
  given(subscriberDecider, [asked(first), confirmed(first)])
    .when(end, null)
    .then([left]);
  given(subscriberDecider, [asked(first)])
    .when(end, null)
    .then([left]);
  given(subscriberDecider, [asked(first), confirmed(first), left])
    .when(end, null)
    .then([]);
  given(subscriberDecider, [asked(first), issued(first), left])
    .when(confirm(first), null)
    .thenRefused('link_not_found');
});

test('nobody gets the newsletter before a confirmation, after an end, or with a destroyed address', () => {
  const standing = (facts: Parameters<typeof remembered<SubscriberEvent>>[0]) =>
    standingOf(remembered(facts).reduce(subscriberDecider.evolve, subscriberDecider.initial()));
  expect([
    standing([asked(first)]),
    standing([asked(first), confirmed(first)]),
    standing([asked(first), confirmed(first), left]),
    standing([erased(asked(first)), confirmed(first)]),
  ]).toEqual([null, personal, null, null]);
});

const postId = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0e01';
const EARLIER = '2015-10-04T08:00:00.000Z';
const cameBack = (because: IssueReturn, mailId = 'mail 1'): SubscriberEvent => ({
  type: 'IssueReturned.v1',
  data: { subscriberId, postId, mailId, because, status: null },
  personal: null,
});
const comesBack = (because: IssueReturn, { mailId = 'mail 1', sentAt = LATER } = {}) =>
  new ReturnIssue({ subscriberId, postId, mailId, because, status: null, sentAt }, metaOf());
const ended = (because: 'bounced' | 'complaint'): SubscriberEvent => ({
  type: 'SubscriptionEnded.v1',
  data: { subscriberId, because },
  personal: null,
});

test('a mailbox that is none and a complaint end the newsletter at once, each once', () => {
  for (const because of ['bounced', 'complaint'] as const) {
    given(subscriberDecider, [asked(first), confirmed(first)])
      .when(comesBack(because), null)
      .then([cameBack(because), ended(because)]);
    given(subscriberDecider, [asked(first), confirmed(first), cameBack(because), ended(because)])
      .when(comesBack(because), null)
      .then([]);
    given(subscriberDecider, [
      asked(first),
      confirmed(first),
      cameBack(because),
      ended(because),
      asked(second),
      confirmed(second),
    ])
      .when(comesBack(because), null)
      .then([]);
  }
});

test('what comes back of a mail from before the present subscription is counted, and ends nothing', () => {
  given(subscriberDecider, [asked(first), confirmed(first), left, asked(second), confirmed(second)])
    .when(comesBack('bounced', { sentAt: EARLIER }), null)
    .then([cameBack('bounced')]);
  given(subscriberDecider, [asked(first), confirmed(first), left])
    .when(comesBack('complaint'), null)
    .then([cameBack('complaint')]);
});

test('a mailbox that refuses is tried again, until it has refused several mails', () => {
  const refusals = Array.from({ length: MOST_REFUSED - 1 }, (_, n) => cameBack('refused', `mail ${n}`));
  const before = [asked(first), confirmed(first), ...refusals];
  given(subscriberDecider, before.slice(0, -1))
    .when(comesBack('refused', { mailId: 'one more' }), null)
    .then([cameBack('refused', 'one more')]);
  given(subscriberDecider, before)
    .when(comesBack('refused', { mailId: 'mail 0' }), null)
    .then([]);
  given(subscriberDecider, before)
    .when(comesBack('refused', { mailId: 'the last' }), null)
    .then([cameBack('refused', 'the last'), ended('bounced')]);
  given(subscriberDecider, [...before, confirmed(first)])
    .when(comesBack('refused', { mailId: 'the last' }), null)
    .then([cameBack('refused', 'the last')]);
});
