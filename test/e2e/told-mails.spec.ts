import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NotificationPreferences, Post } from '../../libs/client/index.ts';
import { LeaveTokens } from '../../src/access/leave-tokens.ts';
import { MemberLookup } from '../../src/commands/member-lookup.ts';
import { confirmedMember } from '../support/confirmed-member.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type MailServer, type ReceivedMail, startMailServer } from '../support/mail-server.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let server: MailServer;
let forum: RunningForum;
let admin: TestMember;
let asker: TestMember;
let writer: TestMember;
let post: Post;

beforeAll(async () => {
  server = await startMailServer();
  forum = await startForum({
    reacts: true,
    env: { SMTP_URL: server.url, MAIL_FROM: 'forum@forum.example', EMBED_ORIGINS: 'https://blog.example' },
  });
  admin = await forum.admin();
  asker = await confirmedMember(forum, 'asker');
  writer = await confirmedMember(forum, 'writer');
  post = await forum.publish(admin, { title: 'Ferries' });
});

afterAll(async () => {
  await forum.close();
  await server.close();
});

const isTold = ({ parsed }: ReceivedMail): boolean => parsed.headerLines.some(({ key }) => key === 'list-unsubscribe');
const told = () => server.received.filter(isTold);
const headerOf = (n: number, name: string): string => {
  const raw = told()[n]?.parsed.headerLines.find(({ key }) => key === name)?.line ?? '';
  return raw
    .slice(raw.indexOf(':') + 1)
    .replaceAll(/\s+/g, ' ')
    .trim();
};
const gets = (count: number) => server.gets(count, isTold);

test('an answer is mailed at once, in one mail, with what ends such mails and what threads them', async () => {
  const root = await forum.comment(asker, post.id);
  await forum.comment(writer, post.id, { parentId: root.id, body: 'By **boat**' });
  await gets(1);
  expect(told()[0]).toMatchObject({ to: ['asker@example.org'] });
  expect(told()[0]?.parsed.subject).toBe('Name of writer answered you in “Ferries”');
  expect(told()[0]?.parsed.text).toContain('> By boat');
  expect(told()[0]?.parsed.text?.split(`${forum.url}/posts/${post.slug}#comment-`)).toHaveLength(2);
  expect(headerOf(0, 'list-unsubscribe')).toMatch(/^<http:\/\/[^>]+\/leave\/[\w-]{58}>$/);
  expect(headerOf(0, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  expect(headerOf(0, 'references')).toBe(`<${post.id}@forum.example>`);
  expect(headerOf(0, 'message-id')).toMatch(/^<[0-9a-f-]{36}@forum.example>$/);

  await forum.comment(writer, post.id, { parentId: root.id, body: 'Or by bridge' });
  await gets(2);
  expect(told()[1]?.parsed.text).toContain('Or by bridge');
  expect(told()[1]?.parsed.text).not.toContain('By boat');
  expect(headerOf(1, 'references')).toBe(headerOf(0, 'references'));
  expect(headerOf(1, 'message-id')).not.toBe(headerOf(0, 'message-id'));
});

test('nothing is mailed to an address that nobody has confirmed, of what is muted, or of what was read on the page', async () => {
  const silent = await forum.member('silent');
  const before = told().length;
  const quiet = await forum.comment(silent, post.id);
  await forum.comment(writer, post.id, { parentId: quiet.id });
  const other = await forum.publish(admin, { title: 'Bridges' });
  const root = await forum.comment(asker, other.id);
  await forum.done('PUT', `/api/v1/posts/${other.id}/mute`, { token: asker.token });
  await forum.comment(writer, other.id, { parentId: root.id });
  // A mail that does come shows that those before it were settled without one.
  const mine = await forum.comment(asker, post.id, { body: 'Anything else?' });
  await forum.comment(writer, post.id, { parentId: mine.id, body: 'The last word' });
  await gets(before + 1);
  expect(
    told()
      .slice(before)
      .map(({ parsed }) => parsed.text?.includes('The last word')),
  ).toEqual([true]);
});

test('a mention is mailed at once', async () => {
  const before = told().length;
  await forum.comment(writer, post.id, { body: 'Ask @asker about **boats**' });
  await gets(before + 1);
  expect(told()[before]).toMatchObject({ to: ['asker@example.org'] });
  expect(told()[before]?.parsed.text).toContain('about boats');
});

test('an answer below a page of another site leads to that page', async () => {
  const before = told().length;
  const url = 'https://blog.example/ferries?lang=en';
  const page = await forum.done<Post>('PUT', '/api/v1/pages', { body: { url, title: 'On a blog' } });
  const root = await forum.comment(asker, page.id);
  const answer = await forum.comment(writer, page.id, { parentId: root.id, body: 'Read it there' });
  await gets(before + 1);
  const text = told()[before]?.parsed.text ?? '';
  expect(text).toContain(`${url}#comment-${answer.id}\n`);
  expect(text).not.toContain(`/posts/${page.slug}`);
});

test('whoever is given a role is told so, with what it is for', async () => {
  const body = { roles: ['moderator'] };
  await forum.done('PUT', `/api/v1/members/${writer.member.id}/roles`, { token: admin.token, body });
  const isIt = ({ to, parsed }: ReceivedMail) =>
    to.includes('writer@example.org') && parsed.subject === 'Your role at Colloquy';
  const [mail] = await server.gets(1, isIt);
  expect(mail?.parsed.text).toContain('It is now: moderator.');
  expect(mail?.parsed.text).toContain('Decides on comments and reports');
});

async function ways(): Promise<NotificationPreferences['ways']> {
  const { token } = asker;
  return (await forum.done<NotificationPreferences>('GET', '/api/v1/members/me/notifications', { token })).ways;
}

async function press(address: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(address, { method: 'POST', headers, body });
  const page = await answer.text();
  expect([answer.status, page]).toEqual([200, expect.stringContaining('role="status"')]);
  return page;
}

const oneClick = (address: string) => press(address, 'List-Unsubscribe=One-Click');

/** The encoding that RFC 8058 (section 3.2) recommends to mail programs. */
function oneClickByParts(address: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ 'List-Unsubscribe': 'One-Click', ...fields })) body.append(name, value);
  return fetch(address, { method: 'POST', body });
}

