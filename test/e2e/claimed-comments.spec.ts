import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import type { AskedErasure, Comment, CommentPage, Erasure, Post, VerifiedView } from '../../libs/client/index.ts';
import { EVENT_STORE, type EventStore } from '../../libs/event-store/index.ts';
import { isErased } from '../../libs/kernel/index.ts';
import { VAULT, type Vault } from '../../libs/vault/index.ts';
import { commandMeta } from '../../src/access/principal.ts';
import { ImportComment } from '../../src/domain/comment/comment.commands.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { mailedLink } from '../support/mailed-links.ts';
import { outboxMails, tokenIn } from '../support/outbox-mails.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

const AUTHOR = { displayName: 'Old Linh', email: ' Linh@Example.org', url: null };

let forum: RunningForum;
let admin: TestMember;
let linh: TestMember;
let post: Post;
const ids = [randomUUID(), randomUUID(), randomUUID()] as const;

beforeAll(async () => {
  forum = await startForum({ reacts: true });
  admin = await forum.admin();
  linh = await forum.member('linh');
  post = await forum.publish(admin);
  await bring(ids[0], {});
  await bring(ids[1], { held: true });
  // It looks the same once it is normalised, and is the address of somebody else.
  await bring(ids[2], { author: { ...AUTHOR, email: '\uff4cinh@example.org' } });
  await until(async () => (await thread()).items.length === 2);
});
afterAll(() => forum.close());

async function bring(commentId: string, over: Partial<ImportComment['data']>): Promise<void> {
  const source = { kind: 'wordpress', site: 'blog.example.org', id: commentId } as const;
  const wish = { commentId, postId: post.id, parentId: null, body: `Comment ${commentId}`, author: AUTHOR, source };
  const meta = { ...commandMeta(null), actor: 'import:wordpress' };
  const bus = forum.forum.app.get(CommandBus, { strict: false });
  await bus.execute(new ImportComment({ ...wish, held: false, keepsPlace: false, ...over }, meta));
}

const page = ({ token }: TestMember) =>
  forum.call('GET', '/settings/comments', { headers: { cookie: `colloquy_session=${token}` } });
const press = (path: string, token?: string) =>
  forum.call('POST', path, {
    raw: '',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(token === undefined ? {} : { cookie: `colloquy_session=${token}` }),
    },
  });
const thread = (query = '', token?: string) =>
  forum.done<CommentPage>('GET', `/api/v1/posts/${post.id}/comments${query}`, { token });
const authorsOf = ({ items }: CommentPage) =>
  Object.fromEntries(
    items.map(({ id, author }) => [id, author && 'handle' in author ? author.handle : author?.displayName]),
  );

async function erase({ token }: TestMember, comments: 'keep' | 'remove'): Promise<void> {
  const body = { comments, password: PASSWORD, immediately: true };
  const { erasureId } = await forum.done<AskedErasure>('POST', '/api/v1/members/me/erasure', { token, body });
  await until(async () => (await forum.done<Erasure>('GET', `/api/v1/erasures/${erasureId}`)).state === 'done');
}

/** Whether nothing that is sealed in the stream opens any more. */
async function isGone(name: string): Promise<boolean> {
  const [store, vault] = [forum.forum.app.get<EventStore>(EVENT_STORE), forum.forum.app.get<Vault>(VAULT)];
  for await (const { sealed, stream, type } of store.readStream(name)) {
    if (sealed !== null && !isErased(await vault.open(sealed, { stream, type }))) return false;
  }
  return true;
}

/** The id of a comment that somebody without an account has sent. */
async function sentBy(email: string): Promise<string> {
  const body = { id: randomUUID(), body: 'I was there.', guest: { name: 'A guest', email } };
  expect((await forum.call('POST', `/api/v1/posts/${post.id}/comments`, { body })).status).toBe(202);
  return body.id;
}

