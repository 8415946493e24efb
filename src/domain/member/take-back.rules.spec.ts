import { expect, test } from '@jest/globals';
import { given, happened, metaOf, remembered } from '../../../test/support/given.ts';
import { addressAt, addressBefore } from './address.rules.ts';
import { memberDecider } from './member.decider.ts';
import type { MemberEvent } from './member.events.ts';
import { TakeBackAccount } from './take-back.commands.ts';

const memberId = 'm1';
const [BEFORE, THEN, AFTER] = ['2015-10-05T08:00:00.000Z', '2015-10-05T09:00:00.000Z', '2015-10-05T10:00:00.000Z'];
const registered: MemberEvent = {
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
const passkey = (passkeyId: string): MemberEvent => ({
  type: 'PasskeyAdded.v1',
  data: { memberId, passkeyId },
  personal: { name: 'Key', credentialId: passkeyId, publicKey: 'k', counter: 0, transports: [] },
});
const provider = (name: string): MemberEvent => ({
  type: 'ProviderLinked.v1',
  data: { memberId, provider: name },
  personal: { subject: 's' },
});
const factorOn: MemberEvent = { type: 'SecondFactorTurnedOn.v1', data: { memberId }, personal: { secret: 's' } };
const changed = (passwordHash: string): MemberEvent => ({
  type: 'MemberPasswordChanged.v1',
  data: { memberId },
  personal: { passwordHash },
});
const at = (fact: MemberEvent, occurredAt: string | undefined) => happened(fact, { occurredAt: occurredAt ?? '' });
const back = new TakeBackAccount({ memberId, passwordHash: '$argon2id$9', since: THEN ?? '', email: null }, metaOf());

const story = [
  at(registered, BEFORE),
  at(passkey('own'), BEFORE),
  at(provider('own'), BEFORE),
  at(changed('$argon2id$2'), THEN),
  at(passkey('foreign'), THEN),
  at(factorOn, AFTER),
  at(provider('foreign'), AFTER),
];

test('an account that is taken back keeps what its owner had, and nothing that came with the change or after it', () => {
  given(memberDecider, story)
    .when(back, undefined)
    .then([
      changed('$argon2id$9'),
      { type: 'PasskeyRemoved.v1', data: { memberId, passkeyId: 'foreign' }, personal: null },
      { type: 'SecondFactorTurnedOff.v1', data: { memberId }, personal: null },
      { type: 'ProviderUnlinked.v1', data: { memberId, provider: 'foreign' }, personal: null },
    ]);
});

test('recovery codes that were made since count no more; those of a factor that was added since go with it', () => {
  const codes: MemberEvent = { type: 'RecoveryCodesMade.v1', data: { memberId }, personal: { hashes: ['h'] } };
  const none: MemberEvent = { ...codes, personal: { hashes: [] } };
  const off: MemberEvent = { type: 'SecondFactorTurnedOff.v1', data: { memberId }, personal: null };
  given(memberDecider, [at(registered, BEFORE), at(factorOn, BEFORE), at(codes, BEFORE), at(codes, AFTER)])
    .when(back, undefined)
    .then([changed('$argon2id$9'), none]);
  given(memberDecider, [at(registered, BEFORE), at(factorOn, AFTER), at(codes, AFTER)])
    .when(back, undefined)
    .then([changed('$argon2id$9'), off]);
});

test("the address from before the change is the member's again, and no way back leads to the foreign one", () => {
  const foreign = 'foreign@example.org';
  const moved: MemberEvent = {
    type: 'EmailChanged.v1',
    data: { memberId, formerConfirmed: true, takenBack: false },
    personal: { email: foreign, former: 'somchai@example.org' },
  };
  const { addresses } = remembered([...story, at(moved, AFTER)]).reduce(memberDecider.evolve, memberDecider.initial());
  expect([addressBefore(addresses, THEN ?? ''), addressAt(addresses, THEN ?? '')]).toEqual(
    Array(2).fill('somchai@example.org'),
  );
  expect(addressBefore(addresses, '2015-10-05T11:00:00.000Z')).toBeNull();
  given(memberDecider, [at(registered, BEFORE), at(moved, AFTER)])
    .when(new TakeBackAccount({ ...back.data, email: 'somchai@example.org' }, metaOf()), undefined)
    .then([
      changed('$argon2id$9'),
      {
        type: 'EmailChanged.v1',
        data: { memberId, formerConfirmed: true, takenBack: true },
        personal: { email: 'somchai@example.org', former: foreign },
      },
    ]);
});

test('what was taken off by hand already is not taken off again', () => {
  const off: MemberEvent = { type: 'PasskeyRemoved.v1', data: { memberId, passkeyId: 'foreign' }, personal: null };
  const { added } = remembered([...story, at(off, AFTER)]).reduce(memberDecider.evolve, memberDecider.initial());
  expect([...added.keys()]).toEqual(['passkey own', 'provider own', 'second factor', 'provider foreign']);
});

test('only a member has an account to take back', () => {
  given(memberDecider, []).when(back, undefined).thenRefused('member_not_found');
});
