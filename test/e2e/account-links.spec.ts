import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import type { OwnMember, Session } from '../../libs/client/index.ts';
import { EVENT_STORE, type EventStore } from '../../libs/event-store/index.ts';
import { commandMeta } from '../../src/access/principal.ts';
import type { LinkPurpose } from '../../src/domain/link/link.events.ts';
import { AddPasskey } from '../../src/domain/member/passkeys.commands.ts';
import type { Answer } from '../support/forum-caller.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { mailedLink } from '../support/mailed-links.ts';
import { REAL_TIMERS } from '../support/real-timers.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { codeOf, turnOn } from '../support/two-factors.ts';

jest.setTimeout(60_000);

const NEW_PASSWORD = 'quite another password';

let forum: RunningForum;
beforeAll(async () => {
  forum = await startForum({ env: { HOST: 'localhost' } });
  await forum.admin();
});
afterAll(() => forum.close());

const link = (purpose: LinkPurpose, { member }: TestMember, over: Parameters<typeof mailedLink>[3] = {}) =>
  mailedLink(forum, purpose, member.id, over);
const reset = (token: string, password = NEW_PASSWORD, headers: Readonly<Record<string, string>> = {}) =>
  forum.call('PUT', `/api/v1/password-resets/${token}`, { body: { password }, headers });
const enter = (token: string) => forum.call('POST', '/api/v1/sessions', { body: { link: token } });
const me = (token: string) => forum.call('GET', '/api/v1/members/me', { token });
const told = ({ status, body }: Answer) => ({ status, code: Reflect.get(Object(body), 'code') });

function page(method: string, path: string, form: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const sent = method === 'POST' ? { raw: new URLSearchParams(form).toString() } : {};
  const headers = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  return forum.call(method, path, { ...sent, headers });
}

/** The number of events that people have caused so far; mails go out by themselves. */
async function recorded(): Promise<number> {
  let count = 0;
  for await (const { actor } of forum.forum.app.get<EventStore>(EVENT_STORE).readAll()) {
    if (actor !== 'system') count += 1;
  }
  return count;
}

/** Every way to spoil a link. */
function spoilt(token: string): readonly (readonly [string, string])[] {
  const [linkId = '', secret = ''] = token.split('.');
  return [
    ['an unknown link', `${randomUUID()}.${secret}`],
    ['a wrong secret', `${linkId}.${'A'.repeat(43)}`],
    ['a link that was cut', token.slice(0, -1)],
    ['a link without its secret', linkId],
    ['no link', 'nonsense'],
  ];
}

