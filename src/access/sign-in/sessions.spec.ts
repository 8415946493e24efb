import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createSigner } from 'fast-jwt';
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
  banned: false,
  membership: 'active' as const,
};
const standings = { of: async () => standing, known: () => standing, ended: () => false };

function node(idleDays = 10): Sessions {
  return new Sessions({ secret: () => SECRET, standings, idleDays, reached: async () => undefined });
}

/** Whole seconds, as in tokens. */
const now = new Date(Math.floor(Date.now() / 1000) * 1000);
const daysAfter = (from: Date, days: number) => new Date(from.getTime() + days * DAY_MS);
const signedIn = (daysAgo: number) => node().issue(memberId, sessionId, daysAfter(now, -daysAgo), 7n);

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