const leaveOf = (n: number): string => headerOf(n, 'list-unsubscribe').slice(1, -1);

test('one press ends the mails of that kind alone, without signing in, for mail programs and for people', async () => {
  const address = leaveOf(0);
  const page = await (await fetch(address)).text();
  expect(page).toContain(`action="${new URL(address).pathname}"`);
  expect(page).toContain('<li>An answer to you</li>');
  expect(page).not.toContain('<li>A mention of you</li>');
  const before = await ways();
  expect(before.reply).toEqual(['inbox', 'mail']);
  for (let n = 0; n < 2; n += 1) await oneClick(address);
  expect(await ways()).toEqual({ ...before, reply: ['inbox'] });
  expect((await fetch(`${address.slice(0, -1)}${address.endsWith('A') ? 'Q' : 'A'}`)).status).toBe(404);
});

test('one press in parts, as mail programs should send it, does the same; a long one is refused', async () => {
  const body = { ways: { reply: ['inbox', 'mail'] } };
  await forum.done('PUT', '/api/v1/members/me/notifications', { token: asker.token, body });
  const before = await ways();
  expect((await oneClickByParts(leaveOf(0), { long: 'x'.repeat(5_000) })).status).toBe(413);
  expect(await ways()).toEqual(before);
  expect((await oneClickByParts(leaveOf(0))).status).toBe(200);
  expect(await ways()).toEqual({ ...before, reply: ['inbox'] });
});

test('only the value that the page’s own button sends ends every mail', async () => {
  const body = { ways: { reply: ['inbox', 'mail'], mention: ['inbox', 'mail'] } };
  await forum.done('PUT', '/api/v1/members/me/notifications', { token: asker.token, body });
  for (const every of ['', 'false', '0']) {
    await press(leaveOf(0), `List-Unsubscribe=One-Click&every=${every}`);
    expect((await oneClickByParts(leaveOf(0), { every })).status).toBe(200);
    expect((await ways()).mention).toEqual(['inbox', 'mail']);
  }
});

test('a kind that comes by another mail by now ends too, and the others stay', async () => {
  const body = { ways: { reply: ['inbox', 'daily'], followed: ['inbox', 'weekly'] } };
  await forum.done('PUT', '/api/v1/members/me/notifications', { token: asker.token, body });
  const before = await ways();
  expect(await oneClick(leaveOf(0))).toContain('<li>An answer to you</li>');
  expect(await ways()).toEqual({ ...before, reply: ['inbox'] });
});

test('a link of before, and one of a digest, end all that comes by that way, and say so', async () => {
  const { id: memberId } = asker.member;
  const address = (way: 'mail' | 'weekly') =>
    `${forum.url}/leave/${forum.forum.app.get(LeaveTokens).write({ memberId, way, kinds: null })}`;
  const before = await ways();
  expect(await (await fetch(address('weekly'))).text()).toContain('<li>Mail once a week, whatever it tells of</li>');
  await oneClick(address('weekly'));
  expect(await ways()).toEqual({ ...before, followed: ['inbox'] });
  expect(await oneClick(address('mail'))).toContain('<li>Mail at once, whatever it tells of</li>');
  expect(Object.values(await ways()).flat()).not.toContain('mail');
});

test('a link ends nothing once the address that it was mailed to was changed, also when it was changed back', async () => {
  const { id: memberId } = writer.member;
  const known = await forum.forum.app.get(MemberLookup).byId(memberId);
  if (known?.email == null) throw new Error('a member without an address');
  const tokens = forum.forum.app.get(LeaveTokens);
  const link = (emailSince: string): string => {
    const receiver = { memberId, email: 'writer@example.org', emailSince };
    return `${forum.url}/leave/${tokens.write({ memberId, way: 'mail', kinds: ['reply'] }, receiver)}`;
  };
  await oneClick(link(known.emailSince));
  for (const method of ['GET', 'POST']) {
    expect((await fetch(link('2015-10-05T08:00:00.000Z'), { method })).status).toBe(404);
  }
});

test('the page has a press of its own that ends every such mail', async () => {
  const body = { ways: { reply: ['inbox', 'mail'], mention: ['inbox', 'daily'], sanction: ['mail', 'push'] } };
  await forum.done('PUT', '/api/v1/members/me/notifications', { token: asker.token, body });
  expect(await (await fetch(leaveOf(0))).text()).toContain('name="every"');
  expect(await press(leaveOf(0), 'every=1')).not.toContain('name="every"');
  expect(await ways()).toMatchObject({ reply: ['inbox'], mention: ['inbox'], sanction: ['push'] });
});
