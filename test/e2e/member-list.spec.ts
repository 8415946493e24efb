import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ListedMember, LookEntry, Page } from '../../libs/client/index.ts';
import { confirmedMember } from '../support/confirmed-member.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let admin: TestMember;
let moderator: TestMember;
let linh: TestMember;
beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  moderator = await forum.member('sokha', ['moderator']);
  linh = await forum.member('linh.nguyen');
  for (let n = 0; n < 5; n += 1) await forum.member(`reader-${n}`);
  await forum.done('POST', `/api/v1/members/${linh.member.id}/sanctions`, {
    token: moderator.token,
    body: { kind: 'ban', reason: 'abuse', statement: 'No more of this' },
  });
}, 120_000);
afterAll(() => forum?.close());

const list = (query: string, by: TestMember = admin) =>
  forum.done<Page<ListedMember>>('GET', `/api/v1/members${query}`, { token: by.token });
const handles = async (query: string, by?: TestMember) => (await list(query, by)).items.map(({ handle }) => handle);

describe('the list of members', () => {
  it('is for admins and moderators', async () => {
    expect((await forum.call('GET', '/api/v1/members')).status).toBe(401);
    const reader = await forum.member('a-reader');
    expect((await forum.call('GET', '/api/v1/members', { token: reader.token })).status).toBe(403);
    const headers = { cookie: `colloquy_session=${moderator.token}` };
    expect((await forum.call('GET', '/admin/members', { headers })).status).toBe(403);
  });

  it('shows addresses to admins alone, whose look is recorded', async () => {
    const [own] = (await list('?q=linh')).items;
    expect(own).toEqual({
      id: linh.member.id,
      handle: 'linh.nguyen',
      displayName: linh.member.displayName,
      roles: ['member'],
      locale: 'en',
      createdAt: linh.member.createdAt,
      state: 'banned',
      sanctions: ['ban'],
      lastSeenOn: new Date().toISOString().slice(0, 10),
      email: linh.member.email,
      emailConfirmed: false,
    });
    const [forModerator] = (await list('?q=linh', moderator)).items;
    expect(forModerator).not.toHaveProperty('email');
    expect(forModerator).not.toHaveProperty('emailConfirmed');
    const looks = await forum.done<Page<LookEntry>>('GET', '/api/v1/audit/looks', { token: admin.token });
    const seen = looks.items.filter(({ what }) => what === 'members').flatMap(({ members }) => members);
    expect(seen).toContain(linh.member.id);
  });

  it('finds by parts of names, by role and by state, and by a whole address for admins', async () => {
    expect(await handles('?q=NGUYEN')).toEqual(['linh.nguyen']);
    expect(await handles('?role=moderator')).toEqual(['sokha']);
    expect(await handles('?state=banned')).toEqual(['linh.nguyen']);
    expect(await handles('?state=waiting')).toEqual([]);
    const address = encodeURIComponent(linh.member.email ?? '');
    expect(await handles(`?q=${address}`)).toEqual(['linh.nguyen']);
    expect(await handles(`?q=${address}`, moderator)).toEqual([]);
    expect(await handles(`?q=${encodeURIComponent('@example')}`)).toEqual([]);
  });

  it('goes on page by page, newest first, without gaps', async () => {
    const whole = await handles('?limit=100');
    const read: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page<ListedMember> = await list(`?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      read.push(...page.items.map(({ handle }) => handle));
      cursor = page.next;
    }
    expect(read).toEqual(whole);
  });

  it.each(['?role=king', '?state=happy', '?limit=0', '?cursor=none', `?q=${'x'.repeat(300)}`, '?other=1'])(
    'refuses %s',
    async (query) => {
      expect((await forum.call('GET', `/api/v1/members${query}`, { token: admin.token })).status).toBe(400);
    },
  );
});

describe('the page of members', () => {
  const cookie = () => ({ cookie: `colloquy_session=${admin.token}` });
  const send = (id: string, raw: string) =>
    forum.call('POST', `/admin/members/${id}/roles`, {
      headers: { ...cookie(), 'content-type': 'application/x-www-form-urlencoded' },
      raw,
    });

  it('gives and takes roles, and never the admin’s own', async () => {
    const { id } = (await forum.member('next-moderator')).member;
    const given = await send(id, 'role-moderator=1&back=%2Fadmin%2Fmembers%3Fq%3Dnext');
    expect(given.headers.get('location')).toMatch(
      new RegExp(`^/admin/members\\?q=next&saved=${id}&after=\\d+#member-${id}$`),
    );
    const html = String((await forum.call('GET', '/admin/members?q=next', { headers: cookie() })).body);
    expect(html).toMatch(/name="role-moderator" value="1" checked/);
    const asked = await send(id, 'role-admin=1&back=%2Fadmin%2Fmembers');
    expect([asked.status, String(asked.body)]).toEqual([200, expect.stringMatching(/name="sure" value="1"/)]);
    expect((await list('?q=next')).items[0]?.roles).not.toContain('admin');
    await send(id, 'role-admin=1&sure=1');
    expect((await list('?q=next')).items[0]?.roles).toContain('admin');
    await send(id, '');
    expect((await list('?q=next')).items[0]?.roles).toEqual(['member']);
    expect((await send(admin.member.id, '')).status).toBe(403);
    expect((await send('0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a02', 'role-editor=1')).status).toBe(404);
    expect((await send('no-id', 'role-editor=1')).status).toBe(404);
    const away = await send(id, 'role-editor=1&back=https%3A%2F%2Fevil.example');
    expect(away.headers.get('location')).toMatch(/^\/\?saved=/);
  });

  it('says that no mail tells of new roles where no address is confirmed', async () => {
    const UNTOLD = 'No mail tells';
    for (const [{ member }, isTold] of [
      [await forum.member('role-untold'), false],
      [await confirmedMember(forum, 'role-told'), true],
    ] as const) {
      const to = (await send(member.id, 'role-editor=1&back=%2Fadmin%2Fmembers%3Fq%3Drole-')).headers.get('location');
      const html = String((await forum.call('GET', `${to}`, { headers: cookie() })).body);
      expect(html).toContain('Saved.');
      expect(html.includes(UNTOLD)).toBe(!isTold);
    }
  });

  it('offers a mail to an address that is not confirmed, and claims none that may never have been sent', async () => {
    const { token } = await forum.member('never-mailed');
    const headers = { cookie: `colloquy_session=${token}` };
    const html = String((await forum.call('GET', '/settings', { headers })).body);
    expect(html).toContain('never-mailed@example.org is not confirmed yet.');
    expect(html).toMatch(/action="\/settings\/confirmation"[\s\S]*?>Send the mail</);
    expect(html).not.toMatch(/that we sent|mail again/);
  });

  it('shows state, sanctions and the day on which somebody was seen', async () => {
    const html = String((await forum.call('GET', '/admin/members?q=linh', { headers: cookie() })).body);
    expect(html).toMatch(/banned[\s\S]+last seen on[\s\S]+Ban/);
    expect(html).toContain(linh.member.email);
  });
});
