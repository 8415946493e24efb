import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createDecoder, createSigner } from 'fast-jwt';
import type { OwnMember } from '../../libs/client/index.ts';
import { isRecord } from '../../libs/kernel/index.ts';
import { commandMeta } from '../../src/access/principal.ts';
import { EmailConfirming } from '../../src/commands/confirm-email.ts';
import { MemberLookup } from '../../src/commands/member-lookup.ts';
import { type Answer, PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { type Forge, type HousePerson, KID, OidcHouse } from '../support/oidc-house.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { type Arrived, Wanderer } from '../support/wanderer.ts';

let house: OidcHouse;
let other: OidcHouse;
let forum: RunningForum;
let admin: TestMember;

beforeAll(async () => {
  [house, other] = await Promise.all([OidcHouse.open(), OidcHouse.open('forum-there')]);
  forum = await startForum({ env: { ...house.settings('ACME'), OIDC_ACME_LABEL: 'Acme', ...other.settings('OTHER') } });
  house.serve([`${forum.url}/sign-in/oidc/acme/callback`]);
  other.serve([`${forum.url}/sign-in/oidc/other/callback`]);
  admin = await forum.admin();
});
afterAll(async () => {
  await forum.close();
  await Promise.all([house.close(), other.close()]);
});
beforeEach(() => {
  jest.restoreAllMocks();
  house.forge = null;
});

async function withHouse(flood: OidcHouse['flood']): Promise<[RunningForum, OidcHouse]> {
  const loud = await OidcHouse.open();
  const lonely = await startForum({ env: loud.settings('LOUD') });
  await lonely.admin();
  loud.serve([`${lonely.url}/sign-in/oidc/loud/callback`]);
  loud.person = { sub: 'somebody' };
  loud.flood = flood;
  return [lonely, loud];
}
/** MiB that a loud house has to say, and how many of them it got rid of. */
const MUCH = 40;
let told = 0;
function* mebibytes(): Generator<Buffer> {
  for (; told < MUCH; told += 1) yield Buffer.alloc(1024 * 1024, 'a');
}

const at = (path: string): string => forum.url + path;
let people = 0;
/** Somebody whom nobody has seen before. */
function somebody(over: Partial<HousePerson> = {}): HousePerson {
  people += 1;
  const name = `Person ${people}`;
  return {
    sub: `sub-${people}`,
    name,
    preferred_username: `person.${people}`,
    email: `p${people}@example.net`,
    email_verified: true,
    ...over,
  };
}
async function comesAs(
  person: HousePerson,
  path = '/sign-in/oidc/acme',
  wanderer = new Wanderer(),
): Promise<Arrived & { readonly by: Wanderer }> {
  house.person = person;
  return { ...(await wanderer.go(at(path))), by: wanderer };
}
/** Comes and, when asked how to be called, sends the page as it was offered. */
async function joinsAs(...coming: Parameters<typeof comesAs>): ReturnType<typeof comesAs> {
  const arrived = await comesAs(...coming);
  return { ...(await sendsOffered(arrived, arrived.by)), by: arrived.by };
}
async function sendsOffered(arrived: Arrived, by: Wanderer): Promise<Arrived> {
  if (!arrived.url.pathname.endsWith('/new')) return arrived;
  const offered = (name: string) =>
    new RegExp(`<input[^>]* name="${name}"[^>]* value="([^"]*)"`).exec(arrived.text)?.[1];
  return by.send(arrived.url, { displayName: offered('displayName') ?? '', handle: offered('handle') ?? '' });
}
/** The same browser once more, as it was before its answer. */
function withErrandOf(wanderer: Wanderer): Wanderer {
  const again = new Wanderer();
  again.setCookie(forum.url, 'colloquy_errand', wanderer.cookie(forum.url, 'colloquy_errand') ?? '');
  return again;
}
/** Later than a repeat is taken for a second press. */
function aMomentLater(): void {
  const now = Date.now() + 6_000;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
}
async function whoIs(wanderer: Wanderer): Promise<OwnMember | null> {
  const cookie = wanderer.cookie(forum.url, 'colloquy_session');
  if (cookie === undefined) return null;
  return forum.done<OwnMember>('GET', '/api/v1/members/me', { headers: { cookie: `colloquy_session=${cookie}` } });
}
/** Goes as far as the house's answer, which it does not bring to the forum yet. */
async function answerOf(person: HousePerson, path = '/sign-in/oidc/acme', wanderer = new Wanderer()) {
  house.person = person;
  const { url } = await wanderer.go(at(path), (next) => next.pathname.endsWith('/callback'));
  return { url, wanderer };
}
async function confirm(member: TestMember): Promise<void> {
  const { app } = forum.forum;
  const known = await app.get(MemberLookup).byId(member.member.id);
  if (known?.email == null) throw new Error('a member without an address');
  const meta = commandMeta(known);
  await app.get(EmailConfirming).reserve({ ...known, email: known.email }, meta);
  await app.get(EmailConfirming).confirm(known, meta);
}

describe('somebody new', () => {
  test('gets an account without a password, and comes back to it', async () => {
    const person = somebody({ preferred_username: 'linh.nguyen', name: 'Nguyễn Linh' });
    const asked = await comesAs(person, '/sign-in/oidc/acme?next=%2Farchive');
    expect(asked.text).toMatch(/name="handle"[^>]* value="linh.nguyen"/);
    expect(await whoIs(asked.by)).toBeNull();
    const first = { ...(await sendsOffered(asked, asked.by)), by: asked.by };
    expect(first).toMatchObject({ status: 200, url: new URL(at('/archive')) });
    const member = await whoIs(first.by);
    expect(member).toMatchObject({
      handle: 'linh.nguyen',
      displayName: 'Nguyễn Linh',
      email: person.email,
      emailConfirmed: false,
      roles: ['member'],
    });
    const second = await comesAs(person);
    expect((await whoIs(second.by))?.id).toBe(member?.id);
    const login = { login: 'linh.nguyen', password: 'a password of nobody' };
    expect(await forum.call('POST', '/api/v1/sessions', { body: login })).toMatchObject({ status: 401 });
  });

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'is not led to %s',
    async (next) => {
      const { url } = await joinsAs(somebody(), `/sign-in/oidc/acme?next=${encodeURIComponent(next)}`);
      expect(url.href).toBe(at('/'));
    },
  );

  test('gets another handle when its own is taken, and none that passes for somebody', async () => {
    const taken = await joinsAs(somebody({ preferred_username: 'linh.nguyen', name: 'linh.nguyen' }));
    expect((await whoIs(taken.by))?.handle).toBe('linh.nguyen2');
    const odd = await comesAs(somebody({ preferred_username: 'the-аdmin', name: 'Nаme' }));
    expect(odd.url.pathname).toBe('/sign-in/oidc/acme/new');
    expect(await whoIs(odd.by)).toBeNull();
  });

  test('is asked when no handle can be made, and the rules hold on that page too', async () => {
    const { by, text, url } = await comesAs(somebody({ preferred_username: 'admin', name: 'Lіnh' }));
    expect(url.pathname).toBe('/sign-in/oidc/acme/new');
    expect(text).toContain('You come from Acme for the first time');
    const send = (displayName: string, handle: string) => by.send(url, { displayName, handle });
    expect((await send('Fine', 'аdmin')).status).toBe(400);
    expect((await send('Lіnh', 'fine-one')).status).toBe(400);
    expect((await send('Name of the-admin', 'fine-one')).status).toBe(400);
    expect((await send('Fine', 'the-admin')).status).toBe(409);
    expect(await whoIs(by)).toBeNull();
    expect((await send('Fine', 'fine-one')).url.href).toBe(at('/'));
    expect(await whoIs(by)).toMatchObject({ handle: 'fine-one', displayName: 'Fine' });
    expect((await send('Again', 'fine-two')).status).toBe(404);
  });

  test('without an address, or with one that the house has not confirmed, is asked like everybody', async () => {
    const { email: _, ...without } = somebody();
    const pages = [await comesAs(without)];
    for (const email_verified of [false, 'true', 1, undefined]) pages.push(await comesAs(somebody({ email_verified })));
    pages.push(await comesAs(somebody({ email: 'the-admin@example.org', email_verified: false })));
    for (const { url, text } of pages) {
      expect(url.pathname).toBe('/sign-in/oidc/acme/new');
      expect(text).toContain('You have an account here already');
    }
  });

  test('who comes twice at once has one account', async () => {
    house.person = somebody();
    const walks = [new Wanderer(), new Wanderer(), new Wanderer()];
    const asked = await Promise.all(walks.map((wanderer) => wanderer.go(at('/sign-in/oidc/acme'))));
    await Promise.all(asked.map((page, n) => sendsOffered(page, walks[n] ?? new Wanderer())));
    const members = await Promise.all(walks.map(whoIs));
    expect(new Set(members.map((member) => member?.id ?? null))).toEqual(new Set([expect.any(String)]));
  });
});

