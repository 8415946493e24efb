import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment, Post } from '../../libs/client/index.ts';
import { VIEWS, type Views } from '../../libs/projections/index.ts';
import { KeptFiles } from '../../src/web/feeds/kept-files.ts';
import { type ReadFeed, readAtom, readJson, readRss } from '../support/feed-checks.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

const ORIGIN = 'https://forum.example';
const READERS: Readonly<Record<string, (text: string) => ReadFeed>> = {
  'feed.xml': readRss,
  'feed.atom': readAtom,
  'feed.json': readJson,
};
const FILES = Object.keys(READERS);

let forum: RunningForum;
let views: Views;
let kept: KeptFiles;
let editor: TestMember;
let mali: TestMember;
let post: Post;
let comment: Comment;

beforeAll(async () => {
  forum = await startForum({ env: { PUBLIC_URL: ORIGIN } });
  views = forum.forum.app.get(VIEWS, { strict: false });
  kept = forum.forum.app.get(KeptFiles, { strict: false });
  editor = await forum.member('the-editor', ['admin']);
  mali = await forum.member('mali');
  post = await forum.publish(editor, { title: 'Where is the border?', tags: ['Maps'], locale: 'th' });
  comment = await forum.comment(mali, post.id, { body: 'There, [see](/about)' });
}, 60_000);
afterAll(() => forum.close());

/** Once the views have it, whoever asks must see it. */
async function write(method: string, path: string, by: TestMember, body: object = {}): Promise<void> {
  const { status, headers } = await forum.call(method, `/api/v1/${path}`, { token: by.token, body });
  if (status >= 300) throw new Error(`${method} ${path} answered ${status}`);
  await views.reached(BigInt(headers.get('colloquy-position') ?? '0'));
}

const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Response> =>
  fetch(forum.url + path, { method, headers: { 'accept-encoding': 'identity', ...headers }, redirect: 'manual' });

/** The feed beside a page in each format, as readers read it. */
async function read(page: string): Promise<readonly ReadFeed[]> {
  return Promise.all(
    FILES.map(async (file) => {
      const answer = await ask(`${page}${file}`);
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`${page}${file} answered ${answer.status}`);
      return READERS[file]?.(text) ?? { title: '', items: [] };
    }),
  );
}

const all = (): Promise<string> =>
  Promise.all(
    ['/', `/posts/${post.slug}/`, '/tags/maps/', '/members/mali/', '/members/the-editor/'].flatMap((page) =>
      FILES.map(async (file) => (await ask(page + file)).text()),
    ),
  ).then((texts) => texts.join('\n'));

describe('feeds', () => {
  it('have the posts and comments of the page beside them, in three formats that are what their standards ask for', async () => {
    const asPost = {
      id: `urn:uuid:${post.id}`,
      url: `${ORIGIN}/posts/${post.slug}`,
      title: 'Where is the border?',
      html: '<p>Its text.</p>',
      author: 'Name of the-editor',
      tags: ['Maps'],
    };
    const asComment = {
      id: `urn:uuid:${comment.id}`,
      url: `${ORIGIN}/comments/${comment.id}`,
      title: 'Name of mali on “Where is the border?”',
      html: expect.stringContaining(`<p>There, <a href="${ORIGIN}/about" `),
      author: 'Name of mali',
      tags: [],
    };
    for (const [page, title, items] of [
      ['/', 'Colloquy', [asPost]],
      [`/posts/${post.slug}/`, 'Comments on “Where is the border?” · Colloquy', [asComment]],
      ['/tags/maps/', 'Posts tagged “maps” · Colloquy', [asPost]],
      ['/members/mali/', 'Name of mali · Colloquy', [asComment]],
      ['/members/the-editor/', 'Name of the-editor · Colloquy', [asPost]],
    ] as const)
      expect([page, ...(await read(page))]).toEqual([page, ...FILES.map(() => ({ title, items }))]);
  });

  it('are served to the programs of all sites as what they are, to HEAD without the text', async () => {
    for (const [file, type] of [
      ['feed.xml', 'application/rss+xml'],
      ['feed.atom', 'application/atom+xml'],
      ['feed.json', 'application/feed+json'],
    ] as const) {
      const { status, headers } = await ask(`/${file}`);
      const told = ['content-type', 'access-control-allow-origin', 'cache-control'].map((name) => headers.get(name));
      expect([status, ...told]).toEqual([200, `${type}; charset=utf-8`, '*', 'no-cache']);
      const head = await ask(`/${file}`, {}, 'HEAD');
      const same = ['etag', 'last-modified', 'content-length', 'content-type'];
      expect([head.status, await head.text(), same.map((name) => head.headers.get(name))]).toEqual([
        200,
        '',
        same.map((name) => headers.get(name)),
      ]);
    }
  });

  it('are there for handles and tags of every script, and not for members and posts that nobody finds', async () => {
    await forum.publish(editor, { title: 'ชายแดน', tags: ['ประเทศ / 国', 'a&b?c#d'] });
    for (const tag of ['ประเทศ / 国', 'a&b?c#d'])
      expect((await read(`/tags/${encodeURIComponent(tag)}/`)).map(({ items }) => items.length)).toEqual([1, 1, 1]);
    for (const path of ['/members/nobody', '/posts/nowhere', `/posts/${newId()}`, '/members/%E0%A4%A', '/posts/%00'])
      for (const file of FILES) {
        const page = await ask(path);
        expect([path, (await ask(`${path}/${file}`)).status]).toEqual([path, page.status]);
        expect(page.status).toBeGreaterThanOrEqual(400);
      }
  });

  it('have a comment at once, were it the first of its member or under its post', async () => {
    const [quiet, other] = [await forum.member('quiet'), await forum.publish(editor, { title: 'Quiet' })];
    const pages = ['/members/quiet/', `/posts/${other.slug}/`];
    for (const page of pages) expect((await read(page)).map(({ items }) => items.length)).toEqual([0, 0, 0]);
    await write('POST', `posts/${other.id}/comments`, quiet, { body: 'Now' });
    for (const page of pages) expect((await read(page)).map(({ items }) => items.length)).toEqual([1, 1, 1]);
  });

  it('have twenty items at most, the newest first', async () => {
    for (let n = 0; n < 22; n += 1) await forum.comment(mali, post.id, { body: `Number ${n}` });
    for (const page of [`/posts/${post.slug}/`, '/members/mali/'])
      for (const { items } of await read(page)) {
        expect(items.map(({ html }) => html.trim()).slice(0, 2)).toEqual(['<p>Number 21</p>', '<p>Number 20</p>']);
        expect(items.length).toBe(20);
      }
  });
});

