import { expect, test } from '@jest/globals';
import { given, happened, metaOf, remembered } from '../../../test/support/given.ts';
import { addressAt, addressBefore } from './address.rules.ts';
import { memberDecider } from './member.decider.ts';
import type { MemberEvent } from './member.events.ts';
import { TakeBackAccount } from './take-back.commands.ts';

const memberId = 'm1';
const BEFORE = '2015-10-05T08:00:00.000Z';
const THEN = '2015-10-05T09:00:00.000Z';
const AFTER = '2015-10-05T10:00:00.000Z';
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
const at = (fact: MemberEvent, occurredAt: string) => happened(fact, { occurredAt });
const wish = { memberId, passwordHash: '$argon2id$9', linkId: 'way-back', since: THEN, before: null, email: null };
const back = new TakeBackAccount(wish, metaOf());
const confirmed: MemberEvent = { type: 'EmailConfirmed.v1', data: { memberId }, personal: null };
const takenBack = (since: string): MemberEvent => ({
  type: 'AccountTakenBack.v1',
  data: { memberId, linkId: 'way-back', since },
  personal: null,
});

const story = [
  at(registered, BEFORE),
  at(confirmed, BEFORE),
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
      takenBack(THEN),
      changed('$argon2id$9'),
      { type: 'PasskeyRemoved.v1', data: { memberId, passkeyId: 'foreign' }, personal: null },
      { type: 'SecondFactorTurnedOff.v1', data: { memberId }, personal: null },
      { type: 'ProviderUnlinked.v1', data: { memberId, provider: 'foreign' }, personal: null },
    ]);
});

test('a passkey goes that was added in the day before the change of the newest mail; an older one stays', () => {
  const newest = new TakeBackAccount({ ...wish, since: '2015-10-06T09:30:00.000Z' }, metaOf());
  given(memberDecider, [
    at(registered, BEFORE),
    at(confirmed, BEFORE),
    at(passkey('owners'), THEN),
    at(passkey('foreign'), AFTER),
    at(factorOn, '2015-10-06T09:30:00.000Z'),
  ])
    .when(newest, undefined)
    .then([
      takenBack('2015-10-06T09:30:00.000Z'),
      changed('$argon2id$9'),
      { type: 'PasskeyRemoved.v1', data: { memberId, passkeyId: 'foreign' }, personal: null },
      { type: 'SecondFactorTurnedOff.v1', data: { memberId }, personal: null },
    ]);
});

test('recovery codes that were made since count no more; those of a factor that was added since go with it', () => {
  const codes: MemberEvent = { type: 'RecoveryCodesMade.v1', data: { memberId }, personal: { hashes: ['h'] } };
  const none: MemberEvent = { ...codes, personal: { hashes: [] } };
  const off: MemberEvent = { type: 'SecondFactorTurnedOff.v1', data: { memberId }, personal: null };
  given(memberDecider, [
    at(registered, BEFORE),
    at(confirmed, BEFORE),
    at(factorOn, BEFORE),
    at(codes, BEFORE),
    at(codes, AFTER),
  ])
    .when(back, undefined)
    .then([takenBack(THEN), changed('$argon2id$9'), none]);
  given(memberDecider, [at(registered, BEFORE), at(confirmed, BEFORE), at(factorOn, AFTER), at(codes, AFTER)])
    .when(back, undefined)
    .then([takenBack(THEN), changed('$argon2id$9'), off]);
});

test("the address from before the change is the member's again, and no way back leads to the foreign one", () => {
  const foreign = 'foreign@example.org';
  const moved: MemberEvent = {
    type: 'EmailChanged.v1',
    data: { memberId, formerConfirmed: true, takenBack: false },
    personal: { email: foreign, former: 'somchai@example.org' },
  };
  const { addresses } = remembered([...story, at(moved, AFTER)]).reduce(memberDecider.evolve, memberDecider.initial());
  expect([addressBefore(addresses, THEN), addressAt(addresses, THEN)]).toEqual(Array(2).fill('somchai@example.org'));
  expect(addressBefore(addresses, '2015-10-05T11:00:00.000Z')).toBeNull();
  given(memberDecider, [at(registered, BEFORE), at(confirmed, BEFORE), at(moved, AFTER)])
    .when(
      new TakeBackAccount({ ...wish, before: 'somchai@example.org', email: 'somchai@example.org' }, metaOf()),
      undefined,
    )
    .then([
      takenBack(THEN),
      {
        type: 'EmailChanged.v1',
        data: { memberId, formerConfirmed: true, takenBack: true },
        personal: { email: 'somchai@example.org', former: foreign },
      },
      changed('$argon2id$9'),
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

test('whoever proves first to read the mails of the address finds nothing added by those who did not', () => {
  const claim = new TakeBackAccount({ ...wish, since: null }, metaOf());
  given(memberDecider, [at(registered, BEFORE), at(provider('foreign'), BEFORE), at(passkey('foreign'), THEN)])
    .when(claim, undefined)
    .then([
      takenBack(BEFORE),
      changed('$argon2id$9'),
      { type: 'ProviderUnlinked.v1', data: { memberId, provider: 'foreign' }, personal: null },
      { type: 'PasskeyRemoved.v1', data: { memberId, passkeyId: 'foreign' }, personal: null },
    ]);
  given(memberDecider, [at(registered, BEFORE), at(confirmed, THEN)])
    .when(claim, undefined)
    .thenRefused('link_used');
});

test('an address that was changed meanwhile is looked at again', () => {
  given(memberDecider, story)
    .when(new TakeBackAccount({ ...wish, before: 'other@example.org' }, metaOf()), undefined)
    .thenRefused('conflict');
});
