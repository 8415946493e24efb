import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type {
  AskedErasure,
  Comment,
  CommentPage,
  Erasure,
  ModerationCase,
  PostedComment,
  QueueItem,
} from '../../libs/client/index.ts';
import { EVENT_STORE, type EventStore } from '../../libs/event-store/index.ts';
import { isErased } from '../../libs/kernel/index.ts';
import { VAULT, type Vault } from '../../libs/vault/index.ts';
import { filesWith } from '../support/files-with.ts';
import { type Answer, PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { outboxMails, tokenIn } from '../support/outbox-mails.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

let forum: RunningForum;
let admin: TestMember;
let moderator: TestMember;
let postId: string;
let slug: string;

beforeAll(async () => {
  forum = await startForum({ reacts: true, env: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
  admin = await forum.admin();
  moderator = await forum.member('thida', ['moderator']);
  const post = await forum.publish(admin);
  ({ id: postId, slug } = post);
});
afterAll(() => forum.close());

const guest = { name: 'Sokha', email: 'sokha@example.org' };
const send = (body: object, token?: string) =>
  forum.call('POST', `/api/v1/posts/${postId}/comments`, { body, ...(token === undefined ? {} : { token }) });
const form = (path: string, fields: Readonly<Record<string, string>>) =>
  forum.call('POST', path, {
    raw: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const takeGuests = (guests: boolean) => forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests } });
const shown = async () =>
  (await forum.done<CommentPage>('GET', `/api/v1/posts/${postId}/comments`)).items.map(({ id }) => id);
const held = async () =>
  (await forum.done<{ items: QueueItem[] }>('GET', '/api/v1/moderation/queue?list=held', { token: moderator.token }))
    .items;
const erasure = (id: string) => forum.done<Erasure>('GET', `/api/v1/erasures/${id}`);
const code = ({ status, body }: Answer) => ({ status, code: Reflect.get(Object(body), 'code') });

async function sent(
  over: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly id: string; readonly email: string }> {
  const email = `${randomUUID().slice(0, 8)}@example.org`;
  const id = randomUUID();
  const body = { id, body: 'I was there.', guest: { ...guest, email }, ...over };
  expect((await forum.call('POST', `/api/v1/posts/${postId}/comments`, { body, headers })).status).toBe(202);
  return { id, email };
}

async function linkTo(email: string): Promise<string> {
  const [mail] = await outboxMails(forum.dataDir, email);
  if (mail === undefined) throw new Error('no mail');
  return `/confirm/${tokenIn(mail, '/confirm/')}`;
}

/** Registers on the page, from a network of its own, and resolves with what is told then. */
async function registers(n: number, email: string, id: string = randomUUID()): Promise<string> {
  const headers = { 'x-forwarded-for': `2001:db8:b${n}::1`, 'content-type': 'application/x-www-form-urlencoded' };
  const wish = { id, handle: `kept-${n}`, displayName: `Kept ${n}`, email, password: PASSWORD };
  const { status, headers: answered } = await forum.call('POST', '/register', {
    raw: new URLSearchParams({ ...wish, next: '/archive' }).toString(),
    headers,
  });
  expect(status).toBe(303);
  const cookie = /colloquy_session=[^;]+/.exec(answered.get('set-cookie') ?? '')?.[0] ?? '';
  return String((await forum.call('GET', answered.get('location') ?? '', { headers: { cookie } })).body);
}

describe('where the site takes no guests', () => {
  test('nobody writes without an account', async () => {
    expect(code(await send({ body: 'Hello', guest }))).toEqual({ status: 401, code: 'unauthenticated' });
    expect(JSON.stringify((await forum.call('GET', `/posts/${slug}`)).body)).not.toContain('form.guest');
  });
});

describe('where it does', () => {
  beforeAll(() => takeGuests(true));

  test('a comment is read by nobody, then by moderators, then by all, with the name of its guest', async () => {
    expect((await forum.done<{ guests: boolean }>('GET', '/api/v1/site')).guests).toBe(true);
    const id = randomUUID();
    const wish = { id, body: 'I was *there*.', guest };
    const answer = await send(wish);
    expect(answer).toMatchObject({ status: 202, body: { unconfirmed: true, comment: { id, status: 'held' } } });
    expect(code(await send(wish))).toMatchObject({ status: 202 });
    expect(code(await send({ ...wish, body: 'Another' }))).toEqual({ status: 409, code: 'id_taken' });
    expect(await held()).toEqual([]);
    expect(await shown()).toEqual([]);
    expect((await forum.call('GET', `/api/v1/comments/${id}`, { token: moderator.token })).status).toBe(404);

    const link = await linkTo(guest.email);
    const [mail, ...others] = await outboxMails(forum.dataDir, guest.email);
    expect(others).toEqual([]);
    // Nothing of the letter was written by whoever gave the address.
    expect(`${mail?.subject} ${mail?.text}`).not.toMatch(/Sokha|there/);
    const page = await forum.call('GET', link);
    expect(String(page.body)).toContain('<em>there</em>');
    expect(await held()).toEqual([]);

    const confirmed = await form(link, { id: randomUUID() });
    expect([confirmed.status, confirmed.body]).toEqual([200, expect.stringContaining(`href="/posts/${slug}"`)]);
    const author = { id: null, displayName: 'Sokha', guest: true };
    const [item, ...more] = await held();
    expect([item?.comment.id, item?.comment.author, item?.reasons, more]).toEqual([id, author, ['guest'], []]);
    expect(await shown()).toEqual([]);

    const caseOf = ({ token }: TestMember) =>
      forum.done<ModerationCase>('GET', `/api/v1/moderation/cases/${id}`, { token });
    expect((await caseOf(moderator)).comment.author).toEqual(author);
    expect((await caseOf(admin)).comment.author).toEqual({ ...author, email: guest.email });
    const looks = await forum.done<{ items: object[] }>('GET', '/api/v1/audit/looks', { token: admin.token });
    expect(looks.items).toContainEqual(expect.objectContaining({ what: 'members', subject: id, comments: [id] }));

    const revision = item?.comment.revision;
    await forum.done('POST', `/api/v1/comments/${id}/decisions`, {
      token: moderator.token,
      body: { action: 'approve', revision },
    });
    expect(await shown()).toEqual([id]);
    const { comment } = { comment: await forum.done<PostedComment['comment']>('GET', `/api/v1/comments/${id}`) };
    expect([comment.author, comment.bodyHtml]).toEqual([author, '<p>I was <em>there</em>.</p>\n']);
    // A second press is told the same, and the first text is gone: what was said stands once, in the comment's stream.
    expect((await form(link, { id: randomUUID() })).status).toBe(200);
    expect((await send(wish)).status).toBe(202);
    await until(() => isForgotten(id));

    // An admin erases it by its address, as the comments of people whom an import brought.
    await forum.done('POST', '/api/v1/erasures', {
      token: admin.token,
      body: { email: guest.email, password: PASSWORD },
    });
    await until(() => isForgotten(id, 'comment'));
    expect((await forum.done<Comment>('GET', `/api/v1/comments/${id}`)).author).toBeNull();
  });

  test('nobody writes under the name of the forum', async () => {
    const { name } = await forum.done<{ name: string }>('GET', '/api/v1/site');
    const rename = (to: string) => forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { name: to } });
    await rename('Mekong Talk');
    const answer = await send({ body: 'Trust me', guest: { ...guest, name: 'Mek0ng Talk' } });
    await rename(name);
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'guest.name', message: 'is the name of the forum itself' }] },
    });
  });

  test('nothing of a guest stands in the log for everybody to read', async () => {
    const plain: string[] = [];
    for await (const { data, actor } of forum.forum.app.get<EventStore>(EVENT_STORE).readAll()) {
      plain.push(JSON.stringify(data), actor);
    }
    expect(plain.join('\n')).not.toMatch(/sokha|@example\.org/i);
  });

  test('a link is unknown when it was spoilt, and opens nothing twice', async () => {
    const { email } = await sent();
    const link = await linkTo(email);
    const [path = '', secret = ''] = link.split('.');
    for (const spoilt of [`${path}.${'A'.repeat(43)}`, path, `${path}.${secret.slice(1)}`]) {
      expect((await forum.call('GET', spoilt)).status).toBe(404);
      expect((await form(spoilt, {})).status).toBe(404);
    }
    expect((await held()).length).toBe(0);
    await Promise.all([1, 2, 3].map(() => form(link, { id: randomUUID() })));
    expect((await held()).length).toBe(1);
  });

  test('what a guest confirms is never lost, nor another’s, when a member has taken its id meanwhile', async () => {
    const [id, email] = [randomUUID(), 'taken@example.org'];
    const elsewhere = { 'x-forwarded-for': '203.0.113.9' };
    const body = { id, body: 'Mine', guest: { ...guest, email } };
    const path = `/api/v1/posts/${postId}/comments`;
    expect((await forum.call('POST', path, { body, headers: elsewhere })).status).toBe(202);
    const link = await linkTo(email);
    await forum.done('POST', `/api/v1/posts/${postId}/comments`, {
      token: moderator.token,
      body: { id, body: 'Mine' },
    });
    const before = (await held()).map(({ comment }) => comment.id);
    await Promise.all([1, 2].map(() => form(link, { id: randomUUID() })));
    expect((await form(link, { id: randomUUID() })).status).toBe(200);
    const [item, ...more] = (await held()).filter(({ comment }) => !before.includes(comment.id));
    expect([item?.comment.body, item?.comment.author, more]).toEqual([
      'Mine',
      { id: null, displayName: guest.name, guest: true },
      [],
    ]);
    const taken = await forum.done<Comment>('GET', `/api/v1/comments/${id}`);
    expect([item?.comment.id === id, taken.author]).toMatchObject([false, { id: moderator.member.id }]);
    await until(() => isForgotten(id));
  });

  test.each([
    ['the name of one who holds a role', { ...guest, name: 'thida' }, 'guest.name'],
    ["what looks like a member's handle", { ...guest, name: 'th\u0456da' }, 'guest.name'],
    ['an office', { ...guest, name: 'Adm1n' }, 'guest.name'],
    ['those of an office', { ...guest, name: 'Support team' }, 'guest.name'],
    ['a huge name', { ...guest, name: 'a'.repeat(81) }, 'guest.name'],
    ['a name of two lines', { ...guest, name: 'a\r\nBcc: spy@example.org' }, 'guest.name'],
    ['an address of two lines', { ...guest, email: 'a@b.org\r\nBcc: spy@example.org' }, 'guest.email'],
    ['a character that nobody sees in the address', { ...guest, email: 'a\u200bb@example.org' }, 'guest.email'],
    ['no address', { ...guest, email: 'nobody' }, 'guest.email'],
    ['nobody', undefined, 'guest'],
  ])('refuses %s', async (_, who, field) => {
    const { status, body } = await send({ body: 'Hello', ...(who && { guest: who }) });
    expect({ status, body }).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  test.each([[{ name: 'G' }], [{ email: 'g@example.org' }], [{}]])('is told what is missing of %j', async (guest) => {
    const post = await forum.publish(admin);
    const answer = await forum.call('POST', `/api/v1/posts/${post.id}/comments`, { body: { body: 'A text', guest } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'guest' }] } });
  });

  test('an address gets a few letters an hour, however it is spelled, and nobody learns whether it has an account', async () => {
    const before = await forum.member('victim');
    const spellings = ['victim@example.org', 'victim+x@EXAMPLE.org', 'Victim@example.org', 'victim@\uff45xample.org'];
    const outcomes: unknown[] = [];
    for (const email of [...spellings, 'victim@example.org.', 'victim+y@example\u3002org']) {
      outcomes.push((await send({ body: `To ${email}`, guest: { ...guest, email } })).status);
    }
    expect(outcomes).toEqual([202, 202, 202, 202, 202, 429]);
    expect(before.member.handle).toBe('victim');
  });

  test('a mailbox gets a few letters of registrations an hour too, however it is spelled', async () => {
    for (let n = 1; n <= 5; n += 1) {
      expect(await registers(n, `kept+${n}@example.org`)).toContain(`A mail was sent to kept+${n}@example.org.`);
    }
    const late = await registers(6, 'kept+6@example.org');
    expect(late).toContain('No mail was sent to kept+6@example.org, since too many were asked for within an hour');
    expect(late).toContain('href="/settings"');
    expect(late).not.toContain('A mail was sent');
    expect(late).toContain('href="/archive"');
    expect(await registers(7, 'kept@example.org')).toContain('A mail was sent to kept@example.org.');
    await linkTo('kept@example.org');
  });

  test('a registration that is sent again costs the mailbox no letter, since it sends none', async () => {
    const id = randomUUID();
    for (let press = 1; press <= 5; press += 1) await registers(11, 'again@example.org', id);
    for (let n = 12; n <= 15; n += 1) {
      expect(await registers(n, 'again@example.org')).toContain('A mail was sent to again@example.org.');
    }
    expect(await registers(16, 'again@example.org')).toContain('No mail was sent to again@example.org');
    expect(await outboxMails(forum.dataDir, 'again@example.org', 5)).toHaveLength(5);
  });

  test('what waits for its confirmation is erased with its address, and its link makes no comment', async () => {
    const { id, email } = await sent({ body: 'Erase me' });
    const link = await linkTo(email);
    const { erasureId } = await forum.done<AskedErasure>('POST', '/api/v1/erasures', {
      token: admin.token,
      body: { email: email.toUpperCase() },
    });
    await until(async () => (await erasure(erasureId)).state === 'done');
    expect((await erasure(erasureId)).steps[0]).toMatchObject({ step: 'comments', count: 1 });
    expect(await isForgotten(id)).toBe(true);
    expect((await form(link, {})).status).toBe(410);
    expect((await forum.call('GET', `/api/v1/comments/${id}`, { token: admin.token })).status).toBe(404);
    await until(() => filesWith(join(forum.dataDir, 'outbox'), email).length === 0);
  });

  test('a guest is erased by its name, whatever spaces are in it', async () => {
    const email = 'spaced@example.org';
    const { id } = await sent({ body: 'Erase me', guest: { name: 'Sok   Dara', email } });
    const body = { name: ' sok\u00a0dara ' };
    const { erasureId } = await forum.done<AskedErasure>('POST', '/api/v1/erasures', { token: admin.token, body });
    await until(async () => (await erasure(erasureId)).state === 'done');
    expect((await erasure(erasureId)).steps[0]).toMatchObject({ step: 'comments', count: 1 });
    expect(await isForgotten(id)).toBe(true);
  });

  test("a banned member's address writes nothing as a guest", async () => {
    const banned = await forum.member('spammer');
    await forum.done('POST', `/api/v1/members/${banned.member.id}/sanctions`, {
      token: moderator.token,
      body: { kind: 'ban', reason: 'spam' },
    });
    const before = (await held()).length;
    expect((await send({ body: 'Me again', guest: { ...guest, email: 'spammer@example.org' } })).status).toBe(202);
    const mails = await outboxMails(forum.dataDir, 'spammer@example.org', 2);
    const link = mails.map((mail) => mail.text).find((text) => !text.includes('@spammer'));
    if (link === undefined) throw new Error('no letter to the guest');
    expect((await form(`/confirm/${tokenIn({ text: link }, '/confirm/')}`, {})).status).toBe(403);
    expect((await held()).length).toBe(before);
  });

  test('a closed discussion takes none, and slow mode holds for a network', async () => {
    const change = (body: object) =>
      forum.done('PUT', `/api/v1/posts/${postId}/discussion`, { token: moderator.token, body });
    await change({ state: 'open', slowModeSeconds: 600 });
    const { id, email } = await sent();
    expect(code(await send({ body: 'Sooner', guest: { ...guest, email: 'sooner@example.org' } }))).toEqual({
      status: 429,
      code: 'slow_mode',
    });
    await change({ state: 'closed', slowModeSeconds: 0 });
    expect(code(await send({ body: 'Later', guest: { ...guest, email: 'later@example.org' } }))).toEqual({
      status: 403,
      code: 'discussion_closed',
    });
    expect((await form(await linkTo(email), {})).status).toBe(403);
    expect((await held()).map(({ comment }) => comment.id)).not.toContain(id);
    await change({ state: 'open', slowModeSeconds: 0 });
  });

  test('a link waits where the forum takes no guests any more, and opens nothing under a name that was taken since', async () => {
    const wish = { id: randomUUID(), body: 'Me', guest: { name: 'Bopha', email: 'waits@example.org' } };
    expect((await send(wish)).status).toBe(202);
    const link = await linkTo(wish.guest.email);
    await takeGuests(false);
    for (const answer of [await forum.call('GET', link), await form(link, {})]) {
      expect([answer.status, String(answer.body)]).toEqual([403, expect.stringContaining('people without an account')]);
    }
    await takeGuests(true);
    await forum.member('bopha', ['moderator']);
    const refused = await form(link, {});
    expect([refused.status, String(refused.body)]).toEqual([
      400,
      expect.stringContaining('This name is that of a member'),
    ]);
    expect((await held()).map(({ comment }) => comment.id)).not.toContain(wish.id);
  });

  test('the page has the form, keeps what was typed, and says what happens next', async () => {
    const page = await forum.call('GET', `/posts/${slug}`);
    expect(String(page.body)).toContain('Comment without an account');
    const path = `/posts/${slug}/comments`;
    const fields = { parentId: '', body: 'Typed', name: 'Thida', email: 'typed@example.org' };
    const refused = await form(path, fields);
    expect(refused.status).toBe(400);
    for (const typed of ['Typed', 'value="Thida"', 'typed@example.org', 'This name is that of a member']) {
      expect(String(refused.body)).toContain(typed);
    }
    const done = await form(path, { ...fields, name: 'Dara' });
    expect([done.status, done.headers.get('location')]).toEqual([303, expect.stringContaining('?sent=guest')]);
    expect((await forum.call('GET', String(done.headers.get('location')).split('#')[0] ?? '')).body).toContain(
      'a mail is on its way',
    );
  });

  test('a guest stays one in the case of a comment that was purged', async () => {
    const { id, email } = await sent({}, { 'x-forwarded-for': '198.18.1.1' });
    await form(await linkTo(email), { id: randomUUID() });
    const purge = { token: admin.token, body: { reason: 'A phone number' } };
    await forum.done('POST', `/api/v1/comments/${id}/purge`, purge);

    const page = await forum.call('GET', `/moderation/cases/${id}`, {
      headers: { cookie: `colloquy_session=${moderator.token}` },
    });
    expect(String(page.body)).toContain('A guest without an account.');
    expect(String(page.body)).not.toContain('Imported: no member of this forum.');
    expect(String(page.body)).toContain('Comment by A guest');
    expect(String(page.body)).not.toContain('Somebody who left');
  });
});

