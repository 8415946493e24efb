import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { AskedErasure, Erasure } from '../../libs/client/index.ts';
import { EVENT_STORE, type EventStore } from '../../libs/event-store/index.ts';
import { SubscriberTokens } from '../../src/access/subscriber-tokens.ts';
import { MemberLookup } from '../../src/commands/member-lookup.ts';
import { Subscribers } from '../../src/commands/subscribers.ts';
import { confirmedMember } from '../support/confirmed-member.ts';
import { filesWith } from '../support/files-with.ts';
import { type Answer, PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { outboxMails, tokenIn } from '../support/outbox-mails.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';
import { unzipped } from '../support/unzipped.ts';

jest.setTimeout(60_000);

const PATH = '/api/v1/newsletter/subscriptions';

let forum: RunningForum;
let admin: TestMember;
let mailboxes = 0;

beforeAll(async () => {
  forum = await startForum({ reacts: true, env: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
  admin = await forum.admin();
  await turn(true);
});
afterAll(() => forum.close());

const turn = (newsletter: boolean) => forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { newsletter } });
const newMailbox = (): string => {
  mailboxes += 1;
  return `reader-${mailboxes}@example.org`;
};
const ask = (body: object, network = `10.0.${mailboxes}.1`) =>
  forum.call('POST', PATH, { body, headers: { 'x-forwarded-for': network } });
const form = (path: string, fields: Readonly<Record<string, string>>) =>
  forum.call('POST', path, {
    raw: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const code = ({ status, body }: Answer) => ({ status, code: Reflect.get(Object(body), 'code') });
const idOf = (email: string): string => forum.forum.app.get(MemberLookup, { strict: false }).names.subscriber(email);
const addressOf = (email: string) => forum.forum.app.get(Subscribers, { strict: false }).addressOf(idOf(email));
const leaveLink = (email: string): string =>
  `/leave/${forum.forum.app.get(SubscriberTokens, { strict: false }).write(idOf(email))}`;

/** The path of the link in the newest letter to the address. */
async function confirmLink(email: string, letters = 1): Promise<string> {
  const mail = (await outboxMails(forum.dataDir, email, letters)).at(-1);
  return `/confirm/${tokenIn(mail ?? { text: '' }, '/confirm/')}`;
}

async function subscribed(): Promise<string> {
  const email = newMailbox();
  expect((await ask({ email, locale: 'th' })).status).toBe(202);
  expect((await form(await confirmLink(email), {})).status).toBe(200);
  return email;
}

test('who asks gets a letter in the own language, and the newsletter after one press on its page', async () => {
  const email = newMailbox();
  const answer = await ask({ email, locale: 'vi' });
  expect([answer.status, answer.body]).toEqual([202, undefined]);
  const [letter] = await outboxMails(forum.dataDir, email);
  expect(letter?.subject).toBe('Xác nhận bản tin của Colloquy');
  const link = await confirmLink(email);
  const page = await forum.call('GET', link, { headers: { 'accept-language': 'en' } });
  expect([page.status, page.headers.get('x-robots-tag')]).toEqual([200, 'noindex, nofollow']);
  expect(page.body).toContain(`Send the newsletter of Colloquy to ${email}?`);
  expect(await addressOf(email)).toBeNull();
  expect((await form(link, {})).body).toContain('You get the newsletter of Colloquy from now on.');
  expect(await addressOf(email)).toEqual({ email, locale: 'vi' });
  expect((await form(link, {})).body).toContain('You get the newsletter of Colloquy from now on.');
  expect((await forum.call('GET', `${link.slice(0, -2)}AA`)).status).toBe(404);
});

test('known and unknown addresses are answered by the same events; another spelling is the same mailbox', async () => {
  const email = await subscribed();
  const before = await typesIn(email);
  expect((await ask({ email: email.replace('@', '+news@') })).status).toBe(202);
  await outboxMails(forum.dataDir, email.replace('@', '+news@'));
  expect((await typesIn(email)).slice(before.length)).toEqual(['SubscriptionAsked.v1', 'SubscriptionLinkIssued.v1']);
  expect(before).toEqual(['SubscriptionAsked.v1', 'SubscriptionLinkIssued.v1', 'SubscriptionConfirmed.v1']);
  expect(await addressOf(email)).toEqual({ email, locale: 'th' });
});

async function typesIn(email: string): Promise<readonly string[]> {
  const store: EventStore = forum.forum.app.get(EVENT_STORE, { strict: false });
  const types: string[] = [];
  for await (const { type } of store.readStream(`subscriber-${idOf(email)}`)) types.push(type);
  return types;
}

test('one press of a mail program ends it, signed out, and the address is nowhere any more', async () => {
  const email = await subscribed();
  const link = leaveLink(email);
  expect((await forum.call('GET', link)).body).toContain('your address is deleted here');
  expect(await addressOf(email)).not.toBeNull();
  const left = await form(link, { 'List-Unsubscribe': 'One-Click' });
  expect([left.status, left.headers.get('x-robots-tag')]).toEqual([200, 'noindex']);
  expect(left.body).toMatch(/<a href="\/">To the posts<\/a>[\s\S]*<a href="\/newsletter">Get the newsletter<\/a>/);
  expect(await addressOf(email)).toBeNull();
  expect((await form(link, {})).status).toBe(200);
  await until(() => filesWith(join(forum.dataDir, 'outbox'), email).length === 0);
  expect(filesWith(forum.dataDir, email)).toEqual([]);
  expect((await ask({ email })).status).toBe(202);
  await outboxMails(forum.dataDir, email);
  expect(await addressOf(email)).toBeNull();
});

test('the letters to a mailbox, and from a network, have a bound', async () => {
  const email = newMailbox();
  const asked = [];
  for (let n = 1; n <= 6; n += 1) asked.push((await ask({ email }, `10.1.${n}.1`)).status);
  expect(asked).toEqual([202, 202, 202, 202, 202, 429]);
  const others = await Promise.all(Array.from({ length: 21 }, () => ask({ email: newMailbox() }, '10.2.1.1')));
  expect(others.map(({ status }) => status).filter((status) => status === 429)).toEqual([429]);
});

test('headers in addresses, addresses to throw away, and a forum without a newsletter are refused', async () => {
  for (const email of ['a@example.org\r\nBcc: b@example.org', 'a@example.org, b@example.org', 'nobody', '']) {
    expect(code(await ask({ email }))).toEqual({ status: 400, code: 'invalid' });
  }
  expect(code(await ask({ email: newMailbox(), locale: 'xx' }))).toEqual({ status: 400, code: 'invalid' });
  await turn(false);
  expect(code(await ask({ email: newMailbox() }))).toEqual({ status: 404, code: 'not_found' });
  expect((await forum.call('GET', '/newsletter')).status).toBe(404);
  expect(String((await forum.call('GET', '/')).body)).not.toContain('href="/newsletter"');
  await turn(true);
});

test('the page asks without JavaScript, in the language of the reader', async () => {
  expect(String((await forum.call('GET', '/')).body)).toContain('href="/newsletter"');
  const email = newMailbox();
  const refused = await form('/newsletter', { email: 'nobody' });
  expect([refused.status, String(refused.body).includes('field-error')]).toEqual([400, true]);
  const asked = await form('/newsletter', { email });
  expect([asked.status, asked.headers.get('location')]).toEqual([303, '/newsletter?sent=1']);
  expect((await forum.call('GET', '/newsletter?sent=1')).body).toContain('Look into your mailbox');
  expect(await confirmLink(email)).toMatch(/^\/confirm\//);
});

test('the erasure of an account ends the newsletter at its address', async () => {
  const somebody = await confirmedMember(forum, 'leaving');
  const email = 'leaving@example.org';
  expect((await ask({ email })).status).toBe(202);
  const letters = async () =>
    (await outboxMails(forum.dataDir, email)).filter(({ subject }) => /newsletter/.test(subject));
  await until(async () => (await letters()).length > 0);
  const [letter] = await letters();
  await form(`/confirm/${tokenIn(letter ?? { text: '' }, '/confirm/')}`, {});
  expect(await addressOf(email)).not.toBeNull();
  await leave(somebody.token);
  await until(async () => (await addressOf(email)) === null);
  await until(() => filesWith(forum.dataDir, email).length === 0);
});

test('whoever erases an account with the address of another, and never confirmed it, ends nothing of theirs', async () => {
  const email = await subscribed();
  const body = { handle: 'stranger', displayName: 'Stranger', email, password: PASSWORD };
  await forum.done('POST', '/api/v1/members', { body });
  const { token } = await forum.signIn('stranger');
  await done(await leave(token));
  expect(await addressOf(email)).toEqual({ email, locale: 'th' });
  expect(await typesIn(email)).not.toContain('SubscriptionEnded.v1');
});

test('members take along what the newsletter knows at the address that they have confirmed, without secrets; nobody else does', async () => {
  const somebody = await confirmedMember(forum, 'taking');
  const email = 'taking@example.org';
  const entriesOf = async (token: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${forum.url}/api/v1/members/me/data`, { headers });
    return JSON.parse((await unzipped(Buffer.from(await response.arrayBuffer())))['newsletter.json'] ?? '');
  };
  expect(await entriesOf(somebody.token)).toEqual([]);
  await ask({ email, locale: 'th' });
  const letters = async () =>
    (await outboxMails(forum.dataDir, email)).filter(({ subject }) => /newsletter|ข่าว/.test(subject));
  await until(async () => (await letters()).length > 0);
  await form(`/confirm/${tokenIn((await letters())[0] ?? { text: '' }, '/confirm/')}`, {});
  const entries = await entriesOf(somebody.token);
  expect(entries.map(({ what }) => what)).toEqual([
    'SubscriptionAsked.v1',
    'SubscriptionLinkIssued.v1',
    'SubscriptionConfirmed.v1',
  ]);
  expect(entries[0]).toMatchObject({ email, locale: 'th' });
  expect(JSON.stringify(entries)).not.toContain('hash');
  const theirs = await subscribed();
  const body = { handle: 'claiming', displayName: 'Claiming', email: theirs, password: PASSWORD };
  await forum.done('POST', '/api/v1/members', { body });
  expect(await entriesOf((await forum.signIn('claiming')).token)).toEqual([]);
});

test('an admin ends the newsletter of somebody without an account by erasing the address', async () => {
  const email = await subscribed();
  const headers = { cookie: `colloquy_session=${admin.token}` };
  const counted = await forum.call('POST', '/admin/erasures', {
    raw: new URLSearchParams({ email }).toString(),
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded', origin: forum.url },
  });
  const wish = { token: admin.token, body: { email, password: PASSWORD } };
  const { erasureId } = await forum.done<AskedErasure>('POST', '/api/v1/erasures', wish);
  const { steps } = await done(erasureId);
  expect(steps.map(({ step, count }) => `${step} ${count}`)).toEqual(['comments 0', 'words 0', 'links 1', 'account 1']);
  expect(await addressOf(email)).toBeNull();
  expect((await typesIn(email)).at(-1)).toBe('SubscriptionEnded.v1');
  await until(() => filesWith(forum.dataDir, email).length === 0);
  expect(counted.body).toMatch(/0 comments would be erased[\s\S]*<li>Newsletter<\/li>/);
});

async function done(erasureId: string): Promise<Erasure> {
  const see = () => forum.done<Erasure>('GET', `/api/v1/erasures/${erasureId}`);
  await until(async () => (await see()).state === 'done');
  return see();
}

async function leave(token: string): Promise<string> {
  const body = { comments: 'keep', password: PASSWORD, immediately: true };
  return (await forum.done<AskedErasure>('POST', '/api/v1/members/me/erasure', { token, body })).erasureId;
}
