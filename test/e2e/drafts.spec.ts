import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AskedErasure, Draft, DraftWish, LogEvent, Page, Post } from '../../libs/client/index.ts';
import { MOST_DRAFTS } from '../../libs/words/index.ts';
import { filesWith } from '../support/files-with.ts';
import { PASSWORD } from '../support/forum-account.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { TestSocket } from '../support/live-socket.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';
import { unzipped } from '../support/unzipped.ts';

let forum: RunningForum;
let admin: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum({ reacts: true });
  admin = await forum.admin();
  post = await forum.publish(admin);
});
afterAll(() => forum.close());

const DRAFTS = '/api/v1/members/me/drafts';
type Wish = Omit<DraftWish, 'postId'> & { readonly postId?: string };
const keeps = (by: TestMember, wish: Wish) =>
  forum.call('PUT', DRAFTS, { token: by.token, body: { postId: post.id, ...wish } });
const keptBy = (by: TestMember, wish: Wish): Promise<Draft> =>
  forum.done('PUT', DRAFTS, { token: by.token, body: { postId: post.id, ...wish } });
const kept = async (by: TestMember, query = ''): Promise<readonly Draft[]> =>
  (await forum.done<Page<Draft>>('GET', `${DRAFTS}${query}`, { token: by.token })).items;
const drops = (by: TestMember, query: string) => forum.call('DELETE', `${DRAFTS}?${query}`, { token: by.token });

test('a text that is kept on one device is read on another, and by its writer alone', async () => {
  const writer = await forum.member('drafting');
  const root = await forum.comment(admin, post.id);
  const { status, body: draft } = await keeps(writer, { parentId: root.id, body: 'Half a thought' });
  const named = { id: post.id, slug: post.slug, title: post.title, locale: post.locale };
  const whole = {
    postId: post.id,
    parentId: root.id,
    commentId: null,
    body: 'Half a thought',
    position: expect.stringMatching(/^\d+$/),
    keptAt: expect.any(String),
    post: named,
    state: 'open',
  };
  expect([status, draft]).toEqual([200, whole]);
  expect(await kept(writer)).toEqual([draft]);
  expect(await kept(writer, `?postId=${newId()}`)).toEqual([]);
  expect(await kept(await forum.member('not-drafting'))).toEqual([]);
  expect(await forum.call('GET', DRAFTS)).toMatchObject({ status: 401 });
});

test('the list says where a translation that was begun is kept, where the site lets its reader translate', async () => {
  const writer = await forum.member('translating');
  const isTold = async () => {
    const { body } = await forum.call('GET', '/drafts', { headers: { cookie: `colloquy_session=${writer.token}` } });
    return String(body).includes('What you begin to translate is kept in this browser, on the page where');
  };
  for (const translations of ['nobody', 'members']) {
    await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { translations } });
    expect([translations, await isTold()]).toEqual([translations, translations === 'members']);
  }
});

test('a newer text is never written over by a device that has not seen it', async () => {
  const writer = await forum.member('two-devices');
  const first = await keptBy(writer, { body: 'From the phone' });
  const second = await keptBy(writer, { body: 'From the phone, later', over: first.position });
  for (const over of [null, first.position]) {
    const refused = await keeps(writer, { body: 'From the laptop', over });
    expect(refused).toMatchObject({ status: 409, body: { code: 'stale_revision' } });
  }
  expect(await keeps(writer, { body: 'From the phone, later' })).toMatchObject({ status: 200 });
  expect(await kept(writer)).toMatchObject([{ body: 'From the phone, later', position: second.position }]);
  expect(await keeps(writer, { body: 'Of both', over: second.position })).toMatchObject({ status: 200 });
});

test('a draft that is thrown away is gone for good, and its place can have another', async () => {
  const writer = await forum.member('throwing-away');
  await keeps(writer, { body: 'Never said' });
  expect(await drops(writer, `postId=${post.id}`)).toMatchObject({ status: 204 });
  expect(await drops(writer, `postId=${post.id}`)).toMatchObject({ status: 204 });
  expect(await kept(writer)).toEqual([]);
  const [{ stream } = { stream: '' }] = await eventsOf(writer, 'DraftKept.v1');
  expect(await eventsOf(null, 'KeyDestroyed.v1')).toEqual(
    expect.arrayContaining([expect.objectContaining({ data: { keyId: expect.any(String), stream } })]),
  );
  expect(await keeps(writer, { body: 'Said after all' })).toMatchObject({ status: 200 });
  expect(await kept(writer)).toMatchObject([{ body: 'Said after all' }]);
});

