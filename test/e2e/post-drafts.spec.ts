import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AskedErasure, LogEvent, Page, Post, PostDraft, PostDraftWish } from '../../libs/client/index.ts';
import { MOST_POST_DRAFTS } from '../../libs/words/index.ts';
import { filesWith } from '../support/files-with.ts';
import { PASSWORD } from '../support/forum-account.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';
import { unzipped } from '../support/unzipped.ts';

let forum: RunningForum;
let admin: TestMember;
let mali: TestMember;
let linh: TestMember;

beforeAll(async () => {
  forum = await startForum({ reacts: true });
  admin = await forum.admin();
  mali = await forum.member('mali', ['editor']);
  linh = await forum.member('linh', ['editor']);
});
afterAll(() => forum.close());

const at = (postId: string): string => `/api/v1/post-drafts/${postId}`;
const keeps = (by: TestMember, postId: string, body: PostDraftWish) =>
  forum.call('PUT', at(postId), { token: by.token, body });
const keptBy = (by: TestMember, postId: string, body: PostDraftWish): Promise<PostDraft> =>
  forum.done('PUT', at(postId), { token: by.token, body });
const reads = (by: TestMember, postId: string) => forum.call('GET', at(postId), { token: by.token });

test('what an editor writes is kept before there is a post, for all editors and nobody else', async () => {
  const postId = newId();
  const text = {
    title: 'Half a title',
    body: 'Half a text',
    tags: ['peace'],
    locale: 'vi',
    appearAt: '2099-12-24T18:00',
  };
  const draft = await keptBy(mali, postId, text);
  const { id, handle, displayName } = mali.member;
  const named = expect.objectContaining({ id, handle, displayName });
  const whole = { postId, ...text, slug: '', excerpt: '', kind: 'article', author: named, editor: named };
  expect(draft).toEqual({ ...whole, position: expect.stringMatching(/^\d+$/), keptAt: expect.any(String) });
  expect(await reads(linh, postId)).toMatchObject({ status: 200, body: draft });
  const { items } = await forum.done<Page<PostDraft>>('GET', '/api/v1/post-drafts', { token: linh.token });
  expect(items).toContainEqual(expect.objectContaining({ postId, title: 'Half a title' }));
  const member = await forum.member('no-editor');
  for (const path of [at(postId), '/api/v1/post-drafts'])
    expect(await forum.call('GET', path, { token: member.token })).toMatchObject({ status: 403 });
  expect(await forum.call('GET', `/api/v1/posts/${postId}`)).toMatchObject({ status: 404 });
  expect((await forum.call('GET', '/feed.xml')).body).not.toContain('Half a title');
});

test('of two editors who go on from one text the second is refused and nothing is written over', async () => {
  const postId = newId();
  const first = await keptBy(mali, postId, { title: 'Ours', body: 'One.' });
  const second = await keptBy(linh, postId, { title: 'Ours', body: 'One. Two.', over: first.position });
  expect([second.author?.handle, second.editor?.handle]).toEqual(['mali', 'linh']);
  for (const over of [null, first.position])
    expect(await keeps(mali, postId, { title: 'Ours', body: 'Another.', over })).toMatchObject({
      status: 409,
      body: { code: 'stale_revision' },
    });
  expect(await reads(mali, postId)).toMatchObject({ body: { body: 'One. Two.', position: second.position } });
  expect(await keeps(mali, postId, { title: 'Ours', body: 'One. Two.' })).toMatchObject({ status: 200 });
  const { status } = await forum.call('DELETE', `${at(postId)}?over=${first.position}`, { token: mali.token });
  expect([status, (await reads(mali, postId)).status]).toEqual([409, 200]);
});

