import { randomUUID } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { Standings } from '../../views/members/members.query-types.ts';
import { Sessions } from './sessions.ts';

const SECRET = 'a secret of tests, at least as long as the forum asks';
const DAY_MS = 86_400_000;
const memberId = randomUUID();
const sessionId = randomUUID();
const standing = {
  memberId,
  handle: 'linh',
  displayName: 'Linh',
  roles: ['member' as const],
  locale: 'vi',
  sessionsFrom: '1970-01-01T00:00:00.000Z',
  othersEnded: null,
  banned: false,
  membership: 'active' as const,
};
const standings: Standings = { of: async () => standing, known: () => standing, ended: () => false };

function node(idleDays = 10, over: Partial<ConstructorParameters<typeof Sessions>[0]> = {}): Sessions {
  const seen = () => undefined;
  return new Sessions({ secret: () => SECRET, standings, idleDays, seen, reached: async () => undefined, ...over });
}

/** Whole seconds, as in tokens. */
const now = new Date(Math.floor(Date.now() / 1000) * 1000);
const daysAfter = (from: Date, days: number) => new Date(from.getTime() + days * DAY_MS);
const signedIn = (daysAgo: number) => node().issue({ memberId, sessionId }, daysAfter(now, -daysAgo), 7n);

describe('a note of a ban', () => {
  const note = (from: Date) => node().noteOfBan({ memberId }, from).token;
  const banned = { ...standings, of: async () => ({ ...standing, banned: true }) };

  it('tells of it for a day, and opens nothing, nor once the ban is over', async () => {
    await expect(node(10, { standings: banned }).authenticate(note(now))).rejects.toMatchObject({
      code: 'banned',
      memberId,
    });
    const [over, given] = [node(), note(now)];
    await expect(over.authenticate(given)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect([over.recognized(given), over.renewed(given, now)]).toEqual([undefined, undefined]);
    await expect(over.authenticate(note(daysAfter(now, -1)))).rejects.toMatchObject({ code: 'token_expired' });
  });
});

describe('a session', () => {
  it('is over when nobody has used it for as long as the limit', async () => {
    const { token, expiresAt } = signedIn(9);
    expect(expiresAt).toBe(daysAfter(now, 1).toISOString());
    expect(await node().authenticate(token)).toMatchObject({ sessionId, sessionExpiresAt: expiresAt });
    await expect(node().authenticate(signedIn(10).token)).rejects.toMatchObject({ code: 'token_expired' });
  });

  it('that is used goes on for the limit from then, under the same id, on every node', async () => {
    const [one, other] = [node(), node()];
    const { token } = signedIn(9);
    await one.authenticate(token);
    const renewed = one.renewed(token, now);
    expect(renewed).toMatchObject({ sessionId, expiresAt: daysAfter(now, 10).toISOString() });
    expect(await other.authenticate(renewed?.token ?? '')).toMatchObject({
      sessionId,
      sessionExpiresAt: renewed?.expiresAt,
      sessionEndsAt: daysAfter(now, 21).toISOString(),
    });
  });

  it('is not renewed at each use', async () => {
    const sessions = node();
    const { token } = signedIn(0);
    await sessions.authenticate(token);
    expect(sessions.renewed(token, daysAfter(now, 0.99))).toBeUndefined();
    expect(sessions.renewed(token, daysAfter(now, 1))).toBeDefined();
  });

  it('is over thirty days after its sign-in, however much it is used', async () => {
    const sessions = node();
    const { token } = signedIn(5);
    await sessions.authenticate(token);
    const last = sessions.renewed(token, daysAfter(now, 24));
    expect(last?.expiresAt).toBe(daysAfter(now, 25).toISOString());
    await sessions.authenticate(last?.token ?? '');
    expect(sessions.renewed(last?.token ?? '', daysAfter(now, 24.99))).toBeUndefined();
  });

  it('of a version without the limit keeps the end that it was promised', async () => {
    const iat = now.getTime() / 1000 - 5 * 86_400;
    const claims = { sub: memberId, sid: sessionId, iat, exp: iat + 30 * 86_400, at: iat * 1000, pos: '7' };
    const token = createSigner({ key: SECRET, algorithm: 'HS256' })(claims);
    const sessions = node();
    expect(await sessions.authenticate(token)).toMatchObject({ sessionExpiresAt: daysAfter(now, 25).toISOString() });
    expect(sessions.renewed(token, now)).toBeUndefined();
  });

  it('that was not authenticated is not renewed', () => {
    expect(node().renewed(signedIn(9).token, now)).toBeUndefined();
  });
});

describe('a session that another one ended', () => {
  const endedBy = (except: string | null, position: bigint) => {
    const of = async () => ({ ...standing, othersEnded: { position, except } });
    return node(10, { standings: { ...standings, of } });
  };

  it('is refused when it was opened before, whatever the clocks say', async () => {
    const { token } = node().issue({ memberId, sessionId }, daysAfter(now, 1), 7n);
    await expect(endedBy('another', 8n).authenticate(token)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(endedBy(null, 8n).authenticate(token)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await endedBy('another', 7n).authenticate(token)).toMatchObject({ sessionId });
    expect(await endedBy(sessionId, 8n).authenticate(token)).toMatchObject({ sessionId });
  });
});

describe('the use of a session', () => {
  it('is told once a day, and not on the day of its sign-in', async () => {
    const days: string[] = [];
    const sessions = node(30, { seen: ({ day }) => days.push(day) });
    const { token } = sessions.issue({ memberId, sessionId }, now, 7n);
    const clock = jest.spyOn(Date, 'now');
    try {
      for (const day of [0, 0, 1, 1, 2]) {
        clock.mockReturnValue(daysAfter(now, day).getTime());
        await sessions.authenticate(token);
        expect(sessions.recognized(token)).toMatchObject({ sessionId });
      }
      clock.mockReturnValue(daysAfter(now, 3).getTime());
      expect(sessions.recognized(token)).toMatchObject({ sessionId });
    } finally {
      clock.mockRestore();
    }
    expect(days).toEqual([1, 2, 3].map((day) => daysAfter(now, day).toISOString().slice(0, 10)));
  });
});
