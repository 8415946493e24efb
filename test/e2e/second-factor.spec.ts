import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { OwnSession, Page, RecoveryCodes, SecondFactorOffer } from '../../libs/client/index.ts';
import { type CallOptions, PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { codeOf, type TurnedOn, turnOn } from '../support/two-factors.ts';

const FACTOR = '/api/v1/members/me/second-factor';
let forum: RunningForum;
beforeAll(async () => {
  forum = await startForum();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => forum.close());

const signIn = (login: string, more: object = {}, options: CallOptions = {}) =>
  forum.call('POST', '/api/v1/sessions', { body: { login, password: PASSWORD, ...more }, ...options });

async function guarded(handle: string): Promise<TestMember & TurnedOn> {
  const member = await forum.member(handle);
  return { ...member, ...(await turnOn(forum, member)) };
}

const refused = (code: string, status: number) => ({ status, body: expect.objectContaining({ code }) });
const wrongCode = {
  status: 400,
  body: expect.objectContaining({ code: 'invalid', errors: [{ field: 'code', message: expect.any(String) }] }),
};

describe('the second factor', () => {
  test('is a secret that an authenticator reads, and counts once its code came back', async () => {
    const { token } = await forum.member('slow');
    const offer = await forum.done<SecondFactorOffer>('POST', FACTOR, { token });
    const uri = new URL(offer.uri);
    expect([uri.protocol, uri.searchParams.get('secret')]).toEqual(['otpauth:', offer.secret]);
    expect(decodeURIComponent(uri.pathname)).toContain('slow');
    expect((await signIn('slow')).status).toBe(201);

    const newer = await forum.done<SecondFactorOffer>('POST', FACTOR, { token });
    expect(newer.secret).not.toBe(offer.secret);
    expect(await forum.call('PUT', FACTOR, { token, body: { code: codeOf(offer.secret) } })).toMatchObject(wrongCode);
    expect((await signIn('slow')).status).toBe(201);
    const { recoveryCodes } = await forum.done<RecoveryCodes>('PUT', FACTOR, {
      token,
      body: { code: codeOf(newer.secret) },
    });
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await signIn('slow')).toMatchObject(refused('second_factor_required', 401));
    expect(await forum.call('POST', FACTOR, { token })).toMatchObject(refused('conflict', 409));
  });

  test('is asked for only after the right password, and says nothing about a wrong one', async () => {
    await guarded('asked');
    expect(await signIn('asked')).toMatchObject(refused('second_factor_required', 401));
    const wrong = await signIn('asked', { password: 'not the password', code: '123456' });
    const nobody = await signIn('nobody-here', { password: 'not the password', code: '123456' });
    expect(wrong).toMatchObject(refused('login_failed', 401));
    expect(wrong.body).toEqual(nobody.body);
  });

  test('takes the code of now, of the period before and the one after, and each once', async () => {
    const { secret } = await guarded('window');
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 10 * 30_000);
    const at = (periods: number) => codeOf(secret, periods, now + 10 * 30_000);
    expect(await signIn('window', { code: at(-2) })).toMatchObject(refused('second_factor_failed', 401));
    expect(await signIn('window', { code: at(2) })).toMatchObject(refused('second_factor_failed', 401));
    expect((await signIn('window', { code: at(-1) })).status).toBe(201);
    expect(await signIn('window', { code: at(-1) })).toMatchObject(refused('second_factor_failed', 401));
    expect((await signIn('window', { code: at(0) })).status).toBe(201);
    expect((await signIn('window', { code: at(1) })).status).toBe(201);
    expect(await signIn('window', { code: at(0) })).toMatchObject(refused('second_factor_failed', 401));
  });

  test('opens one session by one code, however many come at once', async () => {
    const { secret } = await guarded('at-once');
    const code = codeOf(secret);
    const answers = await Promise.all(Array.from({ length: 6 }, () => signIn('at-once', { code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401, 401, 401]);
  });

  test('of another member opens nothing', async () => {
    const [one] = [await guarded('one'), await guarded('other')];
    expect(await signIn('other', { code: codeOf(one.secret) })).toMatchObject(refused('second_factor_failed', 401));
    const [recovery] = one.recoveryCodes;
    expect(await signIn('other', { code: recovery })).toMatchObject(refused('second_factor_failed', 401));
  });

  test('has recovery codes, each for one sign-in, until new ones are made', async () => {
    const { secret, recoveryCodes, token } = await guarded('lost-phone');
    const [first = '', second = ''] = recoveryCodes;
    expect((await signIn('lost-phone', { code: first })).status).toBe(201);
    expect(await signIn('lost-phone', { code: first })).toMatchObject(refused('second_factor_failed', 401));
    const anew = await forum.done<RecoveryCodes>('PUT', FACTOR, { token, body: { code: codeOf(secret) } });
    expect(await signIn('lost-phone', { code: second })).toMatchObject(refused('second_factor_failed', 401));
    expect((await signIn('lost-phone', { code: anew.recoveryCodes[9]?.toUpperCase() })).status).toBe(201);
  });

  test('is turned off by a code that was not used, and by nothing else', async () => {
    const { secret, token } = await guarded('tired');
    for (const code of ['000000', codeOf(secret, -1), 'aaaa-aaaa-aaaa-aaaa']) {
      expect(await forum.call('DELETE', FACTOR, { token, body: { code } })).toMatchObject(wrongCode);
    }
    expect(await forum.call('DELETE', FACTOR, { token })).toMatchObject(refused('invalid', 400));
    expect((await forum.call('DELETE', FACTOR, { token, body: { code: codeOf(secret) } })).status).toBe(204);
    expect((await signIn('tired')).status).toBe(201);
    expect(await forum.call('DELETE', FACTOR, { token, body: { code: codeOf(secret) } })).toMatchObject(wrongCode);
  });

  test('is turned off by an admin for a member who lost everything, and by nobody else', async () => {
    const { member, token } = await guarded('lost-all');
    const path = `/api/v1/members/${member.id}/second-factor`;
    const moderator = await forum.member('a-moderator', ['moderator']);
    expect(await forum.call('DELETE', path, { token: moderator.token })).toMatchObject(refused('forbidden', 403));
    expect(await forum.call('DELETE', path, { token })).toMatchObject(refused('forbidden', 403));
    const admin = await forum.admin();
    expect((await forum.call('DELETE', path, { token: admin.token })).status).toBe(204);
    expect((await forum.call('DELETE', path, { token: admin.token })).status).toBe(204);
    expect((await signIn('lost-all')).status).toBe(201);
    const query = `?type=SecondFactorTurnedOff.v1&actor=${admin.member.id}`;
    const seen = await forum.done<Page<object>>('GET', `/api/v1/audit/events${query}`, { token: admin.token });
    expect(seen.items).toMatchObject([{ data: { memberId: member.id }, actor: admin.member.id }]);
  });

  test('is not switched in a session that is older than ten minutes without the password', async () => {
    const { token } = await forum.member('left-open');
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 11 * 60_000);
    expect(await forum.call('POST', FACTOR, { token })).toMatchObject(refused('fresh_sign_in_required', 403));
    const wrong = await forum.call('POST', FACTOR, { token, body: { password: 'not the password' } });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ field: 'password' }] } });
    expect((await forum.call('POST', FACTOR, { token, body: { password: PASSWORD } })).status).toBe(200);
  });

  test('stays on when the password is changed, and the session goes on', async () => {
    const { token } = await guarded('changes');
    const body = { password: 'another long password', currentPassword: PASSWORD };
    expect((await forum.call('PATCH', '/api/v1/members/me', { token, body })).status).toBe(200);
    const again = await signIn('changes', { password: 'another long password' });
    expect(again).toMatchObject(refused('second_factor_required', 401));
  });

  test('leaves neither its secret nor a recovery code in the log', async () => {
    const { secret, recoveryCodes } = await guarded('sealed');
    const { token } = await forum.admin();
    const headers = { accept: 'application/x-ndjson', authorization: `Bearer ${token}` };
    const text = await (await fetch(`${forum.url}/api/v1/audit/events`, { headers })).text();
    expect(text).toContain('SecondFactorTurnedOn.v1');
    for (const code of recoveryCodes) expect(text).not.toContain(code);
    expect(text).not.toContain(secret);
  });
});