test('a draft of several savings at once keeps one of them, and the others are told', async () => {
  const postId = newId();
  const { position: over } = await keptBy(mali, postId, { body: 'Before' });
  const told = await Promise.all([mali, linh, admin].map((by, n) => keeps(by, postId, { body: `At once ${n}`, over })));
  expect(told.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
});

test('what was published is no draft any more, and a text that somebody kept meanwhile stays beside the post', async () => {
  const text = { title: 'Published from a draft', body: 'Its text.' };
  const [id, other] = [newId(), newId()];
  for (const postId of [id, other]) await keptBy(mali, postId, text);
  await forum.done<Post>('POST', '/api/v1/posts', { token: mali.token, body: { id, ...text } });
  expect(await reads(mali, id)).toMatchObject({ status: 404 });
  expect(await keeps(mali, id, text)).toMatchObject({ status: 409, body: { code: 'conflict' } });
  const { position: over } = await keptBy(mali, other, text);
  await keptBy(linh, other, { ...text, body: 'Its text, longer.', over });
  await forum.done<Post>('POST', '/api/v1/posts', { token: mali.token, body: { id: other, ...text } });
  expect(await reads(mali, other)).toMatchObject({ status: 200, body: { body: 'Its text, longer.' } });
  const edit = { token: linh.token, body: { body: 'Its text, longer.' } };
  await forum.done<Post>('PATCH', `/api/v1/posts/${other}`, edit);
  expect(await reads(mali, other)).toMatchObject({ status: 404 });
  expect(await keeps(mali, other, { ...text, body: 'A third.' })).toMatchObject({ status: 200 });
});

test('what is thrown away can be read nowhere any more', async () => {
  const mark = 'zqxthrownaway';
  const postId = newId();
  const { position } = await keptBy(mali, postId, { title: mark, body: `Words: ${mark}` });
  await forum.call('DELETE', `${at(postId)}?over=${position}`, { token: linh.token });
  expect(await reads(mali, postId)).toMatchObject({ status: 404 });
  const streams = (await eventsOf('PostDraftDropped.v1')).map(({ stream }) => stream);
  const gone = (await eventsOf('KeyDestroyed.v1')).map(({ data }) => Reflect.get(Object(data), 'stream'));
  expect(gone).toContain(streams[0]);
  expect(filesWith(forum.dataDir, mark)).toEqual([]);
});

test('a page of another site, an id that is none and a text without a word are refused', async () => {
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { embedOrigins: ['https://blog.example'] } });
  const page = await forum.done<Post>('PUT', '/api/v1/pages', {
    token: mali.token,
    body: { url: 'https://blog.example/a' },
  });
  await forum.comment(mali, page.id);
  expect(await keeps(mali, page.id, { title: 'No' })).toMatchObject({ status: 404, body: { code: 'post_not_found' } });
  expect(await keeps(mali, 'nothing', { title: 'No' })).toMatchObject({ status: 404 });
  expect(await keeps(mali, newId(), { title: ' ', tags: ['peace'] })).toMatchObject({ status: 400 });
});

test('drafts have a number, and another editor has room', async () => {
  const writer = await forum.member('with-many-posts', ['editor']);
  const ids = Array.from({ length: MOST_POST_DRAFTS }, () => newId());
  for (const id of ids) await keptBy(writer, id, { title: 'One of many' });
  expect(await keeps(writer, newId(), { title: 'One too many' })).toMatchObject({
    status: 409,
    body: { code: 'conflict' },
  });
  const [first = ''] = ids;
  expect(await keeps(writer, first, { title: 'One of many' })).toMatchObject({ status: 200 });
  const { items, next } = await forum.done<Page<PostDraft>>('GET', '/api/v1/post-drafts?limit=20', {
    token: mali.token,
  });
  const rest = await forum.done<Page<PostDraft>>('GET', `/api/v1/post-drafts?limit=20&cursor=${next}`, {
    token: mali.token,
  });
  const seen = [...items, ...rest.items].map(({ postId }) => postId);
  expect(seen).toEqual(ids.toReversed().slice(0, 40));
  expect(await forum.call('GET', '/api/v1/post-drafts?limit=21', { token: mali.token })).toMatchObject({ status: 400 });
});

test('the words are in the own data of whoever wrote them, and go with the account that began them', async () => {
  const mark = 'zqxgoeswiththem';
  const writer = await forum.member('leaving-editor', ['editor']);
  const [own, others] = [newId(), newId()];
  const { position: over } = await keptBy(writer, own, { title: mark, body: 'Mine.' });
  await keptBy(linh, own, { title: mark, body: 'Mine and yours.', over });
  await keptBy(linh, others, { title: 'Not theirs', body: 'Stays.' });
  expect((await ownDrafts(writer)).map((text) => [text['post'], text['body']])).toEqual([[mark, 'Mine.']]);
  expect(await ownDrafts(linh)).toContainEqual(expect.objectContaining({ post: mark, body: 'Mine and yours.' }));
  const wish = { comments: 'keep', password: PASSWORD, immediately: true };
  const { erasureId } = await forum.done<AskedErasure>('POST', '/api/v1/members/me/erasure', {
    token: writer.token,
    body: wish,
  });
  await until(
    async () => (await forum.done<{ state: string }>('GET', `/api/v1/erasures/${erasureId}`)).state === 'done',
  );
  expect([(await reads(linh, own)).status, (await reads(linh, others)).status]).toEqual([404, 200]);
  const isTheirs = ({ data }: LogEvent): boolean => Reflect.get(Object(data), 'memberId') === writer.member.id;
  const streams = (await eventsOf('PostDraftKept.v1')).filter(isTheirs).map(({ stream }) => stream);
  const gone = (await eventsOf('KeyDestroyed.v1')).map(({ data }) => Reflect.get(Object(data), 'stream'));
  expect([new Set(streams).size, gone]).toEqual([1, expect.arrayContaining(streams)]);
  expect(filesWith(forum.dataDir, mark)).toEqual([]);
  expect(await keeps(linh, own, { title: 'Anew' })).toMatchObject({ status: 200 });
});

async function ownDrafts({ token }: TestMember): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const taken = await fetch(`${forum.url}/api/v1/members/me/data`, { headers: { authorization: `Bearer ${token}` } });
  const files = await unzipped(Buffer.from(await taken.arrayBuffer()));
  return JSON.parse(String(files['drafts.json']));
}

async function eventsOf(type: string): Promise<readonly LogEvent[]> {
  const path = `/api/v1/audit/events?type=${type}&limit=100`;
  return (await forum.done<Page<LogEvent>>('GET', path, { token: admin.token })).items.toReversed();
}
