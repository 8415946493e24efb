import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import { readAtom, readJson, readRss } from '../support/feed-checks.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { HubTestServer } from '../support/hub-server.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

const ORIGIN = 'https://forum.example';
const FILES = ['feed.xml', 'feed.atom', 'feed.json'];
const TYPES = ['HubTold.v1', 'HubFailed.v1', 'HubGivenUp.v1'];

let hub: HubTestServer;
let forum: RunningForum;
let editor: TestMember;

beforeAll(async () => {
  hub = await HubTestServer.start();
  const env = { PUBLIC_URL: ORIGIN, PUSH_SERVICES: hub.origin, WEBSUB_HUB: hub.url };
  forum = await startForum({ reacts: true, env });
  editor = await forum.member('the-editor', ['admin']);
  // What was published before the first lease named the work is told to nobody.
  await until(async () => (await count('LeaseTaken.v1', 'hub')) > 0);
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(async () => {
  await forum.close();
  await hub.close();
  expect(hub.faults).toEqual([]);
});

async function count(type: string, reactor?: string): Promise<number> {
  let found = 0;
  for await (const { type: one, data } of forum.forum.log.store.readAll({})) {
    if (one === type && (reactor === undefined || Reflect.get(Object(data), 'reactor') === reactor)) found += 1;
  }
  return found;
}

const settled = async (): Promise<number> =>
  (await Promise.all(TYPES.map((type) => count(type)))).reduce((a, b) => a + b);

/** The topics of what the next act changes, once it is recorded that the hub was told. */
async function toldOf(act: () => Promise<unknown>): Promise<readonly string[]> {
  const [pings, records] = [hub.pings.length, await settled()];
  await act();
  const topics = await hub.gets(pings + 1);
  await until(async () => (await settled()) > records);
  return topics;
}

const feedsOf = (...pages: readonly string[]): readonly string[] =>
  pages.flatMap((page) => FILES.map((file) => ORIGIN + page + file));
const publish = (more: object): Promise<Post> => forum.publish(editor, more);
const write = (method: string, path: string, body: object = {}) =>
  forum.done(method, `/api/v1/${path}`, { token: editor.token, body });

/** The clock of the forum goes ahead; a change of the settings has it look. */
function ahead(minutes: number): void {
  jest.restoreAllMocks();
  const real = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => real() + minutes * 60_000);
}

test('feeds of posts name the hub and themselves, in their headers and in their text; feeds of comments do not', async () => {
  const post = await publish({ title: 'Named', tags: ['Maps'] });
  const headersOf = async (path: string) => (await fetch(forum.url + path)).headers.get('link');
  for (const page of ['/', '/tags/Maps/']) {
    for (const file of FILES) {
      const self = ORIGIN + page.toLowerCase() + file;
      expect(await headersOf(page + file)).toBe(`<${hub.url}>; rel="hub", <${self}>; rel="self"`);
    }
  }
  const read = async (path: string) => (await fetch(forum.url + path)).text();
  const [rss, atom, json] = await Promise.all(FILES.map((file) => read(`/${file}`)));
  expect([rss, atom]).toEqual([
    expect.stringContaining(`<atom:link href="${hub.url}" rel="hub"`),
    expect.stringMatching(new RegExp(`<link href="${hub.url}" rel="hub"`)),
  ]);
  expect(JSON.parse(json ?? '')).toMatchObject({ hubs: [{ type: 'WebSub', url: hub.url }] });
  expect([readRss(rss ?? ''), readAtom(atom ?? ''), readJson(json ?? '')]).toHaveLength(3);
  expect([await headersOf(`/posts/${post.slug}/feed.xml`), await headersOf('/members/the-editor/feed.json')]).toEqual([
    null,
    null,
  ]);
  await hub.gets(1);
  await until(async () => (await settled()) === 1);
});

test('the hub is told of each post that comes, is edited, withdrawn or brought back, with the feeds of its tags, once', async () => {
  let post: Post | undefined;
  const before = hub.pings.length;
  expect(await toldOf(async () => (post = await publish({ tags: ['Maps', 'ประเทศ'] })))).toEqual(
    feedsOf('/', '/tags/maps/', `/tags/${encodeURIComponent('ประเทศ')}/`),
  );
  const id = post?.id ?? '';
  expect(await toldOf(() => write('PATCH', `posts/${id}`, { tags: ['Borders'] }))).toEqual(
    feedsOf('/', '/tags/maps/', `/tags/${encodeURIComponent('ประเทศ')}/`, '/tags/borders/'),
  );
  await forum.comment(editor, id);
  expect(await toldOf(() => write('POST', `posts/${id}/withdraw`))).toEqual(feedsOf('/', '/tags/borders/'));
  expect(await toldOf(() => write('POST', `posts/${id}/bring-back`))).toEqual(feedsOf('/', '/tags/borders/'));
  expect([hub.pings.length - before, await count('HubTold.v1'), await count('HubFailed.v1')]).toEqual([4, 5, 0]);
});

test('a post that comes later is told when it is there', async () => {
  const before = hub.pings.length;
  await publish({ tags: ['Later'], publishAt: new Date(Date.now() + 3_600_000).toISOString() });
  expect(await toldOf(() => publish({ tags: ['Now'] }))).toEqual(feedsOf('/', '/tags/now/'));
  const told = (): readonly string[] => hub.pings.slice(before + 1).flat();
  ahead(61);
  // The clock was moved by nobody's timer: another post has the forum look, if it does not look at this moment.
  await publish({ tags: ['Wakes'] });
  await until(async () => feedsOf('/tags/later/', '/tags/wakes/').every((topic) => told().includes(topic)));
  await until(async () => (await settled()) === hub.pings.length);
  const ofTags = told().filter((topic) => topic.includes('/tags/'));
  expect(ofTags.toSorted()).toEqual([...feedsOf('/tags/later/', '/tags/wakes/')].toSorted());
  expect(told()).toEqual(expect.arrayContaining([...feedsOf('/')]));
});

test('a hub that is away is told again later, of everything at once; one that refuses is not', async () => {
  hub.status = 503;
  await toldOf(() => publish({ tags: ['First'] }));
  await publish({ tags: ['Second'] });
  const before = hub.pings.length;
  hub.status = 204;
  const topics = await toldOf(async () => {
    ahead(5);
    await publish({ tags: ['Third'] });
  });
  const [first, ...others] = topics.filter((_, at) => at % 3 === 0).map((topic) => topic.slice(ORIGIN.length));
  expect([first, others.toSorted(), hub.pings.length - before]).toEqual([
    '/feed.xml',
    ['first', 'second', 'third'].map((tag) => `/tags/${tag}/feed.xml`),
    1,
  ]);
  hub.status = 403;
  await toldOf(() => publish({ tags: ['Refused'] }));
  expect([await count('HubFailed.v1'), await count('HubGivenUp.v1')]).toEqual([1, 1]);
  hub.status = 202;
  expect(await toldOf(() => publish({ tags: ['Taken'] }))).toEqual(feedsOf('/', '/tags/taken/'));
});
