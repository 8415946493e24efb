import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import type { Invitation, LogEntry, NewInvitation, OwnMember, Page, Session } from '../../libs/client/index.ts';
import { newEvent } from '../../libs/event-store/contract/new-events.ts';
import type { RegistrationWay, Role } from '../../libs/words/index.ts';
import { commandMeta } from '../../src/access/principal.ts';
import { newLinkToken } from '../../src/commands/link-token.ts';
import { MakeInvitation } from '../../src/domain/invitation/invitation.commands.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { TestSocket } from '../support/live-socket.ts';
import { mailedLink } from '../support/mailed-links.ts';
import { outboxMails } from '../support/outbox-mails.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';
import { Wanderer } from '../support/wanderer.ts';

let forum: RunningForum;
let admin: TestMember;
let member: TestMember;
beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  member = await forum.member('somebody');
});
afterAll(() => forum.close());

let people = 0;
function newcomer(over: object = {}): object {
  people += 1;
  const handle = `newcomer-${people}`;
  return { handle, displayName: `Newcomer ${people}`, email: `${handle}@example.org`, password: PASSWORD, ...over };
}
const register = (over: object = {}) => forum.call('POST', '/api/v1/members', { body: newcomer(over) });
const invite = (body: object = {}) =>
  forum.done<NewInvitation>('POST', '/api/v1/invitations', { token: admin.token, body });
async function invitationOf(id: string): Promise<Invitation | undefined> {
  const { items } = await forum.done<Page<Invitation>>('GET', '/api/v1/invitations', { token: admin.token });
  return items.find((one) => one.id === id);
}

let admins = 0;
const made = (): Promise<TestMember> => {
  admins += 1;
  return forum.member(`second-admin-${admins}`);
};
const giveRoles = (id: string, roles: readonly string[]) =>
  forum.done('PUT', `/api/v1/members/${id}/roles`, { token: admin.token, body: { roles } });
async function signedInAdmin(id: string): Promise<TestMember> {
  await giveRoles(id, ['member', 'admin']);
  const body = { login: `second-admin-${admins}`, password: PASSWORD };
  const { token, member: own } = await forum.done<Session>('POST', '/api/v1/sessions', { body });
  return { token, member: own };
}