test('what is posted or edited is no draft any more, whichever way it comes', async () => {
  const writer = await forum.member('sending-drafts');
  const other = await forum.publish(admin);
  const socket = await new TestSocket(forum.url, { token: writer.token }).connected();
  try {
    const root = await forum.comment(admin, other.id);
    await keeps(writer, { postId: other.id, parentId: root.id, body: 'Said li' });
    await keeps(writer, { postId: other.id, body: 'Something else' });
    const wish = { id: newId(), postId: other.id, parentId: root.id, body: 'Said live\r\n' };
    expect(await socket.ask('comment:post', wish)).toMatchObject({ comment: { id: wish.id } });
    expect((await kept(writer)).map(({ body }) => body)).toEqual(['Something else']);
  } finally {
    socket.close();
  }
  const own = await forum.comment(writer, other.id, { body: 'Something else' });
  expect(await kept(writer)).toEqual([]);
  await keeps(writer, { postId: other.id, commentId: own.id, body: 'Better' });
  const edit = { token: writer.token, body: { body: 'Better', revision: 0 } };
  await forum.done('PATCH', `/api/v1/comments/${own.id}`, edit);
  expect(await kept(writer)).toEqual([]);
});

test('a text that is kept late, after it was posted, is no draft; another one at its place is', async () => {
  const writer = await forum.member('late-drafts');
  const other = await forum.publish(admin);
  const own = await forum.comment(writer, other.id, { body: 'Said at once' });
  const late = { postId: other.id, body: 'Said at once\r\n' };
  expect(await keeps(writer, late)).toMatchObject({ status: 409, body: { code: 'conflict' } });
  expect(await kept(writer)).toEqual([]);
  await forum.comment(writer, other.id, { parentId: own.id, body: 'Answered at once' });
  const answer = { postId: other.id, parentId: own.id };
  expect(await keeps(writer, { ...answer, body: 'Answered at once' })).toMatchObject({ status: 409 });
  expect(await keeps(writer, { ...answer, body: 'Answered at once, and more' })).toMatchObject({ status: 200 });
  expect((await kept(writer)).map(({ body }) => body)).toEqual(['Answered at once, and more']);
});

test.each(['hold', 'remove'] as const)(
  'what is written at a comment that is decided on meanwhile is kept all the same: %s',
  async (action) => {
    const writer = await forum.member(`writing-on-${action}`);
    const other = await forum.publish(admin);
    const speaker = await forum.member(`speaking-on-${action}`);
    const root = await forum.comment(speaker, other.id);
    const below = await forum.comment(speaker, other.id, { parentId: root.id });
    const own = await forum.comment(writer, other.id, { body: 'Mine' });
    for (const { id } of [root, own]) {
      const body = { action, reason: 'spam', revision: 0 };
      await forum.done('POST', `/api/v1/comments/${id}/decisions`, { token: admin.token, body });
    }
    const texts = ['To what went', 'To what stood below', 'Of my own'];
    const places = [{ parentId: root.id }, { parentId: below.id }, { commentId: own.id }];
    for (const [n, place] of places.entries())
      expect(await keeps(writer, { postId: other.id, body: texts[n] ?? '', ...place })).toMatchObject({ status: 200 });
    const found = (await kept(writer)).map(({ body, state }) => [body, state]);
    expect(new Map(found.map(([body = '', state]) => [body, state]))).toEqual(
      new Map([
        ['To what went', 'gone'],
        ['To what stood below', action === 'hold' ? 'gone' : 'open'],
        ['Of my own', action === 'hold' ? 'open' : 'gone'],
      ]),
    );
  },
);

test('with the text of a purged comment goes its author’s draft of an edit, and none can be kept', async () => {
  const mark = 'quxdraftmarker';
  const writer = await forum.member('edited-then-purged');
  const own = await forum.comment(writer, post.id, { body: `Said ${mark}` });
  await keeps(writer, { commentId: own.id, body: `Thrown away ${mark}` });
  await drops(writer, `postId=${post.id}&commentId=${own.id}`);
  const draft = await keptBy(writer, { commentId: own.id, body: `Said better ${mark}` });
  await keeps(writer, { body: 'Of the post' });
  const purge = { token: admin.token, body: { reason: 'A number' } };
  await forum.done('POST', `/api/v1/comments/${own.id}/purge`, purge);
  await until(async () => (await kept(writer)).length === 1);
  expect(await kept(writer)).toMatchObject([{ body: 'Of the post' }]);
  const streams = (await eventsOf(writer, 'DraftKept.v1')).map(({ stream }) => stream).slice(0, 2);
  const isGone = async () => {
    const gone = new Set((await eventsOf(null, 'KeyDestroyed.v1')).map(({ data }) => Reflect.get(data, 'stream')));
    return streams.every((stream) => gone.has(stream));
  };
  await until(isGone);
  const again = { commentId: own.id, body: `Said better ${mark}`, over: draft.position };
  expect(await keeps(writer, again)).toMatchObject({ status: 404, body: { code: 'comment_not_found' } });
  const headers = { authorization: `Bearer ${writer.token}` };
  const taken = await fetch(`${forum.url}/api/v1/members/me/data`, { headers });
  const files = await unzipped(Buffer.from(await taken.arrayBuffer()));
  expect(Object.values(files).filter((text) => text.includes(mark))).toEqual([]);
  expect(filesWith(forum.dataDir, mark)).toEqual([]);
});