async function confirmedBy(email: string): Promise<string> {
  const id = await sentBy(email);
  const [mail] = await outboxMails(forum.dataDir, email);
  expect((await press(`/confirm/${tokenIn(mail ?? { text: '' }, '/confirm/')}`)).status).toBe(200);
  return id;
}

const API = '/api/v1/members/me/claimable-comments';

test('a member takes the comments that were written with their confirmed address', async () => {
  const before = await thread();
  expect(authorsOf(before)).toEqual({ [ids[0]]: 'Old Linh', [ids[2]]: 'Old Linh' });
  expect(authorsOf(await thread(`?position=${before.position}`))).toEqual(authorsOf(before));
  const past = async () => Object.keys(authorsOf(await thread(`?position=${before.position}`, linh.token)));
  expect(await past()).toEqual([ids[0], ids[2]]);
  expect((await page(linh)).body).toContain('Confirm it in the settings first');
  await press('/settings/comments', linh.token);
  expect(authorsOf(await thread())).toEqual(authorsOf(before));

  const link = `/confirm/${await mailedLink(forum, 'confirm', linh.member.id)}`;
  const confirmed = await press(link, linh.token);
  expect(confirmed.body).toContain(
    '<a href="/settings/comments">2 earlier comments were written with this address: look at them</a>',
  );
  const usedBy = async (token?: string) => String((await press(link, token)).body);
  expect([await usedBy(), await usedBy(admin.token)].filter((told) => /earlier comment|@linh/.test(told))).toEqual([]);
  expect(await usedBy(linh.token)).toContain('2 earlier comments were written with this address');
  const offered = String((await page(linh)).body);
  expect(offered).toContain('2 comments from WordPress were written with your address.');
  // The other one waits for moderators, and is not told to its author before.
  expect([...offered.matchAll(/href="\/comments\/([^"]+)"/g)].map(([, id]) => id)).toEqual([ids[0]]);
  expect(offered).toContain('<bdi>Old Linh</bdi>');
  expect(offered).toContain(`>${post.title}</a>`);
  const sanction = { kind: 'suspension', reason: 'spam', until: new Date(Date.now() + 3_600_000).toISOString() };
  const sanctions = `/api/v1/members/${linh.member.id}/sanctions`;
  await forum.done('POST', sanctions, { token: admin.token, body: sanction });
  expect((await press('/settings/comments', linh.token)).status).toBe(403);
  expect(await forum.call('POST', API, { token: linh.token })).toMatchObject({
    status: 403,
    body: { code: 'suspended' },
  });
  expect(authorsOf(await thread())).toEqual(authorsOf(before));
  await forum.call('DELETE', `${sanctions}/suspension`, { token: admin.token });
  const claimed = await press('/settings/comments', linh.token);
  expect(claimed.status).toBe(303);
  const told = await forum.call('GET', claimed.headers.get('location') ?? '', {
    headers: { cookie: `colloquy_session=${linh.token}` },
  });
  expect(told.body).toContain('<a href="/members/linh">See your comments on your page</a>');
  expect(told.body).not.toContain('None was found');

  const after = await thread();
  expect(authorsOf(after)).toEqual({ [ids[0]]: 'linh', [ids[2]]: 'Old Linh' });
  // The past was looked at before: what is kept of it knows the author too.
  expect(authorsOf(await thread(`?position=${before.position}`))).toEqual(authorsOf(after));
  expect(await past()).toEqual(ids);
  const held = await forum.done<Comment>('GET', `/api/v1/comments/${ids[1]}`, { token: linh.token });
  expect([held.status, held.author]).toEqual(['held', expect.objectContaining({ handle: 'linh' })]);
  expect((await page(linh)).body).toContain('None was found with your address');

  // It is the member's like every other: counted, listed and removed by them.
  const record = await forum.done<{ comments: object }>('GET', `/api/v1/members/${linh.member.id}/record`, {
    token: admin.token,
  });
  expect(record.comments).toMatchObject({ visible: 1, held: 1 });
  expect((await forum.call('GET', '/members/linh')).body).toContain(`Comment ${ids[0]}`);
  for (const view of ['thread', 'moderation-queue', 'erasures']) {
    const path = `/api/v1/audit/views/${view}/verifications`;
    expect(await forum.done<VerifiedView>('POST', path, { token: admin.token })).toMatchObject({ equal: true });
  }
  await forum.done('DELETE', `/api/v1/comments/${ids[0]}`, { token: linh.token });
  expect((await thread()).items.find(({ id }) => id === ids[0])?.status).toBe('removed');
});

test('an import that comes again leaves them with the member', async () => {
  await bring(ids[1], { held: true });
  const held = await forum.done<Comment>('GET', `/api/v1/comments/${ids[1]}`, { token: linh.token });
  expect(held.author).toMatchObject({ handle: 'linh' });
});

test('an erasure that keeps comments does not keep these, since the old name and address are sealed with them', async () => {
  await erase(linh, 'keep');
  expect(await isGone(`comment-${ids[1]}`)).toBe(true);
  expect(authorsOf(await thread())).toMatchObject({ [ids[2]]: 'Old Linh' });
});

test('an erasure that removes comments takes those of a guest with the confirmed address along, and no others', async () => {
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: true } });
  const [email, unconfirmed] = ['nary@example.org', 'bopha@example.org'];
  const [written, others, anothers] = [
    await confirmedBy(email),
    await confirmedBy(unconfirmed),
    await sentBy(unconfirmed),
  ];
  const waiting = await sentBy(email);
  const tokens = async () => (await outboxMails(forum.dataDir, email, 0)).map((mail) => tokenIn(mail, '/confirm/'));
  const tokenOfWaiting = async () => (await tokens()).find((token) => token.startsWith(waiting));
  await until(async () => (await tokenOfWaiting()) !== undefined);
  const link = `/confirm/${await tokenOfWaiting()}`;
  expect((await forum.call('GET', link)).status).toBe(200);
  const nary = await forum.member('nary');
  await press(`/confirm/${await mailedLink(forum, 'confirm', nary.member.id)}`);

  await erase(await forum.member('bopha'), 'remove');
  await erase(nary, 'remove');
  expect(await Promise.all([`comment-${written}`, `guest-${waiting}`].map(isGone))).toEqual([true, true]);
  expect(await Promise.all([`comment-${others}`, `guest-${anothers}`].map(isGone))).toEqual([false, false]);
  await until(async () => (await outboxMails(forum.dataDir, email, 0)).length === 0);
  expect((await press(link)).status).toBe(410);
});