describe('guessing codes', () => {
  let limited: RunningForum;
  let hop = 0;
  beforeAll(async () => {
    limited = await startForum({ env: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
  });
  afterAll(() => limited.close());
  const anywhere = () => ({ 'x-forwarded-for': `198.51.100.${(hop += 1)}` });
  const guess = (code: string, cookie = '') =>
    limited.call('POST', '/api/v1/sessions', {
      body: { login: 'guessed', password: PASSWORD, code },
      headers: { ...anywhere(), ...(cookie === '' ? {} : { cookie, origin: limited.url }) },
    });

  test('is slowed down from however many addresses, and keeps the owner out neither for good nor at home', async () => {
    const member = await limited.member('guessed');
    const fields = new URLSearchParams({ login: 'guessed', password: PASSWORD }).toString();
    const entered = await limited.call('POST', '/sign-in', {
      raw: fields,
      headers: { ...anywhere(), 'content-type': 'application/x-www-form-urlencoded', origin: limited.url },
    });
    const device = entered.headers.getSetCookie().find((cookie) => cookie.startsWith('colloquy_devices=')) ?? '';
    const { secret, recoveryCodes } = await turnOn(limited, member);

    const statuses: number[] = [];
    for (let n = 0; n < 14; n += 1) statuses.push((await guess('000000')).status);
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
    const right = await guess(codeOf(secret));
    expect([right.status, Number(right.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await guess(recoveryCodes[0] ?? '', device.split(';')[0])).status).toBe(201);

    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 31_000);
    expect((await guess(codeOf(secret))).status).toBe(201);
  });
});

test('a session of a member with a second factor is listed like any other', async () => {
  const { secret } = await guarded('listed');
  const answer = await signIn('listed', { code: codeOf(secret) }, { headers: { 'user-agent': 'curl/8.5.0' } });
  const token = String(Reflect.get(Object(answer.body), 'token'));
  const { items } = await forum.done<Page<OwnSession>>('GET', '/api/v1/sessions', { token });
  expect(items).toMatchObject([
    { current: true, way: 'password', device: 'curl 8' },
    { current: false, way: 'password' },
  ]);
});