test('it stays readable where nobody can write any more, and says so', async () => {
  const writer = await forum.member('outlived');
  const other = await forum.publish(admin);
  const answered = await forum.comment(admin, other.id);
  await keeps(writer, { postId: other.id, body: 'Of the post' });
  await keeps(writer, { postId: other.id, parentId: answered.id, body: 'Of the comment' });
  const states = async () => Object.fromEntries((await kept(writer)).map(({ body, state }) => [body, state]));
  await forum.done('DELETE', `/api/v1/comments/${answered.id}`, { token: admin.token });
  expect(await states()).toEqual({ 'Of the post': 'open', 'Of the comment': 'gone' });
  const closed = { token: admin.token, body: { state: 'closed' } };
  await forum.done('PUT', `/api/v1/posts/${other.id}/discussion`, closed);
  expect(await states()).toEqual({ 'Of the post': 'closed', 'Of the comment': 'gone' });
  await forum.done('POST', `/api/v1/posts/${other.id}/withdraw`, { token: admin.token });
  expect(await states()).toEqual({ 'Of the post': 'gone', 'Of the comment': 'gone' });
  expect((await kept(writer)).map((draft) => draft.post)).toEqual([null, null]);
});

test('only the own comment is edited, and what is not there is refused', async () => {
  const writer = await forum.member('editing-drafts');
  const [own, others] = [await forum.comment(writer, post.id), await forum.comment(admin, post.id)];
  expect(await keeps(writer, { commentId: own.id, body: 'Better' })).toMatchObject({ status: 200 });
  for (const [wish, code] of [
    [{ commentId: others.id }, 'comment_not_found'],
    [{ parentId: newId() }, 'comment_not_found'],
    [{ postId: newId() }, 'post_not_found'],
    [{ postId: (await forum.publish(admin)).id, parentId: own.id }, 'comment_not_found'],
    [{ commentId: own.id, parentId: own.id }, 'invalid'],
  ] as const) {
    expect(await keeps(writer, { body: 'No', ...wish })).toMatchObject({ body: { code } });
  }
});

test('drafts have a number', async () => {
  const writer = await forum.member('with-many-drafts');
  const root = await forum.comment(admin, post.id);
  await keeps(writer, { body: 'The first' });
  for (let n = 1; n < MOST_DRAFTS; n += 1) {
    const { id } = await forum.comment(admin, post.id, { parentId: root.id });
    await keeps(writer, { parentId: id, body: `Number ${n}` });
  }
  const one = { parentId: root.id, body: 'One too many' };
  expect(await keeps(writer, one)).toMatchObject({ status: 409, body: { code: 'conflict' } });
  expect(await kept(writer)).toHaveLength(MOST_DRAFTS);
});

test('an erased member leaves no draft and no bookmark behind', async () => {
  const writer = await forum.member('erased-with-drafts');
  const root = await forum.comment(admin, post.id);
  await keeps(writer, { body: 'Thrown away before' });
  await drops(writer, `postId=${post.id}`);
  await keeps(writer, { parentId: root.id, body: 'Still there' });
  await forum.done('PUT', `/api/v1/comments/${root.id}/bookmark`, { token: writer.token });
  const streams = new Set<string>();
  for (const type of ['DraftKept.v1', 'BookmarkAdded.v1']) {
    for (const { stream } of await eventsOf(writer, type)) streams.add(stream);
  }
  expect(streams.size).toBe(3);
  const wish = { comments: 'keep', password: PASSWORD, immediately: true };
  const { erasureId } = await forum.done<AskedErasure>('POST', '/api/v1/members/me/erasure', {
    token: writer.token,
    body: wish,
  });
  await until(
    async () => (await forum.done<{ state: string }>('GET', `/api/v1/erasures/${erasureId}`)).state === 'done',
  );
  const gone = (await eventsOf(null, 'KeyDestroyed.v1')).map(({ data }) => Reflect.get(Object(data), 'stream'));
  expect(gone).toEqual(expect.arrayContaining([...streams]));
});

async function eventsOf(by: TestMember | null, type: string): Promise<readonly LogEvent[]> {
  const actor = by === null ? '' : `&actor=${by.member.id}`;
  const path = `/api/v1/audit/events?type=${type}${actor}&limit=100`;
  return (await forum.done<Page<LogEvent>>('GET', path, { token: admin.token })).items;
}
