import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QueryBus } from '@nestjs/cqrs';
import { VIEWS } from '../../../libs/projections/index.ts';
import { VAULT } from '../../../libs/vault/index.ts';
import type { SignInWay } from '../../../libs/words/index.ts';
import { queryBusOf } from '../../../test/views/query-bus.ts';
import { idOf, SmallForum } from '../../../test/views/small-forum.ts';
import type { ForumEvent } from '../../domain/event-types.ts';
import { waysInQueries } from './ways-in.queries.ts';
import { GetOwnSessions, GetSignInFacts, GetWaysIn } from './ways-in.query-types.ts';

let forum: SmallForum;
let queries: QueryBus;
const EXPIRES = '2015-11-01T00:00:00.000Z';
const AT = '2015-10-02T08:00:00.000Z';

beforeAll(async () => {
  forum = await SmallForum.open();
  queries = await queryBusOf([
    ...waysInQueries,
    { provide: VIEWS, useValue: forum.views },
    { provide: VAULT, useValue: forum.vault },
  ]);
});
afterAll(() => forum.close());

const memberOf = (n: number) => idOf('member', n);
const record = (n: number, event: ForumEvent, at = AT) => forum.record(`member-${memberOf(n)}`, [event], at);
const sessionOf = (n: number, name: string) => idOf('session', `${n} ${name}`);

function open(n: number, name: string, { way = 'password' as SignInWay, at = AT, expiresAt = EXPIRES } = {}) {
  const data = { memberId: memberOf(n), sessionId: sessionOf(n, name), expiresAt, way };
  return record(n, { type: 'MemberSessionOpened.v1', data, personal: { device: `Device ${name}` } }, at);
}

async function sessions(n: number, present = 'a', { limit = 10, cursor = null as string | null, since = '' } = {}) {
  const own = { sessionId: sessionOf(n, present), openedAt: AT, endsAt: EXPIRES };
  const page = { limit, cursor, seenSince: since };
  return queries.execute(new GetOwnSessions(memberOf(n), own, page));
}
const devices = async (n: number, present = 'a') => (await sessions(n, present)).items.map(({ device }) => device);

describe('the devices of a member', () => {
  it('are listed newest first, with the present one marked, in pages', async () => {
    await open(1, 'a');
    await open(1, 'b', { way: 'passkey', at: '2015-10-03T08:00:00.000Z' });
    const a = {
      id: sessionOf(1, 'a'),
      current: true,
      way: 'password',
      device: 'Device a',
      openedAt: AT,
      lastSeenOn: '2015-10-02',
      expiresAt: EXPIRES,
    };
    const b = { ...a, id: sessionOf(1, 'b'), current: false, way: 'passkey', device: 'Device b' };
    const listed = { ...b, openedAt: '2015-10-03T08:00:00.000Z', lastSeenOn: '2015-10-03' };
    expect(await sessions(1)).toEqual({ items: [listed, a], next: null });
    const first = await sessions(1, 'a', { limit: 1 });
    expect(first).toEqual({ items: [listed], next: expect.any(String) });
    expect(await sessions(1, 'a', { limit: 1, cursor: first.next })).toEqual({ items: [a], next: null });
    await expect(sessions(2, 'a', { cursor: first.next })).rejects.toMatchObject({ code: 'invalid' });
  });

  it('begin with the present one when its sign-in was not recorded', async () => {
    const { items } = await sessions(1, 'old');
    expect(items[0]).toEqual({
      id: sessionOf(1, 'old'),
      current: true,
      way: null,
      device: null,
      openedAt: AT,
      lastSeenOn: null,
      expiresAt: EXPIRES,
    });
    expect(items).toHaveLength(3);
  });

  it('say on which day each was used last, and leave out those that were not used for too long', async () => {
    const data = { sessionId: sessionOf(1, 'a'), memberId: memberOf(1), day: '2015-10-09' };
    await forum.record(`session-${data.sessionId}`, [{ type: 'SessionSeen.v1', data, personal: null }]);
    const { items } = await sessions(1, 'a', { since: '2015-10-04' });
    expect(items).toMatchObject([{ device: 'Device a', lastSeenOn: '2015-10-09' }]);
    const facts = await queries.execute(new GetSignInFacts([memberOf(1), memberOf(99)]));
    expect(facts).toEqual(
      new Map([
        [memberOf(1), { lastSeenOn: '2015-10-09', secondFactor: false }],
        [memberOf(99), { lastSeenOn: null, secondFactor: false }],
      ]),
    );
  });

  it.each<[string, (n: number) => ForumEvent, readonly string[]]>([
    [
      'one ended',
      (n) => ({
        type: 'MemberSessionEnded.v1',
        data: { memberId: memberOf(n), sessionId: sessionOf(n, 'b'), expiresAt: EXPIRES },
        personal: null,
      }),
      ['Device c', 'Device a'],
    ],
    [
      'all others ended',
      (n) => ({
        type: 'MemberSessionsEnded.v1',
        data: { memberId: memberOf(n), except: sessionOf(n, 'b') },
        personal: null,
      }),
      ['Device b'],
    ],
    [
      'all ended',
      (n) => ({ type: 'MemberSessionsEnded.v1', data: { memberId: memberOf(n), except: null }, personal: null }),
      [],
    ],
    [
      'another password',
      (n) => ({
        type: 'MemberPasswordChanged.v1',
        data: { memberId: memberOf(n) },
        personal: { passwordHash: '-' },
      }),
      [],
    ],
  ])('after %s are the others', async (what, event, left) => {
    const n = 10 + what.length;
    for (const name of ['a', 'b', 'c']) await open(n, name);
    await open(5, 'of somebody else');
    await record(n, event(n));
    const present = left.length === 0 ? [null] : [];
    const shown = await devices(n, left.includes('Device b') ? 'b' : 'a');
    expect(shown).toEqual([...present, ...left]);
    expect(await devices(5, 'of somebody else')).toContain('Device of somebody else');
  });

  it('say which was opened with a recovery code', async () => {
    const data = { memberId: memberOf(6) };
    await record(6, { type: 'SecondFactorTurnedOn.v1', data, personal: { secret: 'AAAA' } });
    await record(6, { type: 'RecoveryCodeUsed.v1', data: { ...data, index: 3 }, personal: null });
    await open(6, 'a');
    await open(6, 'b');
    expect((await sessions(6)).items).toEqual([
      expect.not.objectContaining({ usedRecoveryCode: expect.anything() }),
      expect.objectContaining({ way: 'password', usedRecoveryCode: true }),
    ]);
  });

  it('are forgotten once they are over', async () => {
    await open(3, 'a', { expiresAt: '2015-10-03T00:00:00.000Z' });
    await open(3, 'b', { at: '2015-10-03T00:00:00.000Z' });
    expect(await devices(3, 'b')).toEqual(['Device b']);
  });
});

