import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { addPasskey, turnOn } from '../support/two-factors.ts';

jest.setTimeout(60_000);

const NEW_PASSWORD = 'the words of the owner';

let server: MailServer;
let forum: RunningForum;
let moderator: TestMember;

beforeAll(async () => {
  server = await startMailServer();
  forum = await startForum({
    reacts: true,
    env: { HOST: 'localhost', SMTP_URL: server.url, MAIL_FROM: 'forum@forum.example' },
  });
  await forum.admin();
  moderator = await forum.member('sokha', ['moderator']);
});
afterAll(async () => {
  await forum.close();
  await server.close();
});

/** The text of the mail to the address that is the `count`-th, by default the first, to say so. */
async function mailTo(address: string, says: string, count = 1): Promise<string> {
  const mails = await server.gets(
    count,
    ({ to, parsed }) => to.includes(address) && parsed.text?.replaceAll(/\s+/g, ' ').includes(says) === true,
  );
  return mails[count - 1]?.parsed.text ?? '';
}

const tokenIn = (text: string, path: string) => new RegExp(`${path}([\\w.-]+)`).exec(text)?.[1] ?? '';
const wayBack = async (address: string, says: string) => tokenIn(await mailTo(address, says), '/reset/');
const press = (path: string) =>
  forum.call('POST', path, { raw: '', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
const reset = async (token: string, password = NEW_PASSWORD) =>
  (await forum.call('PUT', `/api/v1/password-resets/${token}`, { body: { password } })).status;
const signIn = async (login: string, password: string) =>
  (await forum.call('POST', '/api/v1/sessions', { body: { login, password } })).status;

async function register(handle: string): Promise<string> {
  const body = { handle, displayName: handle, email: `${handle}@example.org`, password: PASSWORD };
  await forum.done('POST', '/api/v1/members', { body });
  return (await forum.signIn(handle)).token;
}

async function confirm(address: string, says: string): Promise<void> {
  expect((await press(`/confirm/${tokenIn(await mailTo(address, says), '/confirm/')}`)).status).toBe(200);
}

test('the owner who takes the account back ends every way back that the thief has, and the thief is told', async () => {
  const token = await register('owner');
  await confirm('owner@example.org', '@owner');
  await forum.done('PATCH', '/api/v1/members/me', { token, body: { email: 'thief@example.org' } });
  await confirm('thief@example.org', '@owner');
  await turnOn(forum, { token });
  const kept = await wayBack('thief@example.org', 'now asks for a code');
  const own = await wayBack('owner@example.org', 'The e-mail address of your account');
  expect(await reset(own)).toBe(204);

  expect(await mailTo('thief@example.org', 'took it back')).not.toContain('/reset/');
  expect(await reset(kept, 'the words of the thief')).toBe(410);
  expect([
    await signIn('owner@example.org', NEW_PASSWORD),
    await signIn('owner', 'the words of the thief'),
    await signIn('thief@example.org', NEW_PASSWORD),
  ]).toEqual([201, 401, 401]);
  // What is told of the taking back itself leads back to the owner's address, not to the thief's.
  expect(await reset(await wayBack('owner@example.org', 'The password of your account'))).toBe(204);
  expect(await signIn('owner@example.org', NEW_PASSWORD)).toBe(201);
});

test('the newest mail takes off what was added before it too, and leads to the list of what remains', async () => {
  const token = await register('newest');
  await confirm('newest@example.org', '@newest');
  await addPasskey(forum, { token });
  await mailTo('newest@example.org', 'A passkey was added');
  await turnOn(forum, { token });
  const link = await wayBack('newest@example.org', 'now asks for a code');
  const answer = await forum.call('POST', `/reset/${link}`, {
    raw: `back=1&password=${encodeURIComponent(NEW_PASSWORD)}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const next = answer.headers.get('location') ?? '';
  expect([answer.status, next]).toEqual([303, '/sign-in?done=takenBack&next=%2Fsettings%2Fsign-in']);
  expect(String((await forum.call('GET', next)).body)).toContain('The account is yours again.');
  await mailTo('newest@example.org', 'A passkey was removed');
  expect(await signIn('newest', NEW_PASSWORD)).toBe(201);
});

test('whoever replaces the password of an address that was never confirmed finds nothing that others added', async () => {
  const token = await register('victim');
  await mailTo('victim@example.org', '@victim');
  await addPasskey(forum, { token });
  const asked = { body: { email: 'victim@example.org' } };
  expect((await forum.call('POST', '/api/v1/password-resets', asked)).status).toBe(202);
  const link = tokenIn(await mailTo('victim@example.org', 'was never confirmed'), '/reset/');
  expect(String((await forum.call('GET', `/reset/${link}`)).body)).toContain('was never confirmed');
  expect(await reset(link)).toBe(204);
  await mailTo('victim@example.org', 'A passkey was removed');
  const session = await forum.signIn('victim@example.org', NEW_PASSWORD);
  expect((await forum.call('GET', '/api/v1/members/me', { token: session.token })).body).toMatchObject({
    emailConfirmed: true,
  });
  expect((await forum.call('GET', '/api/v1/members/me', { token })).status).toBe(401);
});

test('the owner who takes the account back takes back the erasure that the thief asked for, and is told so', async () => {
  const token = await register('leaver');
  await confirm('leaver@example.org', '@leaver');
  const body = { comments: 'remove', password: PASSWORD };
  const asked = await forum.done<{ erasureId: string }>('POST', '/api/v1/members/me/erasure', { token, body });
  await forum.done('PATCH', '/api/v1/members/me', { token, body: { email: 'eraser@example.org' } });
  await confirm('eraser@example.org', '@leaver');
  expect(await reset(await wayBack('leaver@example.org', 'The e-mail address of your account'))).toBe(204);

  expect(await mailTo('leaver@example.org', 'was taken back too, and nothing is erased')).toContain('/settings/data');
  expect((await forum.call('GET', `/api/v1/erasures/${asked.erasureId}`)).body).toMatchObject({ state: 'taken-back' });
  const session = await forum.signIn('leaver@example.org', NEW_PASSWORD);
  const headers = { cookie: `colloquy_session=${session.token}` };
  const page = String((await forum.call('GET', '/settings/data', { headers })).body);
  expect(page).toContain('somebody asked that this account be erased. It was taken back with the account');
  expect(page).toContain('action="/settings/data/erasure"');
});

test('an address that is wanted is shown, told to the present one, and given up with the other sessions or by the member', async () => {
  const token = await register('wisher');
  await confirm('wisher@example.org', '@wisher');
  const me = async () => (await forum.call('GET', '/api/v1/members/me', { token })).body;
  const wish = async (name: string) => {
    await forum.done('PATCH', '/api/v1/members/me', { token, body: { email: `${name}@example.org` } });
    return tokenIn(await mailTo(`${name}@example.org`, '@wisher'), '/confirm/');
  };
  const first = await wish('first');
  expect(await me()).toMatchObject({ email: 'wisher@example.org', pendingEmail: 'first@example.org' });
  expect(await mailTo('wisher@example.org', 'asked for another e-mail address')).toContain('/reset/');
  const subjects = server.received.flatMap(({ to, parsed }) =>
    to.includes('wisher@example.org') ? parsed.subject : [],
  );
  expect(subjects).toContain('Another e-mail address was asked for at Colloquy');
  expect(subjects).not.toContain('A way to sign in at Colloquy was changed');
  const listed = await forum.call('GET', '/api/v1/members?q=wisher', { token: moderator.token });
  expect([listed.status, JSON.stringify(listed.body)]).toEqual([200, expect.not.stringContaining('@example.org')]);
  const cookie = `colloquy_session=${token}`;
  const settings = await forum.call('GET', '/settings', { headers: { cookie } });
  expect(String(settings.body)).toContain('You asked for first@example.org.');
  expect((await forum.call('DELETE', '/api/v1/sessions', { token })).status).toBeLessThan(300);
  expect([(await press(`/confirm/${first}`)).status, await me()]).toEqual([
    410,
    expect.not.objectContaining({ pendingEmail: expect.anything() }),
  ]);

  const second = await wish('second');
  await forum.done('PATCH', '/api/v1/members/me', { token, body: { pendingEmail: null } });
  expect((await press(`/confirm/${second}`)).status).toBe(410);
  const third = await wish('third');
  const dropped = await forum.call('POST', '/settings/email', {
    raw: 'act=drop',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(dropped.status).toBe(303);
  expect((await press(`/confirm/${third}`)).status).toBe(410);
  expect(await me()).toEqual(expect.not.objectContaining({ pendingEmail: expect.anything() }));
});