describe('an answer that a browser brings twice at once', () => {
  const bringsTwice = async (url: URL, wanderer: Wanderer) => {
    const again = withErrandOf(wanderer);
    const pages = await Promise.all([wanderer.go(url), again.go(url)]);
    return { pages, by: [wanderer, again] as const };
  };

  test('signs in once, with one session for both', async () => {
    const person = somebody();
    await joinsAs(person);
    const { url, wanderer } = await answerOf(person, '/sign-in/oidc/acme?next=%2Farchive');
    const { pages, by } = await bringsTwice(url, wanderer);
    expect(pages.map((page) => page.url.pathname)).toEqual(['/archive', '/archive']);
    const [one, other] = by.map((each) => each.cookie(forum.url, 'colloquy_session'));
    expect(other).toBe(one);
    expect((await whoIs(wanderer))?.displayName).toBe(person.name);
  });

  test('asks somebody new once how to be called', async () => {
    const { url, wanderer } = await answerOf(somebody());
    const { pages, by } = await bringsTwice(url, wanderer);
    expect(pages.map((page) => page.url.pathname)).toEqual(['/sign-in/oidc/acme/new', '/sign-in/oidc/acme/new']);
    await Promise.all(pages.map((page, n) => sendsOffered(page, by[n] ?? wanderer)));
    expect((await whoIs(by[0]))?.id).toBe((await whoIs(by[1]))?.id);
  });

  test.each([0, 4_000])('signs in once too when the second comes %i ms after the end of the first', async (later) => {
    const person = somebody();
    await joinsAs(person);
    const { url, wanderer } = await answerOf(person, '/sign-in/oidc/acme?next=%2Farchive');
    const again = withErrandOf(wanderer);
    await wanderer.go(url);
    const now = Date.now() + later;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    url.searchParams.set('session_state', 'another-query');
    expect((await again.go(url)).url.pathname).toBe('/archive');
    const [one, other] = [wanderer, again].map((each) => each.cookie(forum.url, 'colloquy_session'));
    expect([other, (await whoIs(again))?.displayName]).toEqual([one, person.name]);
  });

  test('stays open when a page of another site leads to the address with a state of its own', async () => {
    const { url, wanderer } = await answerOf(somebody());
    const state = url.searchParams.get('state') ?? '';
    for (const query of ['', '?code=x&state=y', '?code=x', `?code=x&state=y&state=${state}`, '?error=no&state=']) {
      expect((await wanderer.go(new URL(query || '?', url))).status).toBe(400);
    }
    expect((await wanderer.go(url)).url.pathname).toBe('/sign-in/oidc/acme/new');
  });

  test('is one answer when the queries differ in all but the state', async () => {
    const person = somebody();
    await joinsAs(person);
    const { url, wanderer } = await answerOf(person);
    const other = new URL(url);
    other.searchParams.set('session_state', 'another-query');
    const again = withErrandOf(wanderer);
    await Promise.all([wanderer.go(url), again.go(other)]);
    expect((await whoIs(again))?.id).toBe((await whoIs(wanderer))?.id);
    expect((await whoIs(again))?.displayName).toBe(person.name);
  });

  test('is left for the one who goes there, when a program asks for its head', async () => {
    const { url, wanderer } = await answerOf(somebody());
    const cookie = `colloquy_errand=${wanderer.cookie(forum.url, 'colloquy_errand')}`;
    const head = await fetch(url, { method: 'HEAD', headers: { cookie }, redirect: 'manual' });
    expect([head.status, head.headers.getSetCookie()]).toEqual([503, []]);
    expect((await wanderer.go(url)).url.pathname).toBe('/sign-in/oidc/acme/new');
  });

  test('is left for the one who goes there, when the browser asks ahead', async () => {
    const { url, wanderer } = await answerOf(somebody());
    const cookie = `colloquy_errand=${wanderer.cookie(forum.url, 'colloquy_errand')}`;
    const ahead = await fetch(url, { headers: { cookie, 'sec-purpose': 'prefetch' }, redirect: 'manual' });
    expect([ahead.status, ahead.headers.getSetCookie()]).toEqual([503, []]);
    expect((await wanderer.go(url)).url.pathname).toBe('/sign-in/oidc/acme/new');
  });
});

