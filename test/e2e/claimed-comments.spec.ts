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

test('a member takes the comments that were written with their confirmed address', async () => {
  const before = await thread();
  expect(authorsOf(before)).toEqual({ [ids[0]]: 'Old Linh', [ids[2]]: 'Old Linh' });
  expect(authorsOf(await thread(`?position=${before.position}`))).toEqual(authorsOf(before));
  const past = async () => Object.keys(authorsOf(await thread(`?position=${before.position}`, linh.token)));
  expect(await past()).toEqual([ids[0], ids[2]]);
  expect((await page(linh)).body).toContain('No comment was written');
  await press('/settings/comments', linh.token);
  expect(authorsOf(await thread())).toEqual(authorsOf(before));

  await press(`/confirm/${await mailedLink(forum, 'confirm', linh.member.id)}`);
  expect((await page(linh)).body).toContain('2 comments from WordPress were written with your address.');
  const sanction = { kind: 'suspension', reason: 'spam', until: new Date(Date.now() + 3_600_000).toISOString() };
  const sanctions = `/api/v1/members/${linh.member.id}/sanctions`;
  await forum.done('POST', sanctions, { token: admin.token, body: sanction });
  expect((await press('/settings/comments', linh.token)).status).toBe(403);
  expect(authorsOf(await thread())).toEqual(authorsOf(before));
  await forum.call('DELETE', `${sanctions}/suspension`, { token: admin.token });
  expect((await press('/settings/comments', linh.token)).status).toBe(303);

  const after = await thread();
  expect(authorsOf(after)).toEqual({ [ids[0]]: 'linh', [ids[2]]: 'Old Linh' });
  // The past was looked at before: what is kept of it knows the author too.
  expect(authorsOf(await thread(`?position=${before.position}`))).toEqual(authorsOf(after));
  expect(await past()).toEqual(ids);
  const held = await forum.done<Comment>('GET', `/api/v1/comments/${ids[1]}`, { token: linh.token });
  expect([held.status, held.author]).toEqual(['held', expect.objectContaining({ handle: 'linh' })]);
  expect((await page(linh)).body).toContain('No comment was written');

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
  const { erasureId } = await forum.done<AskedErasure>('POST', '/api/v1/members/me/erasure', {
    token: linh.token,
    body: { comments: 'keep', password: PASSWORD, immediately: true },
  });
  const state = async () => (await forum.done<Erasure>('GET', `/api/v1/erasures/${erasureId}`)).state;
  await until(async () => (await state()) === 'done');
  const [store, vault] = [forum.forum.app.get<EventStore>(EVENT_STORE), forum.forum.app.get<Vault>(VAULT)];
  for await (const { sealed, stream, type } of store.readStream(`comment-${ids[1]}`)) {
    if (sealed !== null) expect(isErased(await vault.open(sealed, { stream, type }))).toBe(true);
  }
  expect(authorsOf(await thread())).toMatchObject({ [ids[2]]: 'Old Linh' });
});