describe('an invitation', () => {
  test('is made by an admin, with its token in that answer alone', async () => {
    const { invitation, token, url } = await invite({ roles: ['editor'], email: 'anna@example.org', note: 'For Anna' });
    expect(invitation).toMatchObject({
      roles: ['editor'],
      email: 'anna@example.org',
      note: 'For Anna',
      state: 'open',
      usedBy: null,
    });
    expect(url).toBe(`${forum.url}/register?invitation=${token}`);
    const list = await forum.call('GET', '/api/v1/invitations', { token: admin.token });
    expect(JSON.stringify(list.body)).not.toContain(token.split('.')[1]);
    for (const token of [undefined, member.token]) {
      for (const method of ['POST', 'GET'])
        expect(
          (await forum.call(method, '/api/v1/invitations', { token, ...(method === 'POST' ? { body: {} } : {}) }))
            .status,
        ).toBe(token === undefined ? 401 : 403);
    }
  });

  test('goes out in the language that the admin chose, of those that the forum offers; in its own otherwise', async () => {
    const sending = await startForum({ reacts: true });
    try {
      const { token } = await sending.admin();
      await sending.done('PATCH', '/api/v1/site', { token, body: { defaultLocale: 'vi', locales: ['vi', 'th'] } });
      const wish = (body: object) => sending.call('POST', '/api/v1/invitations', { token, body });
      const subjectTo = async (email: string) => (await outboxMails(sending.dataDir, email))[0]?.subject;
      expect(await wish({ email: 'thai@example.org', locale: 'th' })).toMatchObject({ status: 201 });
      expect(await wish({ email: 'plain@example.org' })).toMatchObject({ status: 201 });
      expect(await subjectTo('thai@example.org')).toMatch(/\p{Script=Thai}/u);
      expect(await subjectTo('plain@example.org')).toContain('Bạn được mời');
      for (const locale of ['en', 'xx', 'not a tag'])
        expect(await wish({ locale })).toMatchObject({ status: 400, body: { errors: [{ field: 'locale' }] } });
      const by = new Wanderer();
      by.setCookie(sending.url, 'colloquy_session', token);
      const page = `${sending.url}/admin/invitations`;
      expect((await by.go(page)).text).toMatch(/<select[^>]* name="locale"[\s\S]*<option value="th" lang="th">ไทย/);
      await by.send(page, { email: 'by-page@example.org', note: '', days: '7', locale: 'th' });
      expect(await subjectTo('by-page@example.org')).toMatch(/\p{Script=Thai}/u);
      await wish({ email: 'staff@example.org', locale: 'vi', roles: ['moderator', 'editor'] });
      const [mail] = await outboxMails(sending.dataDir, 'staff@example.org');
      expect(mail?.text).toContain('vai trò: biên tập viên, người điều hành.');
      const refused = await by.send(page, { email: 'other@example.org', note: '', days: '7', locale: 'en' });
      expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('id="locale-error"')]);
    } finally {
      await sending.close();
    }
  });

  test('brings one person in, with its roles', async () => {
    const { invitation, token } = await invite({ roles: ['editor', 'moderator'] });
    const first = await register({ invitation: token });
    expect(first).toMatchObject({
      status: 201,
      body: { member: { roles: ['member', 'editor', 'moderator'], state: 'active' } },
    });
    expect(await register({ invitation: token })).toMatchObject({ status: 403, body: { code: 'invitation_invalid' } });
    expect(await invitationOf(invitation.id)).toMatchObject({
      state: 'used',
      usedBy: { handle: `newcomer-${people - 1}` },
    });
  });

  test('is used by one of many who come at once', async () => {
    const { token } = await invite();
    const statuses = await Promise.all(
      Array.from({ length: 5 }, async () => (await register({ invitation: token })).status),
    );
    expect(statuses.sort()).toEqual([201, 403, 403, 403, 403]);
  });

  test('stays when the registration was refused', async () => {
    const { invitation, token } = await invite();
    expect((await register({ invitation: token, handle: 'the-admin' })).status).toBe(409);
    expect((await register({ invitation: token, handle: 'аdmin' })).status).toBe(400);
    expect(await invitationOf(invitation.id)).toMatchObject({ state: 'open' });
    expect((await register({ invitation: token })).status).toBe(201);
  });

  test.each<[string, (other: TestMember) => Promise<unknown>]>([
    ['lost the role', ({ member: { id } }) => giveRoles(id, ['member'])],
    [
      'was banned',
      async ({ member: { id } }) => {
        await giveRoles(id, ['member']);
        const body = { kind: 'ban', reason: 'A thief.' };
        await forum.done('POST', `/api/v1/members/${id}/sanctions`, { token: admin.token, body });
      },
    ],
    [
      'took the account back',
      async ({ member: { id } }) => {
        const back = await mailedLink(forum, 'way-back', id);
        const body = { password: 'the owner has it again' };
        expect((await forum.call('PUT', `/api/v1/password-resets/${back}`, { body })).status).toBeLessThan(300);
      },
    ],
  ])('counts no more once the admin who made it %s, and the list says so', async (_, loses) => {
    const { id } = (await made()).member;
    const other = await signedInAdmin(id);
    const body = { roles: ['admin'] };
    const wish = { token: other.token, body };
    const { invitation, token } = await forum.done<NewInvitation>('POST', '/api/v1/invitations', wish);
    expect(await invitationOf(invitation.id)).toMatchObject({ state: 'open' });
    await loses(other);
    expect(await register({ invitation: token })).toMatchObject({ status: 403, body: { code: 'invitation_invalid' } });
    expect(await invitationOf(invitation.id)).toMatchObject({ state: 'void' });
    const path = `/api/v1/invitations/${invitation.id}`;
    expect((await forum.call('DELETE', path, { token: admin.token })).status).toBe(204);
    expect(await invitationOf(invitation.id)).toMatchObject({ state: 'withdrawn' });
  });

  test('that was made after the account was taken back counts', async () => {
    const { id } = (await made()).member;
    const back = await mailedLink(forum, 'way-back', id);
    await forum.call('PUT', `/api/v1/password-resets/${back}`, { body: { password: PASSWORD } });
    const { token } = await signedInAdmin(id);
    const own = await forum.done<NewInvitation>('POST', '/api/v1/invitations', { token, body: {} });
    expect((await register({ invitation: own.token })).status).toBe(201);
    expect(await invitationOf(own.invitation.id)).toMatchObject({ state: 'used' });
  });

  test('that was withdrawn brings nobody in; one that was used is not withdrawn', async () => {
    const { invitation, token } = await invite();
    const path = `/api/v1/invitations/${invitation.id}`;
    expect((await forum.call('DELETE', path, { token: member.token })).status).toBe(403);
    expect((await forum.call('DELETE', path, { token: admin.token })).status).toBe(204);
    expect((await forum.call('DELETE', path, { token: admin.token })).status).toBe(204);
    expect((await register({ invitation: token })).status).toBe(403);
    expect(await invitationOf(invitation.id)).toMatchObject({ state: 'withdrawn' });
    const used = await invite();
    await register({ invitation: used.token });
    const late = await forum.call('DELETE', `/api/v1/invitations/${used.invitation.id}`, { token: admin.token });
    expect(late).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  test.each([
    [(token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, 403],
    [(token: string) => token.slice(0, 40), 403],
    [(token: string) => token.replace(/^.{8}/, '00000000'), 403],
    [() => 'x', 403],
    [() => '', 400],
    [() => 'x'.repeat(101), 400],
  ])('with a wrong token brings nobody in', async (change, status) => {
    const { token } = await invite();
    expect((await register({ invitation: change(token) })).status).toBe(status);
  });

  test.each([
    [{ roles: ['king'] }],
    [{ roles: ['member'] }],
    [{ email: 'nobody' }],
    [{ expiresAt: '2001-01-01T00:00:00Z' }],
    [{ expiresAt: '2999-01-01T00:00:00Z' }],
    [{ note: 'x'.repeat(501) }],
    [{ surprise: 1 }],
  ])('is refused with %j', async (body) => {
    expect((await forum.call('POST', '/api/v1/invitations', { token: admin.token, body })).status).toBe(400);
  });

  test('is made, shown once, used and withdrawn on pages, without a script', async () => {
    const by = new Wanderer();
    by.setCookie(forum.url, 'colloquy_session', admin.token);
    const page = `${forum.url}/admin/invitations`;
    const made = await by.send(page, { email: 'by-page@example.org', note: 'On a page', days: '7', roles: 'editor' });
    const [, link = ''] = /<code dir="ltr">([^<]+)<\/code>/.exec(made.text) ?? [];
    expect(link).toContain(`${forum.url}/register?invitation=`);
    expect((await by.go(page)).text).not.toContain(link);
    expect((await by.send(page, { email: 'x', note: '', days: '0' })).status).toBe(400);

    const guest = new Wanderer();
    const form = await guest.go(link);
    expect(form.text).toContain('You come with an invitation. Name of the-admin invites you. ');
    expect(form.text).toContain('With this invitation you have the role: editor.');
    expect(form.text).toContain('value="by-page@example.org"');
    expect(form.headers.get('referrer-policy')).toBe('no-referrer');
    const invitation = new URL(link).searchParams.get('invitation') ?? '';
    const fields = {
      handle: 'by-page',
      displayName: 'By Page',
      email: 'by-page@example.org',
      password: PASSWORD,
      invitation,
    };
    const entered = await guest.send(`${forum.url}/register`, fields);
    expect(entered.text).toContain('A mail was sent to by-page@example.org.');
    expect(entered.text).toContain('Your role here: editor.');
    for (const spoilt of [link, `${link}x`]) {
      const { text } = await new Wanderer().go(spoilt);
      expect(text).toContain('This invitation was used, withdrawn, or has run out.');
      expect(text).toContain('Register without an invitation');
    }
    const profile = await forum.done<OwnMember>('GET', '/api/v1/members/by-page', { token: admin.token });
    expect(profile.roles).toEqual(['member', 'editor']);
  });
});

describe('where registration', () => {
  test('waits for approval, a newcomer reads and writes nothing until it is let in', async () => {
    const gate = await openedWith('approval');
    const boss = await gate.admin();
    const post = await gate.publish(boss);
    const body = newcomer({ handle: 'waiting-one' });
    const { member: own } = await gate.done<{ member: OwnMember }>('POST', '/api/v1/members', { body });
    expect(own.state).toBe('waiting');
    const { token } = await gate.signIn('waiting-one');
    const write = () => gate.call('POST', `/api/v1/posts/${post.id}/comments`, { token, body: { body: 'May I?' } });
    expect(await write()).toMatchObject({ status: 403, body: { code: 'membership_waiting' } });
    const rename = await gate.call('PATCH', '/api/v1/members/me', { token, body: { displayName: 'Another' } });
    expect(rename.status).toBe(403);
    const by = new Wanderer();
    by.setCookie(gate.url, 'colloquy_session', token);
    const { text } = await by.go(`${gate.url}/posts/${post.slug}`);
    expect(text.match(/>[^<"]*waits to be let in/g)).toHaveLength(1);
    expect((await by.go(`${gate.url}/archive`)).text).toContain('waits to be let in');
    const news = (await by.go(`${gate.url}/register/done`)).text;
    expect(news).toContain('What happens next: a moderator');
    expect(news).not.toContain('waits to be let in');
    const admins = new Wanderer();
    admins.setCookie(gate.url, 'colloquy_session', boss.token);
    expect((await admins.go(`${gate.url}/admin/members`)).text).toContain(
      'waiting to be let in · </strong><a href="/moderation/newcomers">',
    );
    const seen = async (as?: string, who = 'waiting-one'): Promise<readonly number[]> => {
      const found = await gate.call('GET', `/api/v1/members/${who}`, as === undefined ? {} : { token: as });
      const headers = as === undefined ? {} : { cookie: `colloquy_session=${as}` };
      return [found.status, (await gate.call('GET', `/members/${who}`, { headers })).status];
    };
    expect([await seen(), await seen(boss.token), await seen(token)]).toEqual([
      [401, 404],
      [200, 200],
      [200, 200],
    ]);

    const decide = (state: string, as: string) =>
      gate.call('PUT', `/api/v1/members/${own.id}/membership`, { token: as, body: { state, reason: 'Who are you?' } });
    expect((await decide('active', token)).status).toBe(403);
    expect((await decide('refused', boss.token)).status).toBe(200);
    expect(await write()).toMatchObject({ status: 403, body: { code: 'membership_refused' } });
    expect(await seen()).toEqual([401, 404]);
    expect((await decide('active', boss.token)).status).toBe(200);
    expect(await seen()).toEqual([401, 200]);
    await gate.done('POST', '/api/v1/members', { body: newcomer({ handle: 'waiting-two' }) });
    expect(await seen(token, 'waiting-two')).toEqual([404, 404]);
    expect(await seen(boss.token, 'waiting-two')).toEqual([200, 200]);
    expect((await write()).status).toBe(201);
    expect((await decide('refused', boss.token)).status).toBe(409);
    const mails = await outboxMails(gate.dataDir, own.email ?? '', 3);
    const [refusal, approval] = mails.filter(({ subject }) => !subject.includes('Confirm'));
    expect(refusal?.text).toContain('Who are you?');
    expect(approval?.subject).toContain('You are let in');
    await gate.close();
  });

  test('waits for approval, nobody who waits is given a role, and the page says why', async () => {
    const { gate, boss, one } = await withTwoWaiting();
    const path = `/api/v1/members/${one.id}/roles`;
    const answer = await gate.call('PUT', path, { token: boss.token, body: { roles: ['moderator'] } });
    expect(answer).toMatchObject({ status: 409, body: { code: 'not_let_in' } });
    const admins = new Wanderer();
    admins.setCookie(gate.url, 'colloquy_session', boss.token);
    const { text } = await admins.go(`${gate.url}/admin/members?q=first-one`);
    expect(text).toContain('Let this member in first.');
    expect(text).not.toContain('name="role-moderator"');
    await gate.close();
  });

  test('waits for approval, no role that the log names counts for whoever waits or was refused', async () => {
    const { gate, boss, one, other } = await withTwoWaiting();
    const { token } = await gate.signIn('first-one');
    await namedOfOld(gate, one.id, ['member', 'editor', 'moderator', 'auditor', 'admin']);
    const admins = new Wanderer();
    admins.setCookie(gate.url, 'colloquy_session', boss.token);
    await until(async () =>
      (await admins.go(`${gate.url}/admin/members?q=first-one`)).text.includes('name="role-moderator"'),
    );
    const decide = (id: string, state: string, as: string) =>
      gate.call('PUT', `/api/v1/members/${id}/membership`, { token: as, body: { state, reason: '' } });
    const headers = { cookie: `colloquy_session=${token}` };
    const rights = async (): Promise<readonly unknown[]> => {
      const answers = [
        ...(await Promise.all(FOR_STAFF.map((path) => gate.call('GET', path, { headers })))),
        await decide(one.id, 'active', token),
        await decide(other.id, 'active', token),
      ];
      const { roles, state } = await gate.done<OwnMember>('GET', '/api/v1/members/me', { token });
      return [[...new Set(answers.map(({ status }) => status))], roles, state, await joinsModeration(gate, token)];
    };
    expect(await rights()).toEqual([[403], ['member'], 'waiting', MAY_NOT]);
    const body = { comments: 'keep', password: PASSWORD };
    const leaves = await gate.call('POST', '/api/v1/members/me/erasure', { token: boss.token, body });
    expect(leaves).toMatchObject({ status: 409, body: { code: 'last_admin' } });
    await decide(one.id, 'refused', boss.token);
    expect(await rights()).toEqual([[403], ['member'], 'refused', MAY_NOT]);
    const roles = { token: boss.token, body: { roles: ['moderator'] } };
    expect((await gate.call('PUT', `/api/v1/members/${one.id}/roles`, roles)).status).toBe(200);
    await decide(one.id, 'active', boss.token);
    expect((await gate.call('GET', '/api/v1/moderation/queue', { token })).status).toBe(200);
    expect(await joinsModeration(gate, token)).toMatchObject({ ok: true });
    await gate.close();
  });

  test('waits for approval, an admin alone lets in somebody who holds a role, and the page names it', async () => {
    const { gate, boss, one, other } = await withTwoWaiting();
    const letIn = (token: string, id = one.id) =>
      gate.call('PUT', `/api/v1/members/${id}/membership`, { token, body: { state: 'active' } });
    expect((await letIn(boss.token, other.id)).status).toBe(200);
    await gate.done('PUT', `/api/v1/members/${other.id}/roles`, { token: boss.token, body: { roles: ['moderator'] } });
    const moderator = await gate.signIn('second-one');
    await namedOfOld(gate, one.id, ['member', 'editor', 'admin']);
    const by = new Wanderer();
    by.setCookie(gate.url, 'colloquy_session', moderator.token);
    const page = `${gate.url}/moderation/newcomers`;
    const isNamed = (text: string) => text.includes('This account has these roles: editor, admin.');
    await until(async () => isNamed((await by.go(page)).text));
    expect((await by.go(page)).text).not.toContain('name="state" value="active"');
    expect(await letIn(moderator.token)).toMatchObject({ status: 403, body: { code: 'holds_roles' } });
    expect((await by.send(`${page}/${one.id}`, { state: 'active' })).text).toContain('An admin alone can let it in');
    await by.send(`${page}/${one.id}`, { state: 'refused', reason: '' });
    expect(isNamed((await by.go(`${gate.url}/moderation/members/first-one`)).text)).toBe(true);
    expect(await letIn(moderator.token)).toMatchObject({ status: 403, body: { code: 'holds_roles' } });
    const token = await invitedOfOld(gate, one.id);
    expect((await letIn(boss.token)).status).toBe(200);
    const body = newcomer({ invitation: token });
    expect(await gate.call('POST', '/api/v1/members', { body })).toMatchObject({
      body: { code: 'invitation_invalid' },
    });
    const { items } = await gate.done<Page<Invitation>>('GET', '/api/v1/invitations', { token: boss.token });
    expect(items.map(({ state }) => state)).toEqual(['void']);
    await gate.close();
  });

  test('waits for approval, moderators let people in on their page', async () => {
    const gate = await openedWith('approval');
    const boss = await gate.admin();
    const ids = await Promise.all(
      ['first-one', 'second-one'].map(async (handle) => {
        const body = newcomer({ handle });
        return (await gate.done<{ member: OwnMember }>('POST', '/api/v1/members', { body })).member.id;
      }),
    );
    const by = new Wanderer();
    by.setCookie(gate.url, 'colloquy_session', boss.token);
    const page = `${gate.url}/moderation/newcomers`;
    const waiting = (await by.go(page)).text;
    expect(waiting).toContain('@first-one');
    expect(waiting).toMatch(/<bdi>[^<]+@[^<]+<\/bdi> · E-mail address not confirmed yet/);
    expect(waiting).toMatch(/Who waits <span class="waiting-count"[^>]*>2</);
    const record = `${gate.url}/moderation/members/first-one`;
    expect((await by.go(record)).text).toMatch(/This member waits to be let in[^<]*<a href="\/moderation\/newcomers">/);
    expect((await by.send(`${page}/${ids[0]}`, { state: 'active' })).text).toContain('is let in and may write now');
    expect((await by.go(record)).text).not.toContain('This member waits to be let in');
    const after = await by.send(`${page}/${ids[1]}`, { state: 'refused', reason: 'No' });
    expect(after.text).toContain('Nobody waits');
    const refused = (await by.go(`${gate.url}/moderation/members/second-one`)).text;
    expect(refused).toContain('This member was not let in, and cannot write.');
    expect(refused).toContain(`action="/moderation/newcomers/${ids[1]}"`);
    const log = await gate.done<Page<LogEntry>>('GET', '/api/v1/moderation/log', { token: boss.token });
    expect(
      log.items.map(({ kind, action, member, actor, note }) => [kind, action, member?.handle, actor?.id, note]),
    ).toEqual(
      expect.arrayContaining([
        ['member-refused', 'refuse', 'second-one', boss.member.id, 'No'],
        ['member-approved', 'approve', 'first-one', boss.member.id, null],
      ]),
    );
    const shown = (await by.go(`${gate.url}/moderation/log?kind=member-refused`)).text;
    expect(shown).toMatch(/member refused[\s\S]*No/);
    expect(shown).not.toContain('href="/moderation/members/first-one"');
    const undone = await by.send(`${page}/${ids[1]}`, { state: 'active' });
    expect(undone.text).toContain('is let in and may write now');
    const letIn = (await by.go(`${gate.url}/moderation/members/second-one`)).text;
    expect(letIn).not.toMatch(/was not let in|action="\/moderation\/newcomers/);
    await gate.close();
  });

  test('needs an invitation, only those who have one come, and wait for nobody', async () => {
    const gate = await openedWith('invitation');
    const boss = await gate.admin();
    const ask = (over: object = {}) => gate.call('POST', '/api/v1/members', { body: newcomer(over) });
    expect(await ask()).toMatchObject({ status: 403, body: { code: 'invitation_needed' } });
    expect((await new Wanderer().go(`${gate.url}/register`)).text).toContain('by invitation only');
    const { token } = await gate.done<NewInvitation>('POST', '/api/v1/invitations', { token: boss.token, body: {} });
    expect(await ask({ invitation: token })).toMatchObject({ status: 201, body: { member: { state: 'active' } } });
    await gate.close();
  });

  test('is closed, nobody comes, and the page says so', async () => {
    const gate = await openedWith('closed');
    const ask = (over: object = {}) => gate.call('POST', '/api/v1/members', { body: newcomer(over) });
    expect(await ask()).toMatchObject({ status: 403, body: { code: 'registration_closed' } });
    const { text } = await new Wanderer().go(`${gate.url}/register`);
    expect(text).toContain('takes no new members');
    expect(text).not.toContain('name="password"');
    await gate.close();
  });
});

/** A forum with an admin and this setting. */
async function openedWith(registration: RegistrationWay): Promise<RunningForum> {
  const gate = await startForum({ reacts: true });
  const { token } = await gate.admin();
  await gate.done('PATCH', '/api/v1/site', { token, body: { registration } });
  return gate;
}

interface Waiting {
  readonly gate: RunningForum;
  readonly boss: TestMember;
  readonly one: OwnMember;
  readonly other: OwnMember;
}

async function withTwoWaiting(): Promise<Waiting> {
  const gate = await openedWith('approval');
  const comes = async (handle: string) =>
    (await gate.done<{ member: OwnMember }>('POST', '/api/v1/members', { body: newcomer({ handle }) })).member;
  return { gate, boss: await gate.admin(), one: await comes('first-one'), other: await comes('second-one') };
}

const MAY_NOT = { ok: false, error: expect.objectContaining({ code: 'forbidden' }) };

/** What somebody with all roles reads. */
const FOR_STAFF = [
  ...['/api/v1/moderation/queue', '/api/v1/audit/events', '/api/v1/members', '/api/v1/invitations'],
  ...['/moderation', '/moderation/newcomers', '/audit/events', '/admin/settings'],
];

/** As versions recorded it that gave roles to whoever waits. */
async function namedOfOld({ forum }: RunningForum, memberId: string, roles: readonly Role[]): Promise<void> {
  const event = newEvent({ type: 'MemberRolesChanged.v1', data: { memberId, roles } });
  let revision = -1n;
  for await (const read of forum.log.store.readStream(`member-${memberId}`)) revision = read.revision;
  await forum.log.store.append(`member-${memberId}`, [event], revision);
}

/** An invitation that somebody made who waits, or was refused, as older versions let them. */
async function invitedOfOld({ forum: { app } }: RunningForum, by: string): Promise<string> {
  const invitationId = randomUUID();
  const { token, hash } = newLinkToken(invitationId);
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const wish = { invitationId, hash, expiresAt, roles: ['admin' as const], email: null, note: '' };
  const made = new MakeInvitation(wish, { ...commandMeta(null), actor: by });
  await app.get(CommandBus, { strict: false }).execute(made);
  return token;
}

async function joinsModeration({ url }: RunningForum, token: string): Promise<unknown> {
  const socket = await new TestSocket(url, { token }).connected();
  const answer = await socket.send('moderation:join', {});
  socket.io.close();
  return answer;
}