describe('what a browser keeps of somebody new', () => {
  const sends = (arrival: string, handle: string, by = new Wanderer()): Promise<Arrived> => {
    by.setCookie(forum.url, 'colloquy_arrival', arrival);
    return by.send(at('/sign-in/oidc/acme/new'), { displayName: handle, handle });
  };
  async function cameNew(handle: string) {
    const { by, url } = await comesAs(somebody());
    expect(url.pathname).toBe('/sign-in/oidc/acme/new');
    const arrival = by.cookie(forum.url, 'colloquy_arrival') ?? '';
    const press = () => sends(arrival, handle, by);
    return { arrival, press, by };
  }
  const tokenOf = (by: Wanderer): string => by.cookie(forum.url, 'colloquy_session') ?? '';
  const sessionsOf = async (by: Wanderer): Promise<number> =>
    (await forum.done<{ items: readonly unknown[] }>('GET', '/api/v1/sessions', { token: tokenOf(by) })).items.length;

  test('opens one session, which a second press at once gives again', async () => {
    const { arrival, press, by } = await cameNew('pressed-twice');
    const other = new Wanderer();
    const [first, second] = await Promise.all([press(), sends(arrival, 'pressed-twice', other)]);
    expect([first.url.pathname, second.url.pathname]).toEqual(['/', '/']);
    expect((await whoIs(other))?.id).toBe((await whoIs(by))?.id);
    expect(await sessionsOf(by)).toBe(1);
  });

  test.each<[string, (by: Wanderer) => Promise<Answer>]>([
    ['other sessions were ended', (by) => forum.call('DELETE', '/api/v1/sessions', { token: tokenOf(by) })],
    [
      'an admin ended all sessions',
      async (by) => forum.call('DELETE', `/api/v1/members/${(await whoIs(by))?.id}/sessions`, { token: admin.token }),
    ],
    ['it was signed out', (by) => forum.call('DELETE', '/api/v1/sessions/current', { token: tokenOf(by) })],
    [
      'a password was chosen',
      (by) => forum.call('PATCH', '/api/v1/members/me', { token: tokenOf(by), body: { password: PASSWORD } }),
    ],
  ])('opens no session once %s, under any handle', async (_, ends) => {
    const handle = `ended-${people}`;
    const { arrival, press, by } = await cameNew(handle);
    await press();
    const id = (await whoIs(by))?.id;
    expect((await ends(by)).status).toBeLessThan(300);
    for (const again of [handle, `${handle}-b`]) {
      const thief = new Wanderer();
      const { url, text } = await sends(arrival, again, thief);
      expect([url.pathname, tokenOf(thief), id]).toEqual(['/sign-in/oidc/acme/new', '', expect.any(String)]);
      expect(text).toContain('action="/sign-in');
    }
  });

  test('opens nothing a while after its account was made, under any handle', async () => {
    const { arrival, press } = await cameNew('used-up');
    expect((await press()).url.pathname).toBe('/');
    const now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now + 60_000);
    const thief = new Wanderer();
    expect([(await sends(arrival, 'used-up', thief)).status, tokenOf(thief)]).toEqual([400, '']);
    expect([(await sends(arrival, 'used-up-b', thief)).status, tokenOf(thief)]).toEqual([400, '']);
  });
});

