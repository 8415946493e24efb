import { describe, expect, test } from '@jest/globals';
import type { Role } from '../../../libs/words/index.ts';
import { given, metaOf } from '../../../test/support/given.ts';
import { requireMayTakePart } from '../sanction/standing.facts.ts';
import { ChangeRoles } from './member.commands.ts';
import { memberDecider } from './member.decider.ts';
import type { MemberRegistered, MemberRolesChanged } from './member.events.ts';
import { ApproveMember, RefuseMember } from './membership.commands.ts';
import type { MemberApproved, MemberRefused } from './membership.events.ts';

const memberId = 'm1';
const waiting: MemberRegistered = {
  type: 'MemberRegistered.v2',
  data: {
    memberId,
    handle: 'linh',
    locale: 'vi',
    roles: ['member'],
    emailReserved: true,
    membership: 'waiting',
    invitationId: null,
  },
  personal: { displayName: 'Linh', email: 'linh@example.org', passwordHash: '$argon2id$1' },
};
const active: MemberRegistered = { ...waiting, data: { ...waiting.data, membership: 'active' } };
const approved: MemberApproved = { type: 'MemberApproved.v1', data: { memberId }, personal: null };
const refused: MemberRefused = { type: 'MemberRefused.v1', data: { memberId }, personal: { reason: 'Who are you?' } };
const letIn = (memberId: string, actor: string, role: Role = 'moderator') =>
  new ApproveMember({ memberId, by: { memberId: actor, roles: ['member', role] } }, metaOf({ actor }));
const approve = letIn(memberId, 'moderator');
const refuse = (reason = 'Who are you? ') => new RefuseMember({ memberId, reason }, metaOf({ actor: 'admin' }));

describe('a member who waits', () => {
  const member = given(memberDecider, [waiting]);

  test('is approved or refused, once', () => {
    member.when(approve, undefined).then([approved]);
    member.when(refuse(), undefined).then([refused]);
    given(memberDecider, [waiting, approved]).when(approve, undefined).then([]);
    given(memberDecider, [waiting, refused]).when(refuse('again'), undefined).then([]);
  });

  test('can be let in after all, and not refused once it is in', () => {
    given(memberDecider, [waiting, refused]).when(approve, undefined).then([approved]);
    given(memberDecider, [waiting, approved]).when(refuse(), undefined).thenRefused('conflict');
    given(memberDecider, [active]).when(refuse(), undefined).thenRefused('conflict');
    given(memberDecider, [active]).when(approve, undefined).then([]);
    given(memberDecider, []).when(approve, undefined).thenRefused('member_not_found');
  });

  test('does not let itself in', () => {
    member.when(letIn(memberId, memberId), undefined).thenRefused('forbidden');
  });

  test.each([
    ['waits', []],
    ['was refused', [refused]],
  ])('who %s is given no role, and keeps none that it had before', (_, since) => {
    const moderates: MemberRolesChanged = {
      type: 'MemberRolesChanged.v1',
      data: { memberId, roles: ['member', 'moderator'] },
      personal: null,
    };
    const change = (roles: ChangeRoles['data']['roles']) =>
      new ChangeRoles({ memberId, roles }, metaOf({ actor: 'admin' }));
    const member = given(memberDecider, [waiting, ...since]);
    member.when(change(['moderator']), undefined).thenRefused('not_let_in');
    member.when(change([]), undefined).then([]);
    const held = given(memberDecider, [waiting, moderates, ...since]);
    held.when(change(['moderator', 'admin']), undefined).thenRefused('not_let_in');
    held.when(change([]), undefined).then([{ ...moderates, data: { memberId, roles: ['member'] } }]);
    given(memberDecider, [waiting, ...since, approved])
      .when(change(['moderator']), undefined)
      .then([moderates]);
  });

  test.each(['editor', 'moderator', 'auditor', 'admin'] as const)(
    'and holds the role %s is let in by an admin',
    (role) => {
      const named: MemberRolesChanged = {
        type: 'MemberRolesChanged.v1',
        data: { memberId, roles: ['member', role] },
        personal: null,
      };
      const member = given(memberDecider, [waiting, named]);
      member.when(approve, undefined).thenRefused('holds_roles');
      given(memberDecider, [waiting, named, refused]).when(approve, undefined).thenRefused('holds_roles');
      member.when(letIn(memberId, 'boss', 'admin'), undefined).then([approved]);
      given(memberDecider, [waiting, named, approved]).when(approve, undefined).then([]);
    },
  );

  test('is told no more than 500 characters', () => {
    member.when(refuse('x'.repeat(501)), undefined).thenRefused('invalid', { field: 'reason' });
  });
});

test.each([
  ['waiting', 'membership_waiting'],
  ['refused', 'membership_refused'],
] as const)('a %s member takes no part', (membership, code) => {
  expect(() => requireMayTakePart({ membership, sanctions: [] }, '2026-01-01T00:00:00.000Z')).toThrow(
    expect.objectContaining({ code }),
  );
  expect(() => requireMayTakePart({ membership: 'active', sanctions: [] }, '2026-01-01T00:00:00.000Z')).not.toThrow();
});
