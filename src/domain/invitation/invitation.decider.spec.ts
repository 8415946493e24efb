import { describe, expect, test } from '@jest/globals';
import { given, metaOf, NOW, remembered } from '../../../test/support/given.ts';
import {
  GiveBackInvitation,
  IssueInvitation,
  MakeInvitation,
  UseInvitation,
  WithdrawInvitation,
} from './invitation.commands.ts';
import { invitationDecider, opens } from './invitation.decider.ts';
import type { InvitationEvent, InvitationMade, InvitationUsed } from './invitation.events.ts';

const invitationId = 'i1';
const DAY = 86_400_000;
const inDays = (days: number): string => new Date(Date.parse(NOW) + days * DAY).toISOString();
const wish = { invitationId, roles: [], expiresAt: inDays(14), hash: 'ab', email: null, note: '' } as const;
const make = (over: Partial<MakeInvitation['data']> = {}) => new MakeInvitation({ ...wish, ...over }, metaOf());
const made: InvitationMade = {
  type: 'InvitationMade.v1',
  data: { invitationId, roles: [], expiresAt: wish.expiresAt, hash: 'ab' },
  personal: { email: null, note: '' },
};
const usedBy = (memberId: string): InvitationUsed => ({
  type: 'InvitationUsed.v1',
  data: { invitationId, memberId },
  personal: null,
});
const use = (memberId: string, now = NOW) => new UseInvitation({ invitationId, memberId }, metaOf({ now }));
const withdrawn: InvitationEvent = { type: 'InvitationWithdrawn.v1', data: { invitationId }, personal: null };
const backOf = (memberId: string): InvitationEvent => ({
  type: 'InvitationGivenBack.v1',
  data: { invitationId, memberId },
  personal: null,
});
const nobody = { absent: null };

describe('making', () => {
  test('keeps who it is for, and roles in their order', () => {
    given(invitationDecider, [])
      .when(
        make({ roles: ['moderator', 'editor', 'editor'], email: ' a@b.example ', note: ' for Anna ', locale: 'th' }),
        nobody,
      )
      .then([
        {
          ...made,
          data: { ...made.data, roles: ['editor', 'moderator'], locale: 'th' },
          personal: { email: 'a@b.example', note: 'for Anna' },
        },
      ]);
    given(invitationDecider, [made]).when(make(), nobody).then([]);
    given(invitationDecider, [made])
      .when(make({ hash: 'cd' }), nobody)
      .thenRefused('id_taken');
  });

  test.each<[string, Partial<MakeInvitation['data']>]>([
    ['expiresAt', { expiresAt: NOW }],
    ['expiresAt', { expiresAt: inDays(91) }],
    ['expiresAt', { expiresAt: 'never' }],
    ['email', { email: 'nobody' }],
    ['note', { note: 'x'.repeat(501) }],
    ['locale', { locale: 'Thai!' }],
  ])('refuses a wrong %s: %j', (field, over) => {
    given(invitationDecider, []).when(make(over), nobody).thenRefused('invalid', { field });
  });
});

describe('using', () => {
  test('is for one person, who may come again', () => {
    given(invitationDecider, [made])
      .when(use('m1'), nobody)
      .then([usedBy('m1')]);
    given(invitationDecider, [made, usedBy('m1')])
      .when(use('m1'), nobody)
      .then([]);
    given(invitationDecider, [made, usedBy('m1')])
      .when(use('m2'), nobody)
      .thenRefused('invitation_invalid');
  });

  test('is for another once the first did not come, or was refused', () => {
    given(invitationDecider, [made, usedBy('m1')])
      .when(use('m2'), { absent: 'm1' })
      .then([usedBy('m2')]);
    given(invitationDecider, [made, usedBy('m1'), backOf('m1')])
      .when(use('m2'), nobody)
      .then([usedBy('m2')]);
  });

  test('ends with its time, and when it is withdrawn', () => {
    given(invitationDecider, []).when(use('m1'), nobody).thenRefused('invitation_invalid');
    given(invitationDecider, [made]).when(use('m1', wish.expiresAt), nobody).thenRefused('invitation_invalid');
    given(invitationDecider, [made, withdrawn]).when(use('m1'), nobody).thenRefused('invitation_invalid');
  });

  test('is taken back by whoever used it, and nobody else', () => {
    const back = (memberId: string) => new GiveBackInvitation({ invitationId, memberId }, metaOf());
    given(invitationDecider, [made, usedBy('m1')])
      .when(back('m1'), nobody)
      .then([backOf('m1')]);
    given(invitationDecider, [made, usedBy('m1')])
      .when(back('m2'), nobody)
      .then([]);
  });
});

test('a mail has a secret of its own, which is recorded once and opens the same invitation', () => {
  const issue = (hash: string) => new IssueInvitation({ invitationId, hash }, metaOf());
  const issued: InvitationEvent = { type: 'InvitationIssued.v1', data: { invitationId, hash: 'cd' }, personal: null };
  given(invitationDecider, [made]).when(issue('cd'), nobody).then([issued]);
  given(invitationDecider, [made, issued]).when(issue('cd'), nobody).then([]);
  given(invitationDecider, []).when(issue('cd'), nobody).thenRefused('invitation_invalid');
  const state = remembered<InvitationEvent>([made, issued]).reduce(
    invitationDecider.evolve,
    invitationDecider.initial(),
  );
  expect(['ab', 'cd', 'ef'].map((hash) => opens(state, hash))).toEqual([true, true, false]);
});

test('withdrawing ends what nobody used', () => {
  const withdraw = new WithdrawInvitation({ invitationId }, metaOf());
  given(invitationDecider, [made]).when(withdraw, nobody).then([withdrawn]);
  given(invitationDecider, [made, withdrawn]).when(withdraw, nobody).then([]);
  given(invitationDecider, [made, usedBy('m1')])
    .when(withdraw, nobody)
    .thenRefused('conflict');
  given(invitationDecider, []).when(withdraw, nobody).thenRefused('not_found');
});