test('a guest who wrote on the page of another site is led back to that page', async () => {
  const { token } = admin;
  const body = { guests: true, embedOrigins: ['https://blog.example'] };
  await forum.done('PATCH', '/api/v1/site', { token, body });
  const url = 'https://blog.example/peace';
  const page = await forum.done<{ id: string }>('PUT', '/api/v1/pages', { body: { url } });
  const email = 'back@example.org';
  const wish = { id: randomUUID(), body: 'I was there.', guest: { ...guest, email } };
  const headers = { 'x-forwarded-for': '203.0.113.77' };
  const answer = await forum.call('POST', `/api/v1/posts/${page.id}/comments`, { headers, body: wish });
  expect(answer.status).toBe(202);
  await until(async () => (await outboxMails(forum.dataDir, email)).length === 1);
  const confirmed = await form(await linkTo(email), { id: randomUUID() });
  expect(confirmed).toMatchObject({ status: 200, body: expect.stringContaining(`<a href="${url}"`) });
});

/** Whether what the guest sent, before the confirmation or with it, opens no more. */
async function isForgotten(commentId: string, kind: 'guest' | 'comment' = 'guest'): Promise<boolean> {
  const [store, vault] = [forum.forum.app.get<EventStore>(EVENT_STORE), forum.forum.app.get<Vault>(VAULT)];
  for await (const { sealed, stream, type } of store.readStream(`${kind}-${commentId}`)) {
    if (sealed !== null && !isErased(await vault.open(sealed, { stream, type }))) return false;
  }
  return true;
}
