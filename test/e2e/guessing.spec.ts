import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const PASSWORD = 'correct horse battery';
let forum: RunningForum;
let hop = 0;
beforeAll(async () => {
  forum = await startForum({ env: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
  await forum.admin();
});
afterAll(() => forum.close());

const from = (address: string) => ({ 'x-forwarded-for': address });
/** Another address each time. */
const anywhere = () => {
  hop += 1;
  return `198.51.${100 + Math.floor(hop / 250)}.${hop % 250}`;
};

async function register(handle: string, email = `${handle}@example.org`, password = PASSWORD): Promise<void> {
  const body = { handle, displayName: handle, email, password };
  await forum.done('POST', '/api/v1/members', { body, headers: from(anywhere()) });
}

async function signIn(login: string, password = 'not the password', address = anywhere(), cookie = '') {
  const headers = { ...from(address), ...(cookie === '' ? {} : { cookie, origin: forum.url }) };
  return forum.call('POST', '/api/v1/sessions', { body: { login, password }, headers });
}

async function statuses(tries: number, next: () => ReturnType<typeof signIn>): Promise<readonly number[]> {
  const found: number[] = [];
  for (let n = 0; n < tries; n += 1) found.push((await next()).status);
  return found;
}

/** The forum's clock, so that nobody waits. */
async function later(seconds: number, work: () => Promise<void>): Promise<void> {
  const now = Date.now();
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + seconds * 1_000);
  try {
    await work();
  } finally {
    clock.mockRestore();
  }
}

function pageForm(path: string, fields: Record<string, string>, headers: Record<string, string>) {
  const form = new URLSearchParams(fields).toString();
  return forum.call('POST', path, {
    raw: form,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: forum.url, ...headers },
  });
}