describe('what readers do not see', () => {
  const revisionOf = async ({ id }: Comment): Promise<number> =>
    (await forum.done<Comment>('GET', `/api/v1/comments/${id}`, { token: editor.token })).revision;
  const decide = async (one: Comment, action: string): Promise<void> =>
    write('POST', `comments/${one.id}/decisions`, editor, { action, reason: 'spam', revision: await revisionOf(one) });

  it.each([
    ['a held comment', (one: Comment) => decide(one, 'hold')],
    ['a rejected comment', (one: Comment) => decide(one, 'reject')],
    ['a comment that a moderator removed', (one: Comment) => decide(one, 'remove')],
    ['a comment that its author removed', (one: Comment) => write('DELETE', `comments/${one.id}`, mali)],
  ])('%s is in no feed any more', async (name, hide) => {
    const mark = `Words of ${name}`;
    const one = await forum.comment(mali, post.id, { body: mark });
    expect((await all()).split(mark).length - 1).toBe(6);
    await hide(one);
    expect(await all()).not.toContain(mark);
    expect(await all()).not.toContain(one.id);
  });

  it('a withdrawn post and all that was said about it is in no feed any more, and its own feed is gone', async () => {
    const mark = 'A post to withdraw';
    const gone = await forum.publish(editor, { title: mark, tags: ['maps'] });
    await forum.comment(mali, gone.id, { body: 'Said under it' });
    expect((await read(`/posts/${gone.slug}/`)).map(({ items }) => items.length)).toEqual([1, 1, 1]);
    expect(await all()).toContain(mark);
    await write('POST', `posts/${gone.id}/withdraw`, editor);
    for (const words of [mark, 'Said under it', gone.id]) expect(await all()).not.toContain(words);
    for (const file of FILES) expect((await ask(`/posts/${gone.slug}/${file}`)).status).toBe(404);
  });

  it('a scheduled post is in them from the moment on when it is out, though nothing is recorded then', async () => {
    const publishAt = new Date(Date.now() + 1_500).toISOString();
    const { slug } = await forum.publish(editor, { title: 'Out soon', tags: ['maps'], publishAt });
    while (Date.now() < Date.parse(publishAt) - 100) expect(await all()).not.toContain(slug);
    while (Date.now() <= Date.parse(publishAt)) await all();
    // Of the forum, the tag and the editor.
    expect((await all()).split('Out soon').length - 1).toBe(9);
  });

  it('the feed of a member who hides its page is gone, and comes back', async () => {
    await read('/members/mali/');
    await write('PATCH', 'members/me', mali, { pageHidden: true });
    for (const file of FILES) expect((await ask(`/members/mali/${file}`)).status).toBe(404);
    await write('PATCH', 'members/me', mali, { pageHidden: false });
    expect((await read('/members/mali/')).length).toBe(3);
  });

  it('a former name and a former text are in none', async () => {
    const one = await forum.comment(mali, post.id, { body: 'Before the edit' });
    expect(await all()).toContain('Before the edit');
    await write('PATCH', `comments/${one.id}`, mali, { body: 'After the edit', revision: one.revision });
    await write('PATCH', 'members/me', mali, { displayName: 'Mali the second' });
    const now = await all();
    expect([now.includes('Before the edit'), now.includes('Name of mali')]).toEqual([false, false]);
    expect([now.includes('After the edit'), now.includes('Mali the second')]).toEqual([true, true]);
  });
});

