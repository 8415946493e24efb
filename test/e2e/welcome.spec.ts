import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OwnMember, Site } from '../../libs/client/index.ts';
import { killPrograms } from '../support/child-program.ts';
import { PASSWORD } from '../support/forum-caller.ts';
import { outboxMails } from '../support/outbox-mails.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { serveForum } from '../support/served-forum.ts';

const FOUNDER = {
  siteName: 'Mekong talk',
  locale: 'th',
  displayName: 'Somchai',
  handle: 'somchai',
  email: 'somchai@example.org',
  password: PASSWORD,
};
/** As a request looks that comes through a proxy. */
const FROM_AFAR = { 'x-forwarded-for': '203.0.113.7' };

interface Sent {
  readonly status: number;
  readonly location: string | null;
  readonly cookie: string;
  readonly html: string;
}

async function send(forum: RunningForum, form: object, headers = {}): Promise<Sent> {
  const body = new URLSearchParams(Object.entries(form)).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
  const answer = await fetch(`${forum.url}/welcome`, { method: 'POST', body, headers: type, redirect: 'manual' });
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  return {
    status: answer.status,
    location: answer.headers.get('location'),
    cookie: cookie.join('; '),
    html: await answer.text(),
  };
}

const register = (forum: RunningForum, over: object, headers = {}) =>
  forum.call('POST', '/api/v1/members', {
    headers,
    body: { handle: 'stranger', displayName: 'S', email: 's@example.org', password: PASSWORD, ...over },
  });

it('writes its first letter in the name that its founder has just given it', async () => {
  const forum = await startForum({ reacts: true });
  try {
    await send(forum, { ...FOUNDER, locale: 'en', founderCode: forum.forum.founderCode ?? '' });
    const [letter] = await outboxMails(forum.dataDir, FOUNDER.email);
    expect(letter?.subject).toBe('Confirm your address for Mekong talk');
  } finally {
    await forum.close();
  }
});

describe('a forum without members', () => {
  let forum: RunningForum;
  beforeEach(async () => {
    forum = await startForum();
  });
  afterEach(() => forum?.close());

  it('shows its welcome in place of every page, and still answers programs', async () => {
    for (const path of ['/', '/archive', '/sign-in', '/register', '/settings', '/admin', '/privacy', '/posts/none']) {
      const answer = await fetch(`${forum.url}${path}`, { redirect: 'manual' });
      expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 303, '/welcome']);
    }
    const page = await forum.call('GET', '/welcome', { headers: { 'accept-language': 'vi' } });
    expect([page.status, String(page.body)]).toEqual([200, expect.stringContaining('Chào mừng đến diễn đàn mới')]);
    expect(String(page.body)).not.toContain(forum.forum.founderCode);
    const [, pattern = ''] = / name="founderCode"[^>]* pattern="([^"]*)"/.exec(String(page.body)) ?? [];
    const code = forum.forum.founderCode ?? '';
    const fits = [code, code.toUpperCase().replaceAll('-', ' '), ` ${code} `, code.slice(1), ''];
    expect(fits.map((one) => new RegExp(`^(?:${pattern})$`, 'v').test(one))).toEqual([true, true, true, false, false]);
    expect((await forum.call('GET', '/api/v1/posts')).status).toBe(200);
    expect((await forum.call('GET', '/health/live')).status).toBe(200);
  });

  it('has its first admin, name and language from whoever has the code', async () => {
    const code = forum.forum.founderCode ?? '';
    const made = await send(forum, { ...FOUNDER, founderCode: code.toUpperCase().replaceAll('-', ' ') });
    expect(made).toMatchObject({ status: 303, location: '/welcome' });
    const choice = await forum.call('GET', '/welcome', { headers: { cookie: made.cookie } });
    for (const place of ['href="/write"', 'href="/admin/import"', 'href="/admin"', 'Mekong talk']) {
      expect(String(choice.body)).toContain(place);
    }
    const { token } = await forum.signIn('somchai');
    const me = await forum.done<OwnMember>('GET', '/api/v1/members/me', { token });
    expect(me).toMatchObject({ handle: 'somchai', roles: ['member', 'admin'], locale: 'th' });
    expect(await forum.done<Site>('GET', '/api/v1/site')).toMatchObject({ name: 'Mekong talk', defaultLocale: 'th' });

    expect((await send(forum, { ...FOUNDER, handle: 'second', founderCode: code })).location).toBe('/welcome');
    const away = await fetch(`${forum.url}/welcome`, { redirect: 'manual' });
    expect([away.status, away.headers.get('location')]).toEqual([303, '/']);
    expect((await fetch(`${forum.url}/`)).status).toBe(200);
  });

  it.each([
    ['code', { founderCode: 'abcd-efgh-jkmn' }, 'This is not the code that the server printed.'],
    ['code that is none', { founderCode: '' }, 'Please fill this in.'],
    ['code of a whole page', { founderCode: 'x'.repeat(5_000) }, 'At most 100 characters.'],
    ['name', { siteName: ' ' }, 'Please fill this in.'],
    ['password', { password: 'short' }, 'At least 10 characters.'],
    ['handle', { handle: 'a b' }, 'Only letters, digits'],
    ['language', { locale: 'xx' }, 'This is not accepted.'],
  ])('refuses a wrong %s, and keeps what was typed', async (_, wrong, told) => {
    const founderCode = forum.forum.founderCode ?? '';
    const refused = await send(forum, { ...FOUNDER, founderCode, ...wrong });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain(told);
    expect(refused.html).toContain('value="somchai@example.org"');
    expect(refused.html).not.toContain(PASSWORD);
    expect((await fetch(`${forum.url}/`, { redirect: 'manual' })).status).toBe(303);
  });

  it('speaks the language in which its founder reads the page, where the form names none', async () => {
    const { locale: _, ...form } = { ...FOUNDER, founderCode: forum.forum.founderCode ?? '' };
    expect(await send(forum, form, { 'accept-language': 'lo' })).toMatchObject({ status: 303, location: '/welcome' });
    expect(await forum.done<Site>('GET', '/api/v1/site')).toMatchObject({ defaultLocale: 'lo' });
  });

  it('lets no stranger be first, on no way in, but this machine’s own programs', async () => {
    for (const headers of [FROM_AFAR, { forwarded: 'for=203.0.113.7' }, { via: '1.1 proxy' }]) {
      expect(await register(forum, {}, headers)).toMatchObject({ status: 403, body: { code: 'founder_needed' } });
    }
    const wrong = await register(forum, { founderCode: 'abcd-efgh-jkmn' }, FROM_AFAR);
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ field: 'founderCode' }] } });
    const first = await register(forum, { founderCode: forum.forum.founderCode }, FROM_AFAR);
    expect(first).toMatchObject({ status: 201, body: { member: { roles: ['member', 'admin'] } } });
    const second = await register(
      forum,
      { handle: 'second', displayName: 'Another', email: '2@example.org', founderCode: 'any' },
      FROM_AFAR,
    );
    expect(second).toMatchObject({ status: 201, body: { member: { roles: ['member'] } } });
  });

  it('takes its first member from a program on this machine without a code', async () => {
    expect(await register(forum, {})).toMatchObject({ status: 201, body: { member: { roles: ['member', 'admin'] } } });
  });
});

