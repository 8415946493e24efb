import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { NewInvitation } from '../../libs/client/index.ts';
import { PASSWORD } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { turnOn } from '../support/two-factors.ts';

jest.setTimeout(60_000);

let forum: RunningForum;
beforeAll(async () => {
  forum = await startForum();
  await forum.admin();
});
afterAll(() => forum?.close());

const ZOE = { handle: 'zoe', displayName: 'Zoe', email: 'zoe@example.org', password: PASSWORD };

async function register(form: Readonly<Record<string, string>>) {
  const raw = new URLSearchParams(form).toString();
  const answer = await forum.call('POST', '/register', {
    raw,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const session = /colloquy_session=([^;]+)/.exec(answer.headers.getSetCookie().join('\n'))?.[1];
  return { status: answer.status, session, html: String(answer.body) };
}

describe('the form to register', () => {
  it('takes nothing that becomes part of an account from its address', async () => {
    const planted = { id: randomUUID(), handle: 'planted', displayName: 'Planted', email: 'planted@example.org' };
    const { token } = await forum.admin();
    const made = await forum.done<NewInvitation>('POST', '/api/v1/invitations', { token, body: {} });
    const invitation = made.token;
    const query = new URLSearchParams({ ...planted, next: '/archive', invitation });
    const html = String((await forum.call('GET', `/register?${query}`)).body);
    for (const text of Object.values(planted)) expect(html).not.toContain(text);
    expect(html).toContain('value="/archive"');
    expect(html).toContain(`value="${invitation}"`);
  });

  it('is told of its letter by the forum alone, not by the address of the page that follows', async () => {
    const made = async (handle: string) => {
      const raw = new URLSearchParams({ ...ZOE, id: randomUUID(), handle, email: `${handle}@example.org` }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await forum.call('POST', '/register', { raw, headers });
      const cookie = /colloquy_session=[^;]+/.exec(answer.headers.getSetCookie().join('\n'))?.[0] ?? '';
      const location = answer.headers.get('location') ?? '';
      return {
        location,
        page: async (path: string) => String((await forum.call('GET', path, { headers: { cookie } })).body),
      };
    };
    const [one, other] = [await made('told-one'), await made('told-other')];
    expect(await one.page(one.location)).toContain('A mail was sent to told-one@example.org.');
    for (const planted of ['/register/done?mail=sent', '/register/done?mail=later', other.location]) {
      const text = await one.page(planted);
      expect(text).toContain('told-one@example.org is not confirmed yet.');
      expect(text).not.toMatch(/No mail was sent|A mail was sent/);
    }
  });

  it('sent again signs in by its own password alone, and past no second factor', async () => {
    const id = randomUUID();
    const first = await register({ ...ZOE, id });
    expect([first.status, typeof first.session]).toEqual([303, 'string']);
    const wrong = await register({ ...ZOE, id, password: 'anything at all' });
    expect([wrong.status, wrong.session]).toEqual([401, undefined]);
    const again = await register({ ...ZOE, id });
    expect([again.status, typeof again.session]).toEqual([303, 'string']);
    await turnOn(forum, await forum.signIn('zoe'));
    const half = await register({ ...ZOE, id });
    expect([half.status, half.session]).toEqual([200, undefined]);
    expect(half.html).toContain('name="ticket"');
  });

  it('sent again with other names reserves none of them for the member who is there', async () => {
    const id = randomUUID();
    const yan = { ...ZOE, handle: 'yan', displayName: 'Yan', email: 'yan@example.org' };
    await register({ ...yan, id });
    await register({ ...yan, id, handle: 'yanna', displayName: 'Yanna', email: 'mallory@example.org' });
    for (const login of ['yanna', 'mallory@example.org']) {
      const body = { login, password: PASSWORD };
      expect((await forum.call('POST', '/api/v1/sessions', { body })).status).toBe(401);
    }
  });
});
