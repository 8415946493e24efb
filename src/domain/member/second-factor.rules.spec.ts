import { describe, expect, test } from '@jest/globals';
import { erased, given, happened, metaOf, remembered } from '../../../test/support/given.ts';
import { memberDecider } from './member.decider.ts';
import type { MemberEvent, MemberRegistered } from './member.events.ts';
import {
  type CodeProof,
  ConfirmSecondFactor,
  OfferSecondFactor,
  TurnOffSecondFactor,
} from './second-factor.commands.ts';
import type {
  RecoveryCodesMade,
  RecoveryCodeUsed,
  SecondFactorEvent,
  SecondFactorOffered,
  SecondFactorTurnedOff,
  SecondFactorTurnedOn,
  SecondFactorUsed,
} from './second-factor.events.ts';
import { evolveSecondFactor, noSecondFactor, secretToConfirm } from './second-factor.rules.ts';

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
const offered = (secret: string): SecondFactorOffered => ({
  type: 'SecondFactorOffered.v1',
  data: { memberId },
  personal: { secret },
});
const turnedOn = (secret: string): SecondFactorTurnedOn => ({
  type: 'SecondFactorTurnedOn.v1',
  data: { memberId },
  personal: { secret },
});
const turnedOff: SecondFactorTurnedOff = { type: 'SecondFactorTurnedOff.v1', data: { memberId }, personal: null };
const used = (step: number): SecondFactorUsed => ({
  type: 'SecondFactorUsed.v1',
  data: { memberId, step },
  personal: null,
});
const made = (...hashes: string[]): RecoveryCodesMade => ({
  type: 'RecoveryCodesMade.v1',
  data: { memberId },
  personal: { hashes },
});
const recovered = (index: number): RecoveryCodeUsed => ({
  type: 'RecoveryCodeUsed.v1',
  data: { memberId, index },
  personal: null,
});
const totp = (step: number, secret = 'AAAA'): CodeProof => ({ kind: 'totp', secret, step });

const offer = (secret: string) => new OfferSecondFactor({ memberId, secret }, metaOf({ actor: memberId }));
const confirm = (proof: CodeProof, ...hashes: string[]) =>
  new ConfirmSecondFactor({ memberId, proof, hashes }, metaOf({ actor: memberId }));
const turnOff = (proof: CodeProof | null, actor = memberId) =>
  new TurnOffSecondFactor({ memberId, proof }, metaOf({ actor }));
const isOn = [registered, offered('AAAA'), turnedOn('AAAA'), used(7), made('h0', 'h1')];

describe('turning the second factor on', () => {
  test('takes a code of the newest secret that was offered, and records that it was used', () => {
    const asked = given(memberDecider, [registered, offered('OLD'), offered('AAAA')]);
    asked.when(confirm(totp(7), 'h0', 'h1'), undefined).then([turnedOn('AAAA'), used(7), made('h0', 'h1')]);
    asked.when(confirm(totp(7, 'OLD')), undefined).thenRefused('invalid', { field: 'code' });
    given(memberDecider, [registered])
      .when(confirm(totp(7)), undefined)
      .thenRefused('invalid', { field: 'code' });
  });

  test('takes none of a secret that was offered over an hour ago', () => {
    const longAgo = happened(offered('AAAA'), { occurredAt: '2015-10-05T06:59:59.000Z' });
    given(memberDecider, [registered, longAgo])
      .when(confirm(totp(7)), undefined)
      .thenRefused('invalid', { field: 'code' });
  });

  test.each<[string, MemberEvent]>([
    ['a new password', { type: 'MemberPasswordChanged.v1', data: { memberId }, personal: { passwordHash: 'h' } }],
    ['the end of all sessions', { type: 'MemberSessionsEnded.v1', data: { memberId, except: null }, personal: null }],
  ])('takes none of a secret that somebody was offered before %s', (_, end) => {
    given(memberDecider, [registered, offered('AAAA'), end])
      .when(confirm(totp(7)), undefined)
      .thenRefused('invalid', { field: 'code' });
  });

  test('offers a new secret as long as it is off', () => {
    given(memberDecider, [registered])
      .when(offer('AAAA'), undefined)
      .then([offered('AAAA')]);
    given(memberDecider, isOn).when(offer('BBBB'), undefined).thenRefused('conflict');
    given(memberDecider, [...isOn, turnedOff])
      .when(offer('BBBB'), undefined)
      .then([offered('BBBB')]);
    given(memberDecider, []).when(offer('AAAA'), undefined).thenRefused('member_not_found');
  });

  test('begins anew after it was off', () => {
    given(memberDecider, [...isOn, turnedOff])
      .when(confirm(totp(8)), undefined)
      .thenRefused('invalid', { field: 'code' });
  });
});

describe('while the second factor is on', () => {
  const on = given(memberDecider, isOn);

  test('a code makes new recovery codes, and the earlier ones count no more', () => {
    on.when(confirm(totp(8), 'n0'), undefined).then([used(8), made('n0')]);
    on.when(confirm(totp(7), 'n0'), undefined).thenRefused('invalid', { field: 'code' });
    const anew = given(memberDecider, [...isOn, made('n0')]);
    anew.when(turnOff({ kind: 'recovery', hash: 'h0' }), undefined).thenRefused('invalid', { field: 'code' });
    anew.when(turnOff({ kind: 'recovery', hash: 'n0' }), undefined).then([recovered(0), turnedOff]);
  });

  test('its member turns it off with a code that was not used', () => {
    on.when(turnOff(totp(8)), undefined).then([used(8), turnedOff]);
    for (const proof of [totp(7), totp(8, 'BBBB'), { kind: 'recovery', hash: 'h9' } as const, null]) {
      on.when(turnOff(proof), undefined).thenRefused('invalid', { field: 'code' });
    }
  });

  test('an admin turns it off without, and a second time changes nothing', () => {
    on.when(turnOff(null, 'admin'), undefined).then([turnedOff]);
    given(memberDecider, [...isOn, turnedOff])
      .when(turnOff(null, 'admin'), undefined)
      .then([]);
  });
});

test('a secret whose key was destroyed proves nothing, and the factor is still on', () => {
  const guarded = remembered<SecondFactorEvent>([erased(offered('AAAA')), erased(turnedOn('AAAA'))]);
  const state = noSecondFactor();
  for (const fact of guarded) evolveSecondFactor(state, fact);
  expect(secretToConfirm(state, '2015-10-05T08:00:00.000Z')).toBeNull();
  expect(state.secret).not.toBeNull();
});
