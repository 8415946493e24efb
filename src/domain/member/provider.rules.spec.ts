import { describe, test } from '@jest/globals';
import { erased, given, metaOf } from '../../../test/support/given.ts';
import type { EmailConfirmed } from './address.events.ts';
import { RegisterMember } from './member.commands.ts';
import { memberDecider } from './member.decider.ts';
import type { MemberRegistered } from './member.events.ts';
import { LinkProvider, UnlinkProvider } from './provider.commands.ts';
import type { ProviderLinked, ProviderUnlinked } from './provider.events.ts';

const memberId = 'm1';
const data = { memberId, handle: 'linh', locale: 'vi', roles: ['member'], emailReserved: true } as const;
const withPassword: MemberRegistered = {
  type: 'MemberRegistered.v2',
  data: { ...data, membership: 'active', invitationId: null },
  personal: { displayName: 'Linh', email: 'linh@example.org', passwordHash: '$argon2id$1' },
};
const withoutPassword: MemberRegistered = {
  ...withPassword,
  personal: { ...withPassword.personal, passwordHash: null },
};
const linked = (provider: string, subject = 's1'): ProviderLinked => ({
  type: 'ProviderLinked.v1',
  data: { memberId, provider },
  personal: { subject },
});
const unlinked: ProviderUnlinked = { type: 'ProviderUnlinked.v1', data: { memberId, provider: 'one' }, personal: null };
const confirmed: EmailConfirmed = { type: 'EmailConfirmed.v1', data: { memberId }, personal: null };
const link = (provider: string, subject = 's1') => new LinkProvider({ memberId, provider, subject }, metaOf());
const unlink = (provider: string) => new UnlinkProvider({ memberId, provider }, metaOf());

describe('registering with a provider', () => {
  const wish = {
    ...data,
    roles: [],
    displayName: 'Linh',
    passwordHash: null,
    linked: { provider: 'one', subject: 's1' },
  } as const;

  test('links it in the same append, and needs neither password nor address', () => {
    given(memberDecider, [])
      .when(new RegisterMember({ ...wish, email: 'linh@example.org' }, metaOf()), undefined)
      .then([withoutPassword, linked('one')]);
    given(memberDecider, [])
      .when(new RegisterMember({ ...wish, email: null }, metaOf()), undefined)
      .then([
        {
          ...withoutPassword,
          data: { ...withoutPassword.data, emailReserved: false },
          personal: { ...withoutPassword.personal, email: null },
        },
        linked('one'),
      ]);
  });

  test('again changes nothing', () => {
    given(memberDecider, [withoutPassword, linked('one')])
      .when(new RegisterMember({ ...wish, email: 'linh@example.org' }, metaOf()), undefined)
      .then([]);
  });
});

describe('linking', () => {
  test('takes one subject of each provider', () => {
    const one = given(memberDecider, [withPassword, linked('one')]);
    given(memberDecider, [withPassword])
      .when(link('one'), undefined)
      .then([linked('one')]);
    one.when(link('one'), undefined).then([]);
    one.when(link('two', 's2'), undefined).then([linked('two', 's2')]);
    one.when(link('one', 'other'), undefined).thenRefused('conflict');
    given(memberDecider, []).when(link('one'), undefined).thenRefused('member_not_found');
  });

  test('takes another subject once the first is unlinked, or erased', () => {
    given(memberDecider, [withPassword, linked('one'), unlinked])
      .when(link('one', 'other'), undefined)
      .then([linked('one', 'other')]);
    given(memberDecider, [withPassword, erased(linked('one'))])
      .when(link('one', 'other'), undefined)
      .then([linked('one', 'other')]);
  });
});

describe('unlinking', () => {
  test('leaves a way to sign in', () => {
    given(memberDecider, [withPassword, linked('one')])
      .when(unlink('one'), undefined)
      .then([unlinked]);
    given(memberDecider, [withoutPassword, linked('one'), linked('two')])
      .when(unlink('one'), undefined)
      .then([unlinked]);
    given(memberDecider, [withoutPassword, linked('one'), confirmed])
      .when(unlink('one'), undefined)
      .then([unlinked]);
    given(memberDecider, [withoutPassword, linked('one')])
      .when(unlink('one'), undefined)
      .thenRefused('last_way_in');
  });

  test('of a provider that is not linked changes nothing', () => {
    given(memberDecider, [withoutPassword, linked('one')])
      .when(unlink('two'), undefined)
      .then([]);
  });
});