describe('the ways in of a member', () => {
  const data = { memberId: memberOf(4) };
  const made: ForumEvent = { type: 'RecoveryCodesMade.v1', data, personal: { hashes: ['x'] } };
  const used = (index: number): ForumEvent => ({
    type: 'RecoveryCodeUsed.v1',
    data: { ...data, index },
    personal: null,
  });
  const waysIn = () => queries.execute(new GetWaysIn(memberOf(4)));

  it('say whether the second factor is on, and how many recovery codes are left', async () => {
    expect(await waysIn()).toEqual({ secondFactor: null, passkeys: [] });
    await record(4, { type: 'SecondFactorTurnedOn.v1', data, personal: { secret: 'AAAA' } });
    await record(4, made);
    for (const index of [0, 9, 9]) await record(4, used(index));
    expect((await waysIn()).secondFactor).toEqual({ turnedOnAt: AT, recoveryCodesLeft: 8 });
    await record(4, made);
    expect((await waysIn()).secondFactor).toEqual({ turnedOnAt: AT, recoveryCodesLeft: 10 });
    expect((await queries.execute(new GetSignInFacts([memberOf(4)]))).get(memberOf(4))?.secondFactor).toBe(true);
    await record(4, { type: 'SecondFactorTurnedOff.v1', data, personal: null });
    expect((await waysIn()).secondFactor).toBeNull();
  });

  it('have the passkeys by name until they are removed', async () => {
    const passkeyId = idOf('passkey', 1);
    const personal = { name: 'Phone', credentialId: 'c', publicKey: 'p', counter: 0, transports: [] };
    await record(4, { type: 'PasskeyAdded.v1', data: { ...data, passkeyId }, personal });
    expect((await waysIn()).passkeys).toEqual([{ id: passkeyId, name: 'Phone', createdAt: AT }]);
    await record(4, { type: 'PasskeyRemoved.v1', data: { ...data, passkeyId }, personal: null });
    expect((await waysIn()).passkeys).toEqual([]);
  });

  it('are the same when the view is built anew', async () => {
    expect(await forum.views.verify('ways-in')).toMatchObject({ equal: true });
  });
});
