import { describe, expect, test } from '@jest/globals';
import { MOST_PASSKEYS } from '../../../libs/words/index.ts';
import { erased, given, metaOf, remembered } from '../../../test/support/given.ts';
import { memberDecider } from './member.decider.ts';
import type { MemberEvent, MemberRegistered } from './member.events.ts';
import { AddPasskey, RemovePasskey } from './passkeys.commands.ts';
import type { PasskeyAdded, PasskeyEvent, PasskeyRemoved, PasskeyUsed } from './passkeys.events.ts';
import { evolvePasskeys, type PasskeysState, passkeysIn } from './passkeys.rules.ts';

const memberId = 'm1';
const registered: MemberRegistered = {
  type: 'MemberRegistered.v2',
  data: {
    memberId,
    handle: 'somchai',
    locale: 'th',
    roles: ['member'],
    emailReserved: true,
    membership: 'active',
    invitationId: null,
  },
  personal: { displayName: 'สมชาย', email: 'somchai@example.org', passwordHash: '$argon2id$1' },
};
const personal = (n: number) => ({
  name: 'Phone',
  credentialId: `c${n}`,
  publicKey: 'p',
  counter: 0,
  transports: ['usb'],
});
const added = (n: number): PasskeyAdded => ({
  type: 'PasskeyAdded.v1',
  data: { memberId, passkeyId: `k${n}` },
  personal: personal(n),
});
const removed = (n: number): PasskeyRemoved => ({
  type: 'PasskeyRemoved.v1',
  data: { memberId, passkeyId: `k${n}` },
  personal: null,
});
const used = (n: number, counter: number): PasskeyUsed => ({
  type: 'PasskeyUsed.v1',
  data: { memberId, passkeyId: `k${n}`, counter },
  personal: null,
});
const add = (n: number, over: Partial<AddPasskey['data']> = {}) =>
  new AddPasskey({ memberId, passkeyId: `k${n}`, ...personal(n), ...over }, metaOf());
const remove = (n: number) => new RemovePasskey({ memberId, passkeyId: `k${n}` }, metaOf());

describe('a passkey', () => {
  test('is added once, by its id and by its credential, also after it was removed', () => {
    given(memberDecider, [registered])
      .when(add(1, { name: ' Phone ' }), undefined)
      .then([added(1)]);
    const one = given(memberDecider, [registered, added(1)]);
    one.when(add(1), undefined).thenRefused('conflict');
    one.when(add(2, { credentialId: 'c1' }), undefined).thenRefused('conflict');
    const gone = given(memberDecider, [registered, added(1), removed(1)]);
    gone.when(add(1), undefined).thenRefused('conflict');
    gone.when(add(2, { credentialId: 'c1' }), undefined).then([{ ...added(2), personal: personal(1) }]);
    given(memberDecider, []).when(add(1), undefined).thenRefused('member_not_found');
  });

  test('has a name', () => {
    given(memberDecider, [registered])
      .when(add(1, { name: ' ' }), undefined)
      .thenRefused('invalid', { field: 'name' });
  });

  test('is one of a bounded number', () => {
    const many = Array.from({ length: MOST_PASSKEYS }, (_, n) => added(n));
    given(memberDecider, [registered, ...many])
      .when(add(99), undefined)
      .thenRefused('conflict');
    given(memberDecider, [registered, ...many, removed(0)])
      .when(add(99), undefined)
      .then([added(99)]);
  });

  test('is removed once', () => {
    given(memberDecider, [registered, added(1)])
      .when(remove(1), undefined)
      .then([removed(1)]);
    given(memberDecider, [registered, added(1), removed(1)])
      .when(remove(1), undefined)
      .thenRefused('passkey_not_found');
    given(memberDecider, [registered]).when(remove(1), undefined).thenRefused('passkey_not_found');
  });

  test('stays where it is the last way to sign in', () => {
    const bare = { ...registered, personal: { ...registered.personal, passwordHash: null } };
    given(memberDecider, [bare, added(1), added(2), removed(2)])
      .when(remove(1), undefined)
      .thenRefused('last_way_in');
    given(memberDecider, [bare, added(1), added(2)])
      .when(remove(1), undefined)
      .then([removed(1)]);
    const confirmed: MemberEvent = { type: 'EmailConfirmed.v1', data: { memberId }, personal: null };
    given(memberDecider, [bare, added(1), confirmed])
      .when(remove(1), undefined)
      .then([removed(1)]);
  });
});

test('those that sign in have their newest count; removed and erased ones sign nobody in', () => {
  const facts: readonly PasskeyEvent[] = [added(1), added(2), removed(2), used(1, 5), used(1, 4)];
  const state: PasskeysState = new Map();
  for (const fact of remembered<PasskeyEvent>([...facts, erased<PasskeyEvent>(added(3))])) evolvePasskeys(state, fact);
  expect(passkeysIn(state)).toEqual(new Map([['k1', { ...personal(1), counter: 5 }]]));
});