describe('a link to choose a new password', () => {
  test('works once, ends all sessions, and the old password no longer works', async () => {
    const member = await forum.member('forgetful');
    const token = await link('reset', member);
    expect(told(await reset(token))).toEqual({ status: 204, code: undefined });
    expect((await me(member.token)).status).toBe(401);
    expect(
      (await forum.call('POST', '/api/v1/sessions', { body: { login: 'forgetful', password: PASSWORD } })).status,
    ).toBe(401);
    await forum.signIn('forgetful@example.org', NEW_PASSWORD);
    expect(told(await reset(token, 'a third long password'))).toEqual({ status: 410, code: 'link_used' });
    await forum.signIn('forgetful', NEW_PASSWORD);
  });

  test('is not used up by a password that is refused', async () => {
    const member = await forum.member('weak');
    const token = await link('reset', member);
    for (const password of ['password1234', 'weak@example.org', 'short']) {
      expect(told(await reset(token, password))).toEqual({ status: 400, code: 'invalid' });
    }
    expect((await reset(token)).status).toBe(204);
  });

  test('is unknown when it was spoilt, and says when it has run out', async () => {
    const member = await forum.member('spoiler');
    const token = await link('reset', member);
    const before = await recorded();
    for (const [name, wrong] of spoilt(token)) {
      expect({ name, ...told(await reset(wrong)) }).toEqual({ name, status: 404, code: 'link_not_found' });
    }
    const late = await link('reset', member, { now: new Date(Date.now() - 3_600_000) });
    expect(told(await reset(late))).toEqual({ status: 410, code: 'link_expired' });
    expect(await recorded()).toBe(before);
    expect((await me(member.token)).status).toBe(200);
  });

  test('leads to where another one is asked for with the page that it was asked from, and after the sign-in there', async () => {
    const member = await forum.member('led-on');
    const next = '/archive?from=mail';
    const led = `next=${encodeURIComponent(next)}`;
    for (const [purpose, path, again] of [
      ['reset', '/reset/', '/forgot'],
      ['sign-in', '/sign-in/link/', '/sign-in/link'],
    ] as const) {
      const late = path + (await link(purpose, member, { next }));
      jest.useFakeTimers({ now: Date.now() + 2 * 3_600_000, doNotFake: [...REAL_TIMERS] });
      const { status, body } = await page('GET', late).finally(() => jest.useRealTimers());
      expect({ purpose, status }).toEqual({ purpose, status: 410 });
      expect(body).toContain(`href="${again}?${led}"`);
    }
    const token = await link('reset', member, { next });
    const chosen = await page('POST', `/reset/${token}`, { password: NEW_PASSWORD, id: randomUUID() });
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, `/sign-in?done=reset&${led}`]);
    expect((await page('GET', `/reset/${token}`)).body).toContain(`href="/forgot?${led}"`);
  });

  test.each(['/forgot', '/sign-in/link'])(
    'is asked for again at %s with the same address, which no address tells',
    async (path) => {
      const email = 'somebody@example.org';
      const asked = await page('POST', path, { email, next: '/archive' });
      expect([asked.status, asked.headers.get('location')]).toEqual([303, `${path}?sent=1&next=%2Farchive`]);
      const [cookie = ''] = asked.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
      const read = async (at: string) => String((await forum.call('GET', at, { headers: { cookie } })).body);
      const again = `${path}?again=1&next=%2Farchive`;
      expect(await read(`${path}?sent=1&next=%2Farchive`)).toContain(`href="${again.replace('&', '&amp;')}"`);
      expect(await read(again)).toContain(`value="${email}"`);
      expect([cookie.includes('somebody'), await read(path)]).toEqual([false, expect.not.stringContaining(email)]);
    },
  );

  test('is unknown where another link is asked for, and the other way round', async () => {
    const member = await forum.member('foreign');
    for (const purpose of ['confirm', 'sign-in'] as const) {
      expect(told(await reset(await link(purpose, member)))).toEqual({ status: 404, code: 'link_not_found' });
    }
    for (const purpose of ['confirm', 'reset', 'way-back'] as const) {
      expect(told(await enter(await link(purpose, member)))).toEqual({ status: 404, code: 'link_not_found' });
    }
    for (const purpose of ['sign-in', 'reset', 'way-back'] as const) {
      expect((await page('POST', `/confirm/${await link(purpose, member)}`)).status).toBe(404);
    }
  });

  test('of two at once one wins, and a repeat of the same request is answered the same', async () => {
    const member = await forum.member('hasty');
    const token = await link('reset', member);
    const answers = await Promise.all([
      reset(token, 'the first of two passwords'),
      reset(token, 'the other of two passwords'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 410]);
    const won = answers[0]?.status === 204 ? 'the first of two passwords' : 'the other of two passwords';
    await forum.signIn('hasty', won);
    const again = await link('reset', member);
    const headers = { 'idempotency-key': randomUUID() };
    expect((await reset(again, NEW_PASSWORD, headers)).status).toBe(204);
    const after = await recorded();
    expect((await reset(again, NEW_PASSWORD, headers)).status).toBe(204);
    expect(told(await reset(again, 'a third long password', headers))).toEqual({ status: 410, code: 'link_used' });
    expect(await recorded()).toBe(after);
  });

  test('is worthless once a newer password was chosen; a way back is not', async () => {
    const member = await forum.member('changing');
    const [early, back] = [await link('reset', member), await link('way-back', member)];
    const signIn = await link('sign-in', member);
    expect((await reset(await link('reset', member))).status).toBe(204);
    expect(told(await reset(early))).toEqual({ status: 410, code: 'link_used' });
    expect(told(await enter(signIn))).toEqual({ status: 410, code: 'link_used' });
    const { token } = await forum.signIn('changing', NEW_PASSWORD);
    expect((await reset(back, 'the words of the owner')).status).toBe(204);
    expect((await me(token)).status).toBe(401);
    await forum.signIn('changing', 'the words of the owner');
  });
});