describe('an account that exists', () => {
  test('is linked when its address is confirmed here and there, and only then', async () => {
    const own = await forum.member('has-account');
    const email = own.member.email ?? '';
    const unconfirmed = await comesAs(somebody({ email }));
    expect(unconfirmed.url.pathname).toBe('/sign-in/oidc/acme/new');
    await confirm(own);
    for (const email_verified of [false, 'true', undefined]) {
      const lied = await comesAs(somebody({ email, email_verified }));
      expect(lied.url.pathname).toBe('/sign-in/oidc/acme/new');
      expect(await whoIs(lied.by)).toBeNull();
    }
    const both = await comesAs(somebody({ email: email.toUpperCase() }));
    expect((await whoIs(both.by))?.id).toBe(own.member.id);
  });

  test('has one person of a house: the next with the same address is asked', async () => {
    const own = await forum.member('one-of-a-house');
    await confirm(own);
    const email = own.member.email ?? '';
    expect((await whoIs((await comesAs(somebody({ email }))).by))?.id).toBe(own.member.id);
    expect((await comesAs(somebody({ email }))).url.pathname).toBe('/sign-in/oidc/acme/new');
  });

  test('is linked from the settings after a press, and unlinked', async () => {
    const { by, page } = await signedIn('links-itself');
    const person = somebody();
    const back = await comesAs(person, '/sign-in/oidc/acme?link=1', by);
    expect(back.url.pathname).toBe('/settings/providers/acme');
    expect(back.text).toContain(person.email);
    expect(await linkedOf('links-itself')).toEqual([]);
    await by.send(back.url, { act: 'link' });
    expect(await linkedOf('links-itself')).toEqual([{ provider: 'acme', subject: person.sub }]);
    expect((await whoIs((await comesAs(person)).by))?.handle).toBe('links-itself');
    expect(await page('/settings/sign-in')).toContain('Unlink Acme');
    await by.send(at('/settings/providers/acme'), { act: 'unlink' });
    expect(await linkedOf('links-itself')).toEqual([]);
    expect((await whoIs((await comesAs(person)).by))?.handle).not.toBe('links-itself');
  });

  test('is linked and unlinked in an old session by its password alone', async () => {
    const { by } = await signedIn('left-open');
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 11 * 60_000);
    const back = await comesAs(somebody(), '/sign-in/oidc/acme?link=1', by);
    const press = (act: string, password: string) => by.send(at('/settings/providers/acme'), { act, password });
    expect(back.text).toContain('name="password"');
    expect([(await press('link', '')).status, (await press('link', 'a wrong one')).status]).toEqual([403, 400]);
    expect(await linkedOf('left-open')).toEqual([]);
    await press('link', PASSWORD);
    expect(await linkedOf('left-open')).toHaveLength(1);
    expect((await press('unlink', '')).status).toBe(403);
    await press('unlink', PASSWORD);
    expect(await linkedOf('left-open')).toEqual([]);
  });

  test('is not opened by an address and a confirmation that the house puts together from two answers', async () => {
    const own = await forum.member('two-answers');
    await confirm(own);
    house.forge = changed({ email_verified: true });
    const lied = await comesAs(somebody({ email: own.member.email ?? '', email_verified: false }));
    expect([lied.url.pathname, await whoIs(lied.by)]).toEqual(['/sign-in/oidc/acme/new', null]);
  });

  test('is not linked to somebody who has another account, nor by a press without having been there', async () => {
    const person = somebody();
    await joinsAs(person);
    const { by } = await signedIn('comes-late');
    const back = await comesAs(person, '/sign-in/oidc/acme?link=1', by);
    expect((await by.send(back.url, { act: 'link' })).status).toBe(409);
    const { by: idle } = await signedIn('was-nowhere');
    await idle.send(at('/settings/providers/acme'), { act: 'link' });
    expect(await linkedOf('comes-late')).toEqual([]);
    expect(await linkedOf('was-nowhere')).toEqual([]);
  });

  test('of one member is not linked by what another brought back', async () => {
    const { by } = await signedIn('brings-back');
    const back = await comesAs(somebody(), '/sign-in/oidc/acme?link=1', by);
    const { by: victim } = await signedIn('is-no-target');
    const stolen = by.cookie(forum.url, 'colloquy_arrival') ?? '';
    victim.setCookie(forum.url, 'colloquy_arrival', stolen);
    await victim.send(back.url, { act: 'link' });
    expect(await linkedOf('is-no-target')).toEqual([]);
  });

  test('keeps its last way in', async () => {
    const { by } = await joinsAs(somebody({ preferred_username: 'only-acme' }));
    const refused = await by.send(at('/settings/providers/acme'), { act: 'unlink' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('only way to sign in');
    expect(await linkedOf('only-acme')).toHaveLength(1);
  });

  async function linkedOf(handle: string) {
    return (await forum.forum.app.get(MemberLookup).byLogin(handle))?.linked;
  }

  async function signedIn(handle: string) {
    const { token } = await forum.member(handle);
    const by = new Wanderer();
    by.setCookie(forum.url, 'colloquy_session', token);
    return { by, page: async (path: string) => (await by.go(at(path))).text };
  }
});

describe('refused is', () => {
  const refusedAt = async (wanderer: Wanderer, url: URL): Promise<void> => {
    const { status, text } = await wanderer.go(url);
    expect({ status, isTold: text.includes('Signing in with') }).toEqual({ status: 400, isTold: true });
    expect(await whoIs(wanderer)).toBeNull();
  };

  test('a forged state', async () => {
    const { url, wanderer } = await answerOf(somebody());
    url.searchParams.set('state', 'x'.repeat(43));
    await refusedAt(wanderer, url);
  });

  test('an answer in another browser, or after the errand is over', async () => {
    const { url, wanderer } = await answerOf(somebody());
    await refusedAt(new Wanderer(), url);
    await wanderer.go(url);
    const again = new Wanderer();
    await refusedAt(again, url);
  });

  test('a code that was used, also by the browser that has used it', async () => {
    const { url, wanderer } = await answerOf(somebody());
    const errand = wanderer.cookie(forum.url, 'colloquy_errand') ?? '';
    await sendsOffered(await wanderer.go(url), wanderer);
    expect(await whoIs(wanderer)).not.toBeNull();
    const replaying = new Wanderer();
    replaying.setCookie(forum.url, 'colloquy_errand', errand);
    aMomentLater();
    await refusedAt(replaying, url);
  });

  test('a second answer to one errand, though the house gives a new code', async () => {
    house.person = somebody();
    const wanderer = new Wanderer();
    const { url: asked } = await wanderer.go(at('/sign-in/oidc/acme'), (next) => next.origin === house.issuer);
    const errand = wanderer.cookie(forum.url, 'colloquy_errand') ?? '';
    await sendsOffered(await wanderer.go(asked), wanderer);
    expect(await whoIs(wanderer)).not.toBeNull();
    const { url: second } = await wanderer.go(asked, (next) => next.pathname.endsWith('/callback'));
    const replaying = new Wanderer();
    replaying.setCookie(forum.url, 'colloquy_errand', errand);
    aMomentLater();
    await refusedAt(replaying, second);
  });

  test('an errand that the forum did not seal', async () => {
    const { url, wanderer } = await answerOf(somebody());
    const sealed = wanderer.cookie(forum.url, 'colloquy_errand') ?? '';
    for (const forged of [
      `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`,
      sealed.slice(0, -4),
      '',
      'x'.repeat(4_000),
    ]) {
      const other = new Wanderer();
      other.setCookie(forum.url, 'colloquy_errand', forged);
      await refusedAt(other, url);
    }
  });

  test('an answer of one house at the address of another', async () => {
    const first = await answerOf(somebody());
    const there = new URL(first.url.href.replace('/oidc/acme/', '/oidc/other/'));
    await refusedAt(first.wanderer, there);

    const second = await answerOf(somebody());
    other.person = somebody();
    const mixed = new Wanderer();
    const elsewhere = await mixed.go(at('/sign-in/oidc/other'), (next) => next.pathname.endsWith('/callback'));
    elsewhere.url.searchParams.set('code', second.url.searchParams.get('code') ?? '');
    await refusedAt(mixed, elsewhere.url);
  });

  test('an answer that names another issuer', async () => {
    const { url, wanderer } = await answerOf(somebody());
    url.searchParams.set('iss', other.issuer);
    await refusedAt(wanderer, url);
  });

  test('a person who did not agree', async () => {
    const { url, wanderer } = await answerOf(somebody());
    url.searchParams.delete('code');
    url.searchParams.set('error', 'access_denied');
    await refusedAt(wanderer, url);
  });

  test.each<[string, (token: string) => string]>([
    ['a wrong nonce', changed({ nonce: 'of another sign-in' })],
    ['no nonce', changed({ nonce: undefined })],
    ['a wrong audience', changed({ aud: 'another forum' })],
    ['another issuer', changed({ iss: 'https://evil.example' })],
    ['an end that is over', changed({ exp: 1 })],
    ['no sub', changed({ sub: undefined })],
    ['an empty sub', changed({ sub: '' })],
    ['a sub with NUL', changed({ sub: 'a\0b', email: 'nul@example.net', name: 'Nul' })],
    ['another key', signedBy(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)],
    ['no signature', (token) => raw({ alg: 'none' }, payloadOf(token), null)],
    ['the client secret as a key', (token) => raw({ alg: 'HS256', kid: KID }, payloadOf(token), house.clientSecret)],
    ['the public key as a secret', (token) => raw({ alg: 'HS256', kid: KID }, payloadOf(token), publicPem())],
    ['a changed payload', (token) => token.replace(/\.[^.]+\./, `.${encoded({ ...payloadOf(token), sub: 'x' })}.`)],
    ['what is no token', () => 'x.y.z'],
  ])('an ID token with %s', async (_, forge) => {
    const { url, wanderer } = await answerOf(somebody());
    house.forge = forge;
    await refusedAt(wanderer, url);
  });

  test('nothing that the house says honestly through the same hands', async () => {
    house.forge = changed({});
    expect(await whoIs((await joinsAs(somebody())).by)).not.toBeNull();
  });
});

describe('a first password', () => {
  test('is chosen on the settings without a current one, and then signs in', async () => {
    const { by } = await joinsAs(somebody({ preferred_username: 'first.password' }));
    const before = await by.go(at('/settings'));
    expect(before.text).not.toContain('name="currentPassword"');
    const sent = await by.send(at('/settings'), { displayName: 'First', password: PASSWORD });
    expect(sent.status).toBe(200);
    expect(sent.text).toContain('name="currentPassword"');
    await forum.signIn('first.password');
  });
});

describe('a session', () => {
  test('that somebody put into the browser before is not the one that the sign-in makes', async () => {
    const by = new Wanderer();
    const attacker = await forum.member('attacker');
    by.setCookie(forum.url, 'colloquy_session', attacker.token);
    await joinsAs(somebody(), '/sign-in/oidc/acme', by);
    expect(by.cookie(forum.url, 'colloquy_session')).not.toBe(attacker.token);
    const me = await forum.done<OwnMember>('GET', '/api/v1/members/me', { token: attacker.token });
    expect(me.id).toBe(attacker.member.id);
    expect((await whoIs(by))?.id).not.toBe(attacker.member.id);
  });

  test('of a banned member is not made', async () => {
    const person = somebody({ preferred_username: 'to-be-banned' });
    const member = await whoIs((await joinsAs(person)).by);
    const body = { kind: 'ban', reason: 'abuse', statement: 'x' };
    await forum.done('POST', `/api/v1/members/${member?.id}/sanctions`, { token: admin.token, body });
    const { status, by } = await comesAs(person);
    expect(status).toBe(403);
    expect(await whoIs(by)).toBeNull();
  });
});

describe('a house that', () => {
  test('is down leaves a clear page with the other ways', async () => {
    const gone = await OidcHouse.open();
    const settings = gone.settings('GONE');
    await gone.close();
    const lonely = await startForum({ env: settings });
    await lonely.admin();
    const { status, text } = await new Wanderer().go(`${lonely.url}/sign-in/oidc/gone`);
    expect(status).toBe(503);
    expect(text).toMatch(/gone does not answer now/i);
    expect(text).toContain('name="password"');
    await lonely.close();
  });

  test('takes the connection and says nothing is given up in time', async () => {
    const mute = await OidcHouse.open();
    mute.isAnswering = false;
    const lonely = await startForum({ env: mute.settings('MUTE') });
    await lonely.admin();
    const { status } = await new Wanderer().go(`${lonely.url}/sign-in/oidc/mute`);
    expect(status).toBe(503);
    await lonely.close();
    await mute.close();
  });

  const json = { 'content-type': 'application/json' };
  const much = (response: ServerResponse): void => {
    response.writeHead(200, json);
    response.write('{"sub":"much","name":"');
    told = 0;
    Readable.from(mebibytes()).pipe(response);
  };
  const dripping = (response: ServerResponse): void => {
    response.writeHead(200, json);
    response.write('{');
    const drip = setInterval(() => response.write(' '), 1000);
    response.on('close', () => clearInterval(drip));
  };

  test.each(['/token', '/me', '/jwks'])('says far too much at %s is refused with the usual words', async (path) => {
    const [lonely, loud] = await withHouse({ path, answer: much });
    const { status, text } = await new Wanderer().go(`${lonely.url}/sign-in/oidc/loud`);
    expect(status).toBe(400);
    expect(text).toContain('Signing in with Loud did not work.');
    expect(told).toBeLessThan(MUCH);
    await Promise.all([lonely.close(), loud.close()]);
  });

  test.each(['/.well-known', '/token', '/me'])('says a byte a second at %s is given up in time', async (path) => {
    const [lonely, loud] = await withHouse({ path, answer: dripping });
    const { status, text } = await new Wanderer().go(`${lonely.url}/sign-in/oidc/loud`);
    expect(status).toBe(503);
    expect(text).toMatch(/loud does not answer now/iu);
    await Promise.all([lonely.close(), loud.close()]);
  });

  test('says far too much of itself does not answer', async () => {
    const [lonely, loud] = await withHouse({ path: '/.well-known', answer: much });
    expect((await new Wanderer().go(`${lonely.url}/sign-in/oidc/loud`)).status).toBe(503);
    await Promise.all([lonely.close(), loud.close()]);
  });

  test('nobody knows is not found', async () => {
    for (const path of [
      '/sign-in/oidc/nobody',
      '/sign-in/oidc/nobody/callback?code=x&state=y',
      '/sign-in/oidc/acme/new',
    ])
      expect((await new Wanderer().go(at(path))).status).toBe(404);
  });
});

test('the page to sign in shows the houses, and where to come back', async () => {
  const { text } = await new Wanderer().go(at('/sign-in?next=%2Farchive'));
  expect(text).toContain('Sign in with Acme');
  expect(text).toContain('href="/sign-in/oidc/other?next=%2Farchive"');
});

function payloadOf(token: string): Record<string, unknown> {
  const payload: unknown = createDecoder()(token);
  if (!isRecord(payload)) throw new Error('no payload');
  return { ...payload };
}
function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
function raw(header: object, payload: object, key: string | null): string {
  const parts = `${encoded({ typ: 'JWT', ...header })}.${encoded(payload)}`;
  return `${parts}.${key === null ? '' : createHmac('sha256', key).update(parts).digest('base64url')}`;
}
/** The token signed anew by the house with other claims. */
function changed(over: object): Forge {
  return (token) => signed({ ...payloadOf(token), ...over }, house.key);
}
function signedBy(key: KeyObject): Forge {
  return (token) => signed(payloadOf(token), key);
}
function signed(payload: object, key: KeyObject): string {
  const pem = key.export({ format: 'pem', type: 'pkcs8' }).toString();
  return createSigner({ key: pem, algorithm: 'RS256', kid: KID })(payload);
}
function publicPem(): string {
  return createPublicKey(house.key).export({ format: 'pem', type: 'spki' }).toString();
}
