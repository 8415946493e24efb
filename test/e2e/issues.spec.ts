import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { type MailServer, type ReceivedMail, startMailServer } from '../support/mail-server.ts';
import { mailedLink } from '../support/mailed-links.ts';
import { newsletterReaders, readerAddress } from '../support/newsletter-readers.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

const READERS = 120;
/** The mails that are handed to a mail server at once. */
const AT_ONCE = 4;

let server: MailServer;
let forum: RunningForum;
let admin: TestMember;
let editor: TestMember;
let writer: TestMember;
/** Called with each mail; the server answers once it resolves. */
let taking: (mail: ReceivedMail) => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  server = await startMailServer({}, (mail, answer) => void taking(mail).then(answer));
  const env = { DATA_DIR: mkdtempSync(join(tmpdir(), 'colloquy-issues-')), PUBLIC_URL: 'https://forum.example' };
  const resting = await startForum({ env });
  admin = await resting.admin();
  editor = await resting.member('the-editor', ['editor']);
  const link = await mailedLink(resting, 'confirm', editor.member.id);
  const confirmed = await fetch(`${resting.url}/confirm/${link}`, { method: 'POST', body: new URLSearchParams() });
  expect(confirmed.status).toBe(200);
  writer = await resting.member('writer');
  await newsletterReaders(resting, { count: READERS });
  await resting.close();
  forum = await startForum({ reacts: true, env: { ...env, SMTP_URL: server.url } });
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { newsletter: true } });
});
afterAll(async () => {
  await forum.close({ keep: false });
  await server.close();
});

const issue = (title: string, more: object = {}): Promise<Post> =>
  forum.publish(editor, { title, kind: 'newsletter', body: 'The **month**, with [a map](/about).', ...more });