describe('a way back', () => {
  test('takes off what was added with the change and after it, and a second factor of the day before it too', async () => {
    const member = await forum.member('robbed');
    expect((await page('POST', `/confirm/${await link('confirm', member)}`)).status).toBe(200);
    await turnOn(forum, member);
    const change = new Date();
    const { id: memberId } = member.member;
    const passkey = { id: randomUUID() };
    const key = { name: 'Key', credentialId: 'a', publicKey: 'b', counter: 0, transports: [] };
    const added = new AddPasskey({ memberId, passkeyId: passkey.id, ...key }, commandMeta({ memberId }));
    await forum.forum.app.get(CommandBus).execute(added);
    expect((await reset(await link('way-back', member, { now: change }))).status).toBe(204);
    const body = { login: 'robbed', password: NEW_PASSWORD };
    const session = await forum.done<Session>('POST', '/api/v1/sessions', { body });
    const gone = await forum.call('DELETE', `/api/v1/members/me/passkeys/${passkey.id}`, { token: session.token });
    expect(told(gone)).toEqual({ status: 404, code: 'passkey_not_found' });
  });
});

describe('a link to sign in', () => {
  test('gives a session once, in any browser', async () => {
    const member = await forum.member('linked');
    const token = await link('sign-in', member);
    const answer = await enter(token);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('set-cookie')).toMatch(/^colloquy_session=/);
    const session = Reflect.get(Object(answer.body), 'token');
    expect((await me(session)).body).toMatchObject({ handle: 'linked' });
    expect(told(await enter(token))).toEqual({ status: 410, code: 'link_used' });
    for (const [name, wrong] of spoilt(await link('sign-in', member))) {
      expect({ name, status: (await enter(wrong)).status }).toEqual({ name, status: 404 });
    }
    const late = await link('sign-in', member, { now: new Date(Date.now() - 15 * 60_000) });
    expect(told(await enter(late))).toEqual({ status: 410, code: 'link_expired' });
  });

  test('pressed again gives the same session in its own browser alone, and as long as that lives', async () => {
    const member = await forum.member('presses');
    const path = `/sign-in/link/${await link('sign-in', member)}`;
    const shown = await page('GET', path);
    const id = /name="id" value="([^"]+)"/.exec(String(shown.body))?.[1] ?? '';
    const cookie = shown.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const press = (headers = {}) =>
      forum.call('POST', path, {
        raw: new URLSearchParams({ id }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      });
    const sessionIn = ({ headers }: Answer) => /colloquy_session=([^;]+)/.exec(headers.getSetCookie().join('\n'))?.[1];
    const both = await Promise.all([press({ cookie }), press({ cookie })]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    const tokens = [...both, await press({ cookie })].map(sessionIn);
    const { items } = await forum.done<{ items: readonly object[] }>('GET', '/api/v1/sessions', { token: tokens[2] });
    expect([items.length, tokens.every((token) => token !== undefined)]).toEqual([2, true]);
    expect([(await press()).status, sessionIn(await press())]).toEqual([410, undefined]);

    await forum.call('DELETE', '/api/v1/sessions', { token: member.token });
    const late = await press({ cookie });
    expect([late.status, sessionIn(late)]).toEqual([410, undefined]);
  });

  test('asks for the second factor too, and is used up with its code', async () => {
    const member = await forum.member('guarded');
    const { secret, recoveryCodes } = await turnOn(forum, member);
    const token = await link('sign-in', member);
    const withCode = (code: string) => forum.call('POST', '/api/v1/sessions', { body: { link: token, code } });
    expect(told(await enter(token))).toEqual({ status: 401, code: 'second_factor_required' });
    expect(told(await withCode('000000'))).toEqual({ status: 401, code: 'second_factor_failed' });
    expect((await page('GET', `/sign-in/link/${token}`)).body).toContain('autocomplete="one-time-code"');
    expect((await page('POST', `/sign-in/link/${token}`)).status).toBe(401);
    expect((await page('POST', `/sign-in/link/${token}`, { code: '000000' })).status).toBe(401);
    expect((await withCode(codeOf(secret))).status).toBe(201);
    expect(told(await withCode(recoveryCodes[0] ?? ''))).toEqual({ status: 410, code: 'link_used' });
    const other = await link('sign-in', member);
    const answer = await page('POST', `/sign-in/link/${other}`, { code: recoveryCodes[0] ?? '' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
  });

  test('of two at once with codes opens one session', async () => {
    const member = await forum.member('guarded-twice');
    const { recoveryCodes } = await turnOn(forum, member);
    const token = await link('sign-in', member);
    const answers = await Promise.all(
      recoveryCodes.slice(0, 3).map((code) => forum.call('POST', '/api/v1/sessions', { body: { link: token, code } })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401 || status === 410)).toHaveLength(2);
  });

  test('lets no banned member in', async () => {
    const member = await forum.member('banned-one');
    const { token } = await forum.admin();
    const body = { kind: 'ban', reason: 'abuse', statement: 'No more of this' };
    await forum.done('POST', `/api/v1/members/${member.member.id}/sanctions`, { token, body });
    expect(told(await enter(await link('sign-in', member)))).toEqual({ status: 403, code: 'banned' });
  });

  test('leads where its page was asked from, and to no other site', async () => {
    const member = await forum.member('returning');
    for (const [next, path] of [
      ['/archive', '/archive'],
      ['https://evil.example/', '/'],
      ['//evil.example', '/'],
    ] as const) {
      const token = await link('sign-in', member, { next });
      const answer = await page('POST', `/sign-in/link/${token}`);
      expect({ next, status: answer.status, to: answer.headers.get('location') }).toEqual({
        next,
        status: 303,
        to: path,
      });
    }
  });
});

describe('a link to confirm an address', () => {
  test('confirms it after one press, which may be pressed twice, and says later that it is confirmed', async () => {
    const member = await forum.member('confirming');
    expect(member.member.emailConfirmed).toBe(false);
    const token = await link('confirm', member);
    const form = { id: randomUUID() };
    expect((await page('POST', `/confirm/${token}`, form)).status).toBe(200);
    expect((await page('POST', `/confirm/${token}`, form)).status).toBe(200);
    const later = await page('GET', `/confirm/${token}`);
    expect([later.status, String(later.body)]).toEqual([200, expect.stringContaining('its address is confirmed.')]);
    const pressedAgain = await page('POST', `/confirm/${token}`);
    expect([later, pressedAgain].filter(({ body }) => String(body).includes('confirming'))).toEqual([]);
    expect((await me(member.token)).body).toMatchObject({ emailConfirmed: true });
  });

  test('that ran out tells whoever confirmed by another one that all is well, and one that is unknown may tell it', async () => {
    const member = await forum.member('confirms-once');
    const [used, other] = [await link('confirm', member), await link('confirm', member)];
    const later = async (path: string) => {
      jest.useFakeTimers({ now: Date.now() + 25 * 3_600_000, doNotFake: [...REAL_TIMERS] });
      const { status, body } = await page('GET', path).finally(() => jest.useRealTimers());
      return [status, String(body)];
    };
    expect(await later(`/confirm/${other}`)).toEqual([410, expect.stringContaining('This link has run out.')]);
    expect((await page('POST', `/confirm/${used}`)).status).toBe(200);
    for (const token of [used, other]) {
      expect(await later(`/confirm/${token}`)).toEqual([
        200,
        expect.stringContaining('This link was used already, or is not needed'),
      ]);
    }
    const unknown = await page('GET', `/confirm/${'A'.repeat(other.length)}`);
    expect([unknown.status, String(unknown.body)]).toEqual([
      404,
      expect.stringMatching(/confirmed[^<]*before[^<]*all is well.*href="\/sign-in"/s),
    ]);
    expect(String((await page('GET', `/reset/${'A'.repeat(other.length)}`)).body)).not.toContain('all is well');
  });

  test('says plainly that another account has the address, which then signs in by it', async () => {
    const first = await forum.member('early-bird');
    const body = { handle: 'late-bird', displayName: 'Late', email: 'Early-Bird@example.org', password: NEW_PASSWORD };
    const { member } = await forum.done<{ member: OwnMember }>('POST', '/api/v1/members', { body });
    const second = { member, token: (await forum.signIn('late-bird', NEW_PASSWORD)).token };
    expect((await page('POST', `/confirm/${await link('confirm', second)}`)).status).toBe(200);
    const refused = await page('POST', `/confirm/${await link('confirm', first)}`);
    expect(refused.status).toBe(409);
    expect(refused.body).toContain('Another account here has confirmed this e-mail address already.');
    expect((await me(first.token)).body).toMatchObject({ emailConfirmed: false });
    const session = await forum.done<Session>('POST', '/api/v1/sessions', {
      body: { login: 'early-bird@example.org', password: NEW_PASSWORD },
    });
    expect(session.member.handle).toBe('late-bird');
  });
});

describe('the page of a link', () => {
  const PAGES = [
    ['reset', '/reset/'],
    ['way-back', '/reset/'],
    ['confirm', '/confirm/'],
    ['sign-in', '/sign-in/link/'],
  ] as const;

  test.each(PAGES)(
    'of %s changes nothing when it is opened, by whatever mail scanner, and is kept secret',
    async (purpose, path) => {
      const member = await forum.member(`opened-${purpose}`);
      const token = await link(purpose, member);
      const before = await recorded();
      for (const method of ['GET', 'HEAD', 'GET']) {
        const { status, headers, body } = await page(method, path + token);
        expect({ method, status }).toEqual({ method, status: 200 });
        expect(headers.get('referrer-policy')).toBe('no-referrer');
        expect(headers.get('x-robots-tag')).toContain('noindex');
        expect(headers.get('cache-control')).toBe('no-store');
        expect(headers.getSetCookie().filter((line) => !line.startsWith('colloquy_press='))).toEqual([]);
        if (method === 'HEAD') continue;
        const outside = [...String(body).matchAll(/(?:href|src|action)="([^"]+)"/g)].filter(
          ([, to]) => !/^[/#]/.test(to ?? ''),
        );
        expect(outside).toEqual([]);
        expect(body).not.toContain(encodeURIComponent(path + token));
      }
      expect(await recorded()).toBe(before);
      expect((await me(member.token)).status).toBe(200);
    },
  );

  test.each(PAGES)('of %s says in words what is wrong, in the reader’s language', async (_, path) => {
    for (const [, wrong] of spoilt(`${randomUUID()}.${'a'.repeat(43)}`)) {
      const { status, headers, body } = await page('GET', path + encodeURIComponent(wrong));
      expect(status).toBe(404);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(body).toContain('This link does not work.');
    }
    const answer = await forum.call('GET', `${path}nonsense`, { headers: { 'accept-language': 'vi' } });
    expect(answer.body).toContain('Liên kết này không dùng được.');
  });

  test('takes no press from another site', async () => {
    const member = await forum.member('pressed');
    for (const [purpose, path] of PAGES) {
      const answer = await forum.call('POST', path + (await link(purpose, member)), {
        raw: 'password=another+long+password',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
      });
      expect({ path, status: answer.status }).toEqual({ path, status: 403 });
    }
  });

  test('for a new password shows what is wrong with it and takes the next one', async () => {
    const member = await forum.member('typing');
    const token = await link('reset', member);
    const common = await page('POST', `/reset/${token}`, { password: 'password1234' });
    expect(common.status).toBe(400);
    expect(common.body).toContain('This is among the passwords that are tried first.');
    expect((await page('POST', `/reset/${token}`, { password: 'x' })).status).toBe(400);
    const done = await page('POST', `/reset/${token}`, { password: NEW_PASSWORD });
    expect([done.status, done.headers.get('location')]).toEqual([303, '/sign-in?done=reset']);
    expect((await page('GET', '/sign-in?done=reset')).body).toContain('The new password is set.');
    await forum.signIn('typing', NEW_PASSWORD);
  });
});