describe('guesses of the code', () => {
  let forum: RunningForum;
  beforeAll(async () => {
    forum = await startForum({ env: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
  });
  afterAll(() => forum?.close());

  it('are needed by this machine too, where a proxy may stand in front', async () => {
    const here = await register(forum, { email: 'here@example.org' });
    expect(here).toMatchObject({ status: 403, body: { code: 'founder_needed' } });
  });

  it('are limited, for each network and for all together', async () => {
    const guess = (address: string) =>
      register(forum, { founderCode: 'abcd-efgh-jkmn' }, { 'x-forwarded-for': address });
    const statuses: number[] = [];
    for (let n = 0; n < 11; n += 1) statuses.push((await guess('203.0.113.7')).status);
    expect(statuses).toEqual([...Array(10).fill(400), 429]);
  });
});

describe('a served forum', () => {
  afterAll(killPrograms);

  it('prints the code below its address, the same after a new start, never to its log, and none with members', async () => {
    const first = await serveForum({ env: { LOG_LEVEL: 'trace' } });
    const code = await codeOf(first);
    expect(code).toMatch(/^[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}$/);
    expect(first.stderr()).not.toContain(code);
    await first.end();
    const again = await serveForum({ dataDir: first.dataDir });
    expect(await codeOf(again)).toBe(code);
    const body = new URLSearchParams({ ...FOUNDER, founderCode: code ?? '' });
    await fetch(`${again.address}/welcome`, { method: 'POST', body, redirect: 'manual' });
    await again.end();
    const last = await serveForum({ dataDir: first.dataDir });
    expect((await fetch(`${last.address}/`, { redirect: 'manual' })).status).toBe(200);
    await last.end();
    expect(last.stdout()).not.toContain('/welcome');
  }, 60_000);
});

/** The code on the second line of a server. */
async function codeOf(served: { readonly stdout: () => string }): Promise<string | undefined> {
  for (;;) {
    const found = /\/welcome with the code (\S+) /.exec(served.stdout());
    if (found !== null) return found[1];
    await turn();
  }
}
