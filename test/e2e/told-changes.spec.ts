import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import type { NewInvitation } from '../../libs/client/index.ts';
import { LinkProvider, UnlinkProvider } from '../../src/domain/member/provider.commands.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { outboxMails, tokenIn } from '../support/outbox-mails.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { addPasskey, codeOf, turnOn } from '../support/two-factors.ts';

const FACTOR = '/api/v1/members/me/second-factor';
const CHANGED = 'A way to sign in at Colloquy was changed';

let forum: RunningForum;
let admin: TestMember;
beforeAll(async () => {
  forum = await startForum({ env: { HOST: 'localhost' }, reacts: true });
  admin = await forum.admin();
});
afterAll(() => forum?.close());

const asAdmin = () => ({ cookie: `colloquy_session=${admin.token}` });
/** The sentences of the letters that tell the member of changes, once there are so many. */
async function told({ member }: TestMember, count: number): Promise<readonly string[]> {
  const mails = await outboxMails(forum.dataDir, member.email ?? '', count + 1);
  const letters = mails.filter(({ subject }) => subject === CHANGED);
  for (const { text } of letters) expect(text).toMatch(/\/reset\/[\w-]+\.[\w-]+/);
  return letters.map(({ text }) => text.split('\n\n')[1]?.replace(/ \(\d+ \w+ \d{4}, .*/s, '') ?? '');
}

test('every change of a way in is told once, with a way back', async () => {
  const linh = await forum.member('linh');
  const { token } = linh;
  const account = 'your account @linh at Colloquy';
  const { secret, recoveryCodes } = await turnOn(forum, linh);
  await forum.done('PUT', FACTOR, { token, body: { code: codeOf(secret) } });
  await forum.call('DELETE', FACTOR, { token, body: { code: codeOf(secret, 1) } });
  expect(recoveryCodes).toHaveLength(10);
  const { passkey } = await addPasskey(forum, linh);
  await forum.call('DELETE', `/api/v1/members/me/passkeys/${passkey.id}`, { token, body: {} });
  const meta = { actor: linh.member.id, now: new Date().toISOString(), causationId: null };
  const provider = { memberId: linh.member.id, provider: 'house' };
  const { app } = forum.forum;
  const send = (command: LinkProvider | UnlinkProvider) => app.get(CommandBus).execute(command);
  const once = () => ({ ...meta, commandId: randomUUID(), correlationId: randomUUID() });
  await send(new LinkProvider({ ...provider, subject: 's' }, once()));
  await send(new UnlinkProvider(provider, once()));
  const change = { password: `another ${PASSWORD}`, currentPassword: PASSWORD };
  await forum.done('PATCH', '/api/v1/members/me', { token, body: change });
  expect([...(await told(linh, 8))].sort()).toEqual(
    [
      `Signing in to ${account} now asks for a code too`,
      `New recovery codes were made for ${account}; the earlier ones count no more`,
      `Signing in to ${account} no longer asks for a code`,
      `A passkey was added to ${account}`,
      `A passkey was removed from ${account}`,
      `The provider house now signs in to ${account}`,
      `The provider house no longer signs in to ${account}`,
      `The password of ${account} was changed`,
    ].sort(),
  );
});

test('a recovery code that was used is told, with a way back', async () => {
  const found = await forum.member('list-found');
  const { recoveryCodes } = await turnOn(forum, found);
  const body = { login: 'list-found', password: PASSWORD, code: recoveryCodes[0] };
  await forum.done('POST', '/api/v1/sessions', { body });
  const mails = await outboxMails(forum.dataDir, found.member.email ?? '', 3);
  const letter = mails.find(({ subject }) => subject === 'A recovery code was used at Colloquy');
  expect(letter?.text).toMatch(/^Hello,\n\nA recovery code of your account @list-found at Colloquy was used/);
  expect(tokenIn({ text: letter?.text ?? '' }, '/reset/')).not.toBe('');
});

test('an admin turns a lost second factor off on the member’s page, and the member is told who it was', async () => {
  const lost = await forum.member('lost');
  await turnOn(forum, lost);
  const page = async (headers: Readonly<Record<string, string>>) =>
    String((await forum.call('GET', '/members/lost', { headers })).body);
  const form = `/admin/members/${lost.member.id}/second-factor`;
  expect(await page(asAdmin())).toContain(`action="${form}"`);
  const moderator = await forum.member('a-moderator', ['moderator']);
  const asModerator = { cookie: `colloquy_session=${moderator.token}` };
  expect(await page(asModerator)).not.toContain(form);
  const press = (headers: Readonly<Record<string, string>>) =>
    forum.call('POST', form, {
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      raw: 'back=%2Fmembers%2Flost',
    });
  expect((await press(asModerator)).status).toBe(403);
  const answer = await press(asAdmin());
  expect(answer.headers.get('location')).toMatch(/^\/members\/lost\?done=factorOff&after=\d+$/);
  expect(await page(asAdmin())).not.toContain(form);
  expect((await told(lost, 2)).at(-1)).toMatch(/^An admin turned off the second factor of your account @lost/);
});

test('an invitation with an address is mailed there, with a link of its own that counts once with the other', async () => {
  const body = { email: 'anna@example.org', roles: ['editor'] };
  const { token: shown } = await forum.done<NewInvitation>('POST', '/api/v1/invitations', { token: admin.token, body });
  const [mail] = await outboxMails(forum.dataDir, body.email);
  expect(mail).toMatchObject({ subject: 'You are invited to Colloquy' });
  const mailed = tokenIn({ text: mail?.text ?? '' }, '/register?invitation=');
  expect(mailed).not.toBe(shown);
  const register = (handle: string, invitation: string) =>
    forum.call('POST', '/api/v1/members', {
      body: { handle, displayName: handle, email: `${handle}@example.org`, password: PASSWORD, invitation },
    });
  expect(await register('anna', mailed)).toMatchObject({
    status: 201,
    body: { member: { roles: ['member', 'editor'], emailConfirmed: true } },
  });
  expect(await register('berta', shown)).toMatchObject({ body: { code: 'invitation_invalid' } });
});

test('an address is confirmed by the link that was mailed there alone, and not by the one that the admin was shown', async () => {
  const body = { email: 'clara@example.org' };
  const register = (handle: string, email: string, invitation: string) =>
    forum.call('POST', '/api/v1/members', {
      body: { handle, displayName: handle, email, password: PASSWORD, invitation },
    });
  const invite = () => forum.done<NewInvitation>('POST', '/api/v1/invitations', { token: admin.token, body });
  const { token: shown } = await invite();
  await outboxMails(forum.dataDir, body.email);
  const unproven = { status: 201, body: { member: { emailConfirmed: false } } };
  expect(await register('clara', body.email, shown)).toMatchObject(unproven);
  await invite();
  const mails = await outboxMails(forum.dataDir, body.email, 3);
  const mailed = tokenIn(
    { text: mails.findLast(({ text }) => text.includes('invitation='))?.text ?? '' },
    'invitation=',
  );
  expect(await register('clara-two', 'elsewhere@example.org', mailed)).toMatchObject(unproven);
});