describe('guessing a password', () => {
  test('is stopped from however many addresses, in whatever spelling, and the wait grows', async () => {
    await register('Guessed');
    const spellings = ['Guessed', 'GUESSED', ' guessed ', 'ｇｕｅｓｓｅｄ'];
    let n = 0;
    const found = await statuses(40, () => signIn(spellings[n++ % spellings.length] ?? ''));
    expect(found.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(found.slice(10)).toEqual(Array(30).fill(429));

    const first = Number((await signIn('guessed')).headers.get('retry-after'));
    await later(first + 1, async () => {
      expect((await signIn('guessed')).status).toBe(401);
      expect(Number((await signIn('guessed')).headers.get('retry-after'))).toBeGreaterThan(first * 1.5);
    });
  });

  test('at once is no way around', async () => {
    await register('at-once');
    const answers = await Promise.all(Array.from({ length: 30 }, () => signIn('at-once')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
  });

  test('by handle counts for the address too, without telling whose it is', async () => {
    await register('two-names');
    await statuses(11, () => signIn('two-names'));
    const right = await signIn('two-names@example.org', PASSWORD);
    const wrong = await signIn('two-names@example.org');
    const nobody = await signIn('no-such-one@example.org');
    expect([right.status, wrong.status, nobody.status]).toEqual([401, 401, 401]);
    expect([right.body, wrong.body]).toEqual([nobody.body, nobody.body]);
    await later(1_000, async () => {
      expect((await signIn('two-names@example.org', PASSWORD)).status).toBe(201);
    });
  });

  test('from one IPv6 network is guessing from one address', async () => {
    const addresses = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::2', '2001:db8:1:2:1:2:3:4'];
    let n = 0;
    const found = await statuses(61, () => signIn(`somebody-${n}`, 'x', addresses[n++ % addresses.length]));
    expect([found.slice(0, 60), found[60]]).toEqual([Array(60).fill(401), 429]);
    expect((await signIn('somebody', 'x', '2001:db8:1:3::1')).status).toBe(401);
  });

  test('from ports of one address, or from what is no address, is guessing from one address', async () => {
    for (const told of [(n: number) => `203.0.113.9:${4_000 + n}`, (n: number) => `hop-${n}`]) {
      let n = 0;
      // The proxy itself may have been counted before.
      const found = await statuses(61, () => signIn(`nobody-${n}`, 'x', told(n++)));
      expect([found[50], found[60]]).toEqual([401, 429]);
    }
  });

  test('keeps the owner out neither for good nor from the browser that it uses, and is told to it once', async () => {
    await register('the-owner');
    const home = from('192.0.2.1');
    const fields = { login: 'the-owner', password: PASSWORD };
    const entered = await pageForm('/sign-in', fields, home);
    const cookies = entered.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
    const device = cookies.find((cookie) => cookie.startsWith('colloquy_devices=')) ?? '';
    expect(device).not.toBe('');

    await statuses(12, () => signIn('the-owner'));
    expect((await signIn('the-owner', PASSWORD)).status).toBe(429);
    const known = await pageForm('/sign-in', fields, { ...home, cookie: device });
    expect(known.status).toBe(303);
    await later(31, async () => {
      expect((await signIn('the-owner', PASSWORD)).status).toBe(201);
    });

    const cookie = known.headers
      .getSetCookie()
      .map((each) => each.split(';')[0] ?? '')
      .join('; ');
    const page = async (path: string) => String((await forum.call('GET', path, { headers: { ...home, cookie } })).body);
    expect(await page('/')).toMatch(/10 wrong passwords were tried for your account/);
    expect(await page('/settings')).toMatch(/10 wrong passwords were tried for your account/);
    expect(await page('/')).not.toContain('wrong passwords');
  });

  test('another’s proof opens no wait', async () => {
    await register('one');
    await register('another');
    const entered = await pageForm('/sign-in', { login: 'one', password: PASSWORD }, from(anywhere()));
    const cookie = entered.headers
      .getSetCookie()
      .map((each) => each.split(';')[0] ?? '')
      .find((each) => each.startsWith('colloquy_devices'));
    await statuses(10, () => signIn('another'));
    expect((await signIn('another', PASSWORD, anywhere(), cookie)).status).toBe(429);
    expect((await signIn('another', PASSWORD, anywhere(), 'colloquy_devices=AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(429);
  });

  test('goes on in the owner’s browser, whatever somebody else of its network tried', async () => {
    await register('at-home');
    const home = from('192.0.2.77');
    const device = await deviceOf({ login: 'at-home', password: PASSWORD }, home);
    await statuses(10, () => signIn('at-home', 'x', '192.0.2.77'));
    expect((await signIn('at-home', PASSWORD, '192.0.2.77')).status).toBe(429);
    expect((await signIn('at-home', PASSWORD, '192.0.2.77', device)).status).toBe(201);
  });

  describe('of somebody whose address another gave, too,', () => {
    const email = 'shared@example.org';
    const OTHER = 'quite another phrase';
    let [owners, others] = ['', ''];
    beforeAll(async () => {
      await register('rightful', email);
      await register('pretender', email, OTHER);
      owners = await deviceOf({ login: email, password: PASSWORD }, from(anywhere()));
      others = await deviceOf({ login: email, password: OTHER }, from(anywhere()));
    });

    test('is not told by the other’s own password', async () => {
      await statuses(12, () => signIn('rightful'));
      expect((await signIn(email, OTHER)).status).toBe(201);
    });

    test('spends no count of the owner’s browser', async () => {
      await statuses(14, () => signIn(email, 'x', anywhere(), others));
      expect((await signIn(email, PASSWORD, anywhere(), owners)).status).toBe(201);
    });
  });
});

/** What a browser keeps of a sign-in, as a header of cookies. */
async function deviceOf(fields: { login: string; password: string }, headers: Record<string, string>): Promise<string> {
  const entered = await pageForm('/sign-in', fields, headers);
  const cookies = entered.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return cookies.find((cookie) => cookie.startsWith('colloquy_devices=')) ?? '';
}