describe('the addresses that blogs give their feeds', () => {
  const moved = async (path: string, method = 'GET') => {
    const { status, headers } = await ask(path, {}, method);
    return [status, headers.get('location')];
  };

  it.each([
    ...['/feed/', '/feed', '/feed/rss2/', '/rss', '/rss.xml', '/index.xml', '/?feed=rss2'].map((path) => [
      path,
      '/feed.xml',
    ]),
    ...['/atom.xml', '/feed/atom/', '/?feed=atom'].map((path) => [path, '/feed.atom']),
    ['/tags/maps/feed/', '/tags/maps/feed.xml'],
    ['/members/Mali/feed', '/members/mali/feed.xml'],
  ])('%s leads to ours for good', async (path, ours) => {
    expect([await moved(path), await moved(path, 'HEAD')]).toEqual([
      [301, ours],
      [301, ours],
    ]);
    expect((await ask(ours)).status).toBe(200);
  });

  it('a post has them too, and what is not there or not out has none', async () => {
    expect(await moved(`/posts/${post.slug}/feed/`)).toEqual([301, `/posts/${post.slug}/feed.xml`]);
    expect(await moved(`/posts/${post.slug}/feed/atom/`)).toEqual([301, `/posts/${post.slug}/feed.atom`]);
    const publishAt = new Date(Date.now() + 3_600_000).toISOString();
    const later = await forum.publish(editor, { title: 'To come', publishAt });
    for (const path of [
      `/posts/${later.slug}/feed/`,
      '/posts/nowhere/feed/',
      '/tags/none/feed/',
      '/?feed=pie',
      '/x/feed/',
    ])
      expect([path, ...(await moved(path))]).toEqual([path, 404, null]);
  });
});

describe('whoever has a feed already', () => {
  const path = '/feed.atom';
  const statusOf = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await ask(path, headers)).status;

  it('is not sent it again by its tag, and is sent it once it has changed', async () => {
    for (const given of [path, `${path}?utm_source=x`]) {
      const { headers } = await ask(given);
      const etag = headers.get('etag') ?? '';
      const unchanged = await ask(given, { 'if-none-match': etag });
      expect([unchanged.status, await unchanged.text(), unchanged.headers.get('etag')]).toEqual([304, '', etag]);
      expect((await ask(given, { 'if-none-match': etag }, 'HEAD')).status).toBe(304);
      await write('PATCH', `posts/${post.id}`, editor, { title: `Where is the border${given.length}?` });
      expect((await ask(given, { 'if-none-match': etag })).status).toBe(200);
    }
  });

  it('is not sent it again by its date, and is sent it once it has changed, were it within the same second', async () => {
    const { id } = await forum.publish(editor, { title: 'Dated', tags: ['dated'] });
    const dated = '/tags/dated/feed.atom';
    const date = (await ask(dated)).headers.get('last-modified') ?? '';
    expect(new Date(date).toUTCString()).toBe(date);
    expect((await ask(dated, { 'if-modified-since': date })).status).toBe(304);
    expect((await ask(dated, { 'if-none-match': '"other"', 'if-modified-since': date })).status).toBe(200);
    await write('PATCH', `posts/${id}`, editor, { title: 'Dated anew' });
    const again = await ask(dated, { 'if-modified-since': date });
    expect([again.status, await again.text()]).toEqual([200, expect.stringContaining('Dated anew')]);
    expect((await ask(dated, { 'if-modified-since': date })).status).toBe(200);
  });

  it('is sent it again whatever else it says', async () => {
    await ask(path);
    for (const tag of ['', '"', '\\', '"a', 'W/', ',,,', '"x","y"'.repeat(500)])
      expect([tag, await statusOf({ 'if-none-match': tag })]).toEqual([tag, 200]);
    for (const date of ['', 'now', '0', 'Thu, 01 Jan 2099 00:00:00 GMT', 'x'.repeat(4_000)])
      expect([date, await statusOf({ 'if-modified-since': date })]).toEqual([date, 200]);
  });

  it('is told no date of contents that followed others within a second', async () => {
    const dates = new Map<string, Set<string>>();
    for (let n = 0; n < 12; n += 1) {
      await write('PATCH', `posts/${post.id}`, editor, { title: `The border, number ${n}` });
      const { headers } = await ask(path);
      const date = headers.get('last-modified');
      if (date !== null) dates.set(date, (dates.get(date) ?? new Set()).add(headers.get('etag') ?? ''));
    }
    expect([...dates.values()].filter((tags) => tags.size > 1)).toEqual([]);
  });

  it('is sent what was made once for as many as ask', async () => {
    kept.clear();
    const { made } = kept.state;
    await Promise.all(Array.from({ length: 20 }, () => ask(path)));
    expect(kept.state.made - made).toBe(1);
    const member = await ask(path, { cookie: `__Host-colloquy_session=${mali.token}` });
    const reader = await ask(path);
    expect(await member.text()).toBe(await reader.text());
    expect(kept.state.made - made).toBe(1);
  });
});