const press = (post: Post, act: string, by: TestMember = editor): Promise<Answer> =>
  forum.call('POST', `/posts/${post.slug}/issue`, {
    token: by.token,
    raw: new URLSearchParams({ do: act }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const page = async (post: Post, query = ''): Promise<string> =>
  String((await forum.call('GET', `/posts/${post.slug}/issue${query}`, { token: editor.token })).body);
const of = (post: Post) => (mail: ReceivedMail) => mail.parsed.subject === post.title;
const mailsOf = (post: Post): readonly ReceivedMail[] => server.received.filter(of(post));
const finished = (post: Post): Promise<void> => until(async () => (await page(post)).includes('It was sent:'));

test('an issue is tested at the own address, and goes once to each reader, however many editors press', async () => {
  const post = await issue('November');
  expect(await page(post)).toContain('120 readers get it');
  expect((await press(post, 'test')).headers.get('location')).toMatch(/\/issue\?tested=1/);
  const [trial] = await server.gets(1, of(post));
  expect(trial?.to).toEqual(['the-editor@example.org']);
  expect(trial?.parsed.text).toContain('This is a test for you alone.');

  expect(await page(post)).not.toContain('value="send"');
  expect(await page(post, '?send=1')).toMatch(/<h1>Send it to 120 readers\?<\/h1>[\s\S]*name="do" value="send"/);
  const pressed = await Promise.all([press(post, 'send'), press(post, 'send', admin), press(post, 'send')]);
  expect(pressed.map(({ status }) => status)).toEqual([303, 303, 303]);
  const faster = pressed.map(({ headers }) => /\?already=1/.test(headers.get('location') ?? ''));
  expect(faster.toSorted()).toEqual([false, true, true]);
  expect(await page(post, '?already=1')).toContain('Somebody was faster');
  await finished(post);
  expect(await page(post, '?send=1')).not.toContain('value="send"');
  const mails = mailsOf(post).slice(1);
  expect(new Set(mails.map(({ parsed }) => parsed.messageId)).size).toBe(READERS);
  expect(mails.flatMap(({ to }) => to).toSorted()).toEqual(
    Array.from({ length: READERS }, (_, n) => readerAddress(n)).toSorted(),
  );
  expect(await page(post)).toContain('It was sent: 120 of 120 mails.');
  expect((await press(post, 'send')).status).toBe(303);
  expect(mailsOf(post)).toHaveLength(READERS + 1);

  const [mail] = mails;
  const html = String(mail?.parsed.html);
  expect(html).toContain('<strong>month</strong>');
  expect(html).toContain('href="https://forum.example/about"');
  expect(mail?.parsed.text).toContain('The month, with a map (https://forum.example/about).');
  const leave = leavePath(mail);
  expect(leave).toMatch(/^\/leave\/[\w-]{43}$/);
  const headers = mail?.parsed.headerLines.map(({ line }) => line.replaceAll(/\s+/g, ' '));
  expect(headers).toContain(`List-Unsubscribe: <https://forum.example${leave}>`);
  expect(headers).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
});

test('a test goes to a confirmed address alone; the page says so to an editor without one, who can still send', async () => {
  const post = await issue('Untested');
  const refused = await press(post, 'test', admin);
  expect(refused.status).toBe(409);
  expect(refused.body).toContain('the-admin@example.org is not confirmed yet.');
  const shown = (by: TestMember) => forum.call('GET', `/posts/${post.slug}/issue`, { token: by.token });
  expect([String((await shown(admin)).body).includes('value="test"'), mailsOf(post)]).toEqual([false, []]);
  expect((await shown(admin)).body).toContain('/issue?send=1"');
  expect((await shown(editor)).body).toContain('value="test"');
});

test('a stopped issue goes on where it was, and who has left or comes meanwhile gets none', async () => {
  const post = await issue('December');
  const held = Promise.withResolvers<void>();
  let taken = 0;
  taking = async (mail) => {
    taken += of(post)(mail) ? 1 : 0;
    if (taken > 20) await held.promise;
  };
  await press(post, 'send');
  await server.gets(20, of(post));
  await press(post, 'stop');
  expect(await page(post)).toContain('The sending is stopped after');
  held.resolve();
  await until(() => mailsOf(post).length === 100);
  const leaving = Array.from({ length: READERS }, (_, n) => readerAddress(n)).find(
    (address) => !mailsOf(post).some(({ to }) => to.includes(address)),
  );
  await leave(leaving ?? '');
  await newsletterReaders(forum, { from: READERS, count: 1 });
  await press(post, 'resume');
  await finished(post);
  const addresses = mailsOf(post).flatMap(({ to }) => to);
  expect([addresses.length, new Set(addresses).size, addresses.includes(leaving ?? '')]).toEqual([119, 119, false]);
  expect(addresses).not.toContain(readerAddress(READERS));
});

test('from the moment at which its author takes the permission back, no mail is written with a quote of a comment', async () => {
  const allow = (mayBeQuoted: boolean) =>
    forum.done('PATCH', '/api/v1/members/me', { token: writer.token, body: { mayBeQuoted } });
  await allow(true);
  const said = await forum.comment(writer, (await forum.publish(editor)).id, { body: 'Said once' });
  const post = await issue('Quoting', { body: `> Said once\n>\n> [writer](/posts/x#comment-${said.id})\n\nThe rest` });
  const held = Promise.withResolvers<void>();
  let taken = 0;
  taking = async (mail) => {
    taken += of(post)(mail) ? 1 : 0;
    if (taken > 20) await held.promise;
  };
  await press(post, 'send');
  await server.gets(21, of(post));
  await allow(false);
  held.resolve();
  await finished(post);
  const mails = mailsOf(post).map(({ parsed }) => String(parsed.text));
  expect(mails.every((text) => text.includes('The rest'))).toBe(true);
  const quoting = mails.filter((text) => text.includes('Said once')).length;
  expect(quoting).toBeGreaterThan(0);
  // Those that were written wait for a connection to the mail server.
  expect(quoting).toBeLessThanOrEqual(20 + AT_ONCE);
});

test('withdrawing an issue stops it; it goes on once it is brought back, to all whom it had not reached', async () => {
  const post = await issue('Withdrawn meanwhile');
  const held = Promise.withResolvers<void>();
  let taken = 0;
  taking = async (mail) => {
    taken += of(post)(mail) ? 1 : 0;
    if (taken > 20) await held.promise;
  };
  await press(post, 'send');
  await server.gets(20, of(post));
  const does = (act: string) =>
    forum.done('POST', `/api/v1/posts/${post.id}/${act}`, { token: editor.token, body: {} });
  await does('withdraw');
  expect(await page(post)).toContain('The sending is stopped after');
  expect((await press(post, 'resume')).status).toBe(409);
  await does('bring-back');
  held.resolve();
  await press(post, 'resume');
  await finished(post);
  const addresses = mailsOf(post).flatMap(({ to }) => to);
  expect([addresses.length, new Set(addresses).size]).toEqual([120, 120]);
});

const leavePath = (mail: ReceivedMail | undefined): string =>
  /\/leave\/[\w-]+/.exec(String(mail?.parsed.html))?.[0] ?? '';

async function leave(email: string): Promise<void> {
  const mail = server.received.find(({ to }) => to.includes(email));
  const path = leavePath(mail);
  expect((await forum.call('POST', path, { raw: 'List-Unsubscribe=One-Click', headers: FORM })).status).toBe(200);
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

test('only editors send, and only what readers see', async () => {
  taking = () => Promise.resolve();
  const post = await issue('Later', { publishAt: new Date(Date.now() + 3_600_000).toISOString() });
  expect((await press(post, 'send')).status).toBe(409);
  const article = await forum.publish(editor, { title: 'No issue' });
  expect((await press(article, 'send')).status).toBe(404);
  const out = await issue('Out');
  expect((await press(out, 'send', writer)).status).toBe(403);
  expect((await press(out, 'sell')).status).toBe(400);
});