test('a program claims as the page does, and nothing before the address is confirmed', async () => {
  const { token, member } = await forum.member('minh');
  const email = 'minh@example.org';
  const id = randomUUID();
  await bring(id, { author: { ...AUTHOR, email } });
  const offered = async () => (await forum.call('GET', API, { token })).body;
  expect([await offered(), await forum.done('POST', API, { token })]).toEqual([{ items: [] }, { claimed: 0 }]);
  await press(`/confirm/${await mailedLink(forum, 'confirm', member.id)}`);
  expect(await offered()).toEqual({ items: [{ source: 'wordpress', count: 1 }] });

  const claimed = await forum.call('POST', API, { token });
  expect([claimed.status, claimed.body, claimed.headers.get('cache-control')]).toEqual([
    200,
    { claimed: 1 },
    'no-store',
  ]);
  const after = { 'colloquy-after': claimed.headers.get('colloquy-position') ?? '' };
  const comment = (await forum.call('GET', `/api/v1/comments/${id}`, { token, headers: after })).body;
  expect(comment).toMatchObject({ author: { id: member.id } });
  expect([await offered(), await forum.done('POST', API, { token })]).toEqual([{ items: [] }, { claimed: 0 }]);
  expect((await forum.call('POST', API)).status).toBe(401);
});
