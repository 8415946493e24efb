import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QueryBus } from '@nestjs/cqrs';
import { VIEWS } from '../../../libs/projections/index.ts';
import { queryBusOf } from '../../../test/views/query-bus.ts';
import { commentRemoved, idOf, SmallForum } from '../../../test/views/small-forum.ts';
import type { MemberEvent } from '../../domain/member/member.events.ts';
import { MemberDirectory } from './door/member-directory.ts';
import { memberQueries } from './members.queries.ts';
import { GetMemberByHandle, GetOwnMember } from './members.query-types.ts';

let forum: SmallForum;
let queries: QueryBus;
const memberId = idOf('member', 1);
const LATER = '2016-01-01T00:00:00.000Z';

beforeAll(async () => {
  forum = await SmallForum.open();
  queries = await queryBusOf([
    ...memberQueries,
    { provide: VIEWS, useValue: forum.views },
    { provide: MemberDirectory, useValue: forum.queries.members },
  ]);
  await forum.member(1);
});
afterAll(() => forum.close());

function record(event: MemberEvent, at?: string): Promise<bigint> {
  return forum.record(`member-${memberId}`, [event], at);
}

describe('a member', () => {
  it('is found by handle in any case, with the number of visible comments', async () => {
    await forum.post(1);
    for (const n of [1, 2, 3]) await forum.comment(n);
    await forum.record(`comment-${idOf('comment', 2)}`, [commentRemoved(2)]);
    expect(await queries.execute(new GetMemberByHandle('MEMBER１'))).toEqual({
      id: memberId,
      handle: 'member1',
      displayName: 'Member 1',
      roles: ['member'],
      locale: 'en',
      createdAt: '2015-10-01T00:00:00.000Z',
      commentCount: 2,
    });
    await expect(queries.execute(new GetMemberByHandle('nobody'))).rejects.toMatchObject({ code: 'member_not_found' });
  });

  it('sees its own address', async () => {
    expect(await queries.execute(new GetOwnMember(memberId))).toMatchObject({
      handle: 'member1',
      email: 'm1@example.org',
      emailConfirmed: false,
    });
    await record({ type: 'EmailConfirmed.v1', data: { memberId }, personal: null });
    expect(await queries.execute(new GetOwnMember(memberId))).toMatchObject({ emailConfirmed: true });
    await expect(queries.execute(new GetOwnMember(idOf('member', 77)))).rejects.toMatchObject({
      code: 'member_not_found',
    });
  });
});

describe('standings', () => {
  it('follow every change', async () => {
    const { members } = forum.queries;
    expect(await members.of(memberId)).toMatchObject({ roles: ['member'], sessionsFrom: '1970-01-01T00:00:00.000Z' });

    await record({ type: 'MemberRolesChanged.v1', data: { memberId, roles: ['member', 'moderator'] }, personal: null });
    await record({ type: 'MemberRenamed.v1', data: { memberId }, personal: { displayName: 'Another name' } });
    await record({ type: 'MemberLocaleChanged.v1', data: { memberId, locale: 'th' }, personal: null });
    await record({ type: 'MemberPasswordChanged.v1', data: { memberId }, personal: { passwordHash: '-' } }, LATER);

    expect(await members.of(memberId)).toEqual({
      memberId,
      handle: 'member1',
      displayName: 'Another name',
      roles: ['member', 'moderator'],
      heldRoles: ['member', 'moderator'],
      locale: 'th',
      sessionsFrom: LATER,
      othersEnded: { position: expect.any(BigInt), except: null },
      banned: false,
      membership: 'active',
      email: 'm1@example.org',
      emailConfirmed: true,
      pageHidden: false,
      mayBeQuoted: false,
      pendingEmail: null,
      heldBy: [],
      createdAt: '2015-10-01T00:00:00.000Z',
    });
    expect(await members.author(memberId)).toEqual({
      id: memberId,
      handle: 'member1',
      displayName: 'Another name',
      roles: ['moderator'],
    });
    expect(await members.of('no uuid')).toBeUndefined();
  });

  it('know the sessions that were ended, as soon as a request can tell, also from the file', async () => {
    const { members } = forum.queries;
    expect(members.ended('s1')).toBe(false);
    await record({
      type: 'MemberSessionEnded.v1',
      data: { memberId, sessionId: 's1', expiresAt: LATER },
      personal: null,
    });
    expect(members.ended('s1')).toBe(true);

    await forum.views.close();
    await forum.openViews();
    expect(forum.queries.members.ended('s1')).toBe(true);
    expect(forum.queries.members.ended('s2')).toBe(false);
    expect(await forum.views.verify('members')).toMatchObject({ equal: true });
  });

  it('know which session ended all others, and where', async () => {
    const { members } = forum.queries;
    const data = { memberId, except: 's3' };
    const position = await record({ type: 'MemberSessionsEnded.v1', data, personal: null });
    expect((await members.of(memberId))?.othersEnded).toEqual({ position, except: 's3' });
  });

  it('tell of a ban until it is lifted; the sessions that it ended stay so', async () => {
    const { members } = forum.queries;
    const stream = `sanction-${memberId}`;
    const data = { memberId, sanctionId: idOf('sanction', 1), kind: 'ban' } as const;
    const sanction = { until: null, reason: 'abuse', commentId: null } as const;
    const at = '2016-02-01T00:00:00.000Z';
    await forum.record(
      stream,
      [{ type: 'MemberSanctioned.v1', data: { ...data, ...sanction }, personal: { statement: 'x' } }],
      at,
    );
    expect(await members.of(memberId)).toMatchObject({ banned: true, sessionsFrom: at });
    await forum.record(stream, [
      { type: 'SanctionLifted.v1', data: { ...data, because: 'appeal' }, personal: { note: '' } },
    ]);
    expect(await members.of(memberId)).toMatchObject({ banned: false, sessionsFrom: at });
    expect(await forum.views.verify('members')).toMatchObject({ equal: true });
  });

  it('are read once, and then kept', async () => {
    const { members } = forum.queries;
    expect(await members.of(memberId)).toBe(await members.of(memberId));
  });

  it('end with the key of a member that was erased', async () => {
    await forum.member(2);
    await forum.vault.destroy(forum.keyOf(`member-${idOf('member', 2)}`));
    expect(await forum.queries.members.of(idOf('member', 2))).toBeUndefined();
    expect(await forum.queries.members.author(idOf('member', 2))).toBeNull();
  });
});
