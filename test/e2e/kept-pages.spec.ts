import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { Comment, Post } from '../../libs/client/index.ts';
import { EVENT_STORE, type EventStore } from '../../libs/event-store/index.ts';
import { VIEWS, type Views } from '../../libs/projections/index.ts';
import { Visiting } from '../../src/acts/visiting.ts';
import { KeptChoices } from '../../src/views/notifications/kept-choices.ts';
import { KeptPosts } from '../../src/views/post-list/kept-posts.ts';
import { SanctionDirectory } from '../../src/views/sanctions/door/sanction-directory.ts';
import { Bookmarkers } from '../../src/views/shelf/bookmarkers.ts';
import { KeptDiscussions } from '../../src/views/thread/kept-discussions.ts';
import { EncodedPasts } from '../../src/views/thread/past/encoded-past.ts';
import { ThreadActivities } from '../../src/views/thread/past/thread-activities.ts';
import { KeptLines } from '../../src/views/translations/kept-lines.ts';
import { KeptFiles } from '../../src/web/feeds/kept-files.ts';
import { KeptPages } from '../../src/web/shell/kept-pages.ts';
import { wholeMinute } from '../../src/web/shell/whole-minute.ts';
import { keptConversations } from '../../src/web/thread/kept-conversations.tsx';
import { MemberPages } from '../../src/web/thread/member-pages.tsx';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let kept: KeptPages;
let files: KeptFiles;
let discussions: KeptDiscussions;
let pasts: EncodedPasts;
let ofMembers: MemberPages;
/** What is kept beside these, of posts and of members. */
let ofReaders: readonly { clear(): void }[];
let views: Views;
let people: readonly TestMember[];
/** Members who write nothing. */
let readers: readonly TestMember[];
let keeper: TestMember;
let posts: readonly Post[];
/** When all comments of the beginning were there, and nothing else had come. */
let begun: string;
const LONG = process.env['COLLOQUY_LONG'] !== undefined;
const comments: Comment[] = [];
/** The visits that pages recorded, for which no page waits. */
const visits: Promise<void>[] = [];
let turn = 0;
/** Pages of members that were put together of what is kept. */
let put = 0;

beforeAll(async () => {
  forum = await startForum();
  kept = forum.forum.app.get(KeptPages, { strict: false });
  files = forum.forum.app.get(KeptFiles, { strict: false });
  discussions = forum.forum.app.get(KeptDiscussions, { strict: false });
  pasts = forum.forum.app.get(EncodedPasts, { strict: false });
  ofMembers = forum.forum.app.get(MemberPages, { strict: false });
  ofReaders = [KeptPosts, KeptLines, ThreadActivities, KeptChoices, SanctionDirectory, Bookmarkers].map((one) =>
    forum.forum.app.get<{ clear(): void }>(one, { strict: false }),
  );
  views = forum.forum.app.get(VIEWS, { strict: false });
  const visiting = forum.forum.app.get(Visiting, { strict: false });
  const keep = visiting.keep.bind(visiting);
  jest.spyOn(visiting, 'keep').mockImplementation((...visit) => {
    const keeping = keep(...visit);
    visits.push(keeping);
    return keeping;
  });
  keeper = await forum.member('the-keeper', ['admin']);
  await forum.done('PATCH', '/api/v1/site', { token: keeper.token, body: { translations: 'members' } });
  people = [await forum.member('mali'), await forum.member('somsri'), await forum.member('dara')];
  readers = [await forum.member('nari'), await forum.member('sokha')];
  posts = await Promise.all(['One', 'Two'].map((title) => forum.publish(keeper, { title, tags: ['news'] })));
  for (const post of posts)
    for (let n = 0; n < 60; n += 1)
      comments.push(await forum.comment(at(people, n % 2), post.id, { body: `Word ${n}` }));
  begun = String(views.position());
}, 60_000);
afterAll(() => forum.close());

function at<Item>(items: readonly Item[], n: number): Item {
  const item = items[n % items.length];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

const everyone = (): readonly TestMember[] => [...readers, ...people];

/** What people do, each by two numbers that choose the person and the thing; some are refused, which changes nothing. */
const ACTS = {
  post: (who, which) => write('POST', `posts/${at(posts, which).id}/comments`, at(people, who), said()),
  answer: (who, which) => {
    const { id: parentId, postId } = at(comments, which);
    return write('POST', `posts/${postId}/comments`, at(people, who), { ...said(), parentId });
  },
  edit: async (who, which) => {
    const { id, author } = at(comments, which);
    const own = people.find(({ member }) => member.id === author?.id) ?? at(people, who);
    const { revision } = await forum.done<Comment>('GET', `/api/v1/comments/${id}`, { token: keeper.token });
    return write('PATCH', `comments/${id}`, own, { ...said(), revision });
  },
  remove: (who, which) => write('DELETE', `comments/${at(comments, which).id}`, at(people, who)),
  react: (who, which) =>
    write('PUT', `comments/${at(comments, which).id}/reactions/${at(['like', 'thanks'], which)}`, at(everyone(), who)),
  unreact: (who, which) => write('DELETE', `comments/${at(comments, which).id}/reactions/like`, at(people, who)),
  decide: async (who, which) => {
    const { id } = at(comments, which);
    const { revision } = await forum.done<Comment>('GET', `/api/v1/comments/${id}`, { token: keeper.token });
    const action = at(['hold', 'approve', 'remove', 'restore', 'reject'], who);
    return write('POST', `comments/${id}/decisions`, keeper, { action, reason: 'spam', note: '', revision });
  },
  discussion: (who, which) => {
    const pinnedCommentId = who % 2 === 0 ? at(comments, which * 2).id : null;
    const state = at(['open', 'open', 'open', 'open', 'closed', 'read-only'], which);
    return write('PUT', `posts/${at(posts, which).id}/discussion`, keeper, { state, pinnedCommentId });
  },
  editPost: (who, which) => {
    const tags = who % 2 === 0 ? ['news'] : [];
    return write('PATCH', `posts/${at(posts, which).id}`, keeper, { title: `Title ${turn}`, tags });
  },
  publish: () => write('POST', 'posts', keeper, { title: `Another ${turn}`, body: 'Text.', tags: ['news'] }),
  rename: (who) => write('PATCH', 'members/me', at(everyone(), who), { displayName: `Name number ${turn}` }),
  bookmark: (who, which) => write('PUT', `comments/${at(comments, which).id}/bookmark`, at(everyone(), who)),
  bookmarkPost: (who, which) =>
    write(which % 2 === 0 ? 'PUT' : 'DELETE', `posts/${at(posts, which >> 1).id}/bookmark`, at(everyone(), who)),
  follow: (who, which) =>
    write(which % 2 === 0 ? 'PUT' : 'DELETE', `posts/${at(posts, which >> 1).id}/follow`, at(everyone(), who)),
  mute: (who, which) =>
    write(which % 2 === 0 ? 'PUT' : 'DELETE', `posts/${at(posts, which >> 1).id}/mute`, at(everyone(), who)),
  ignore: (who, which) =>
    write(which % 2 === 0 ? 'PUT' : 'DELETE', `members/${at(people, which).member.id}/ignore`, at(everyone(), who)),
  suspend: (who) => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const body = { kind: 'suspension', until, reason: 'spam', statement: 'Too much.' };
    return write('POST', `members/${at(everyone(), who).member.id}/sanctions`, keeper, body);
  },
  lift: (who) => write('DELETE', `members/${at(everyone(), who).member.id}/sanctions/suspension`, keeper),
  translate: async (who, which) => {
    const { id } = at(posts, which);
    const { revision: sourceRevision } = await forum.done<Post>('GET', `/api/v1/posts/${id}`);
    const wish = { language: at(['th', 'vi'], who), title: `Title ${turn}`, ...said(), sourceRevision };
    return write('POST', `posts/${id}/translations`, at(people, who), wish);
  },
  promote: (who) => {
    const roles = who % 2 === 0 ? ['member', 'moderator'] : ['member'];
    return write('PUT', `members/${at(people, who).member.id}/roles`, keeper, { roles });
  },
} satisfies Record<string, (who: number, which: number) => Promise<void>>;

const said = (): { readonly body: string } => ({ body: `Said in turn ${turn}` });

/** Once the views have it, whoever asks must see it. */
async function write(method: string, path: string, by: TestMember, body?: object): Promise<void> {
  const { headers, status } = await forum.call(method, `/api/v1/${path}`, { token: by.token, ...(body && { body }) });
  if (status === 400) throw new Error(`${method} ${path} says nothing that anybody could do`);
  const position = headers.get('colloquy-position');
  if (position !== null) await views.reached(BigInt(position));
}

/** All of the thread, and nothing of it to be done any more. */
const PAST = '?at=2100-01-01T00:00:00Z';

const pastPath = ({ id }: Post): string => `/api/v1/posts/${id}/comments?position=${begun}`;

const pathsOf = (): readonly string[] => {
  const month = new Date().toISOString().slice(0, 7).replace('-', '/');
  const lists = ['/', '/archive', `/archive/${month}`, '/tags/news'];
  const feeds = ['/', '/tags/news/', ...people.map(({ member }) => `/members/${member.handle}/`)];
  return [
    ...lists,
    ...posts.map(pastPath),
    ...[...feeds, ...posts.map(({ slug }) => `/posts/${slug}/`)].map((path) => `${path}feed.atom`),
    '/sitemap.xml',
    ...posts.flatMap(({ slug }) => ['', '?sort=newest', '?sort=best', PAST].map((q) => `/posts/${slug}${q}`)),
  ];
};

interface Page {
  readonly path: string;
  readonly language: string;
  readonly as?: TestMember;
}
/** Without the position that live goes on from, which moves on while nothing in the discussion changes, and without the id of a new comment. */
async function page({ path, language, as }: Page): Promise<string> {
  const cookie = as === undefined ? {} : { cookie: `colloquy_session=${as.token}` };
  const { body } = await forum.call('GET', path, { headers: { 'accept-language': language, ...cookie } });
  const newId = /"newId":"([^"]*)"/.exec(String(body))?.[1] || 'none';
  return (typeof body === 'string' ? body : JSON.stringify(body))
    .replace(/"position":"\d+","messages"/, '"messages"')
    .replaceAll(newId, 'new');
}

/** Each after `before`, one after the other: what one reader's page leaves behind must not become the next one's. */
async function allPages(before: () => void = () => undefined): Promise<ReadonlyMap<string, string>> {
  const wished: Page[] = pathsOf().flatMap((path) => ['en', 'th'].map((language) => ({ path, language })));
  const first = await page({ path: `/posts/${at(posts, 0).slug}`, language: 'en' });
  const next = /rel="next" href="([^"#]*)/.exec(first)?.[1];
  if (next !== undefined) wished.push({ path: next, language: 'en' });
  for (const as of [...everyone(), keeper])
    for (const { slug } of posts) wished.push({ path: `/posts/${slug}`, language: 'en', as });
  const pages = new Map<string, string>();
  for (const one of wished) {
    before();
    pages.set(`${one.as?.member.handle ?? 'anybody'} ${one.language} ${one.path}`, await page(one));
  }
  return pages;
}

/** Each member has read what there is: a first look at it makes what it was told of read. */
async function allRead(): Promise<void> {
  for (const as of [...everyone(), keeper])
    for (const { slug } of posts) await page({ path: `/posts/${slug}`, language: 'en', as });
  await Promise.all(visits.splice(0));
  await views.reached(await forum.forum.app.get<EventStore>(EVENT_STORE, { strict: false }).head());
}

/** What is kept and what is made anew at the same moment: within a minute, since the pages tell how long ago something was. */
async function keptAndFresh(): Promise<readonly [ReadonlyMap<string, string>, ReadonlyMap<string, string>]> {
  await allRead();
  for (;;) {
    const minute = wholeMinute(Date.now());
    const found = await allPages();
    put += ofMembers.state.put;
    const fresh = await allPages(() => {
      kept.clear();
      files.clear();
      discussions.clear();
      pasts.clear();
      keptConversations.clear();
      ofMembers.clear();
      for (const one of ofReaders) one.clear();
    });
    if (wholeMinute(Date.now()) === minute) return [found, fresh];
  }
}

const acts = fc.array(fc.record({ kind: fc.constantFrom(...Object.keys(ACTS)), who: fc.nat(4), which: fc.nat(119) }), {
  minLength: 3,
  maxLength: 12,
});
const isAct = (kind: string): kind is keyof typeof ACTS => Object.hasOwn(ACTS, kind);

describe('pages that are kept for readers without an account, and the parts of them that members share', () => {
  it('are, after whatever is done, what they would be when all was made anew', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (chosen) => {
        await allPages();
        for (const { kind, who, which } of chosen) {
          turn += 1;
          if (isAct(kind)) await ACTS[kind](who, which);
        }
        const [found, fresh] = await keptAndFresh();
        expect([...fresh].filter(([name, html]) => found.get(name) !== html).map(([name]) => name)).toEqual([]);
      }),
      { numRuns: LONG ? 40 : 10, seed: 20_151_002 },
    );
    expect(put).toBeGreaterThan(20);
  }, 240_000);

  it('stand at a position of the past while comments and reactions come, and not once something else does', async () => {
    const post = at(posts, 0);
    const [mali, somsri] = [at(people, 0), at(people, 1)];
    const { items } = await forum.done<{ items: readonly Comment[] }>('GET', pastPath(post));
    const shown = items.find(({ status, author }) => status === 'visible' && author?.id === mali.member.id);
    const before = pasts.state.made;
    await write('POST', `posts/${post.id}/comments`, somsri, { body: 'An answer', parentId: shown?.id });
    await write('PUT', `comments/${shown?.id}/reactions/insightful`, somsri);
    expect(await forum.done('GET', pastPath(post))).toMatchObject({ items });
    expect(pasts.state.made - before).toBe(0);
    await write('DELETE', `comments/${shown?.id}`, mali);
    const after = await forum.done<{ items: readonly Comment[] }>('GET', pastPath(post));
    expect(pasts.state.made - before).toBe(1);
    expect(after.items.find(({ id }) => id === shown?.id)).toMatchObject({ status: 'removed', body: null });
  });

  it('are made once for as many as ask', async () => {
    const path = `/posts/${at(posts, 1).slug}`;
    for (;;) {
      const minute = wholeMinute(Date.now());
      kept.clear();
      const before = kept.state.made;
      await Promise.all(Array.from({ length: 20 }, () => page({ path, language: 'en' })));
      await page({ path, language: 'en' });
      if (wholeMinute(Date.now()) !== minute) continue;
      expect(kept.state.made - before).toBe(1);
      return;
    }
  });

  it('have nothing of any member, and no member gets one', async () => {
    const path = `/posts/${at(posts, 0).slug}`;
    const [mali] = people;
    const cookie = `colloquy_session=${mali?.token}`;
    const before = await page({ path, language: 'en' });
    const own = await forum.call('GET', path, { headers: { cookie, 'accept-language': 'en' } });
    expect(own.headers.get('cache-control')).toBe('no-store');
    expect(own.headers.get('etag')).toBeNull();
    expect(String(own.body)).toContain('/sign-out');
    expect(before).not.toContain('/sign-out');
    const after = await forum.call('GET', path, { headers: { 'accept-language': 'en' } });
    expect(String(after.body)).not.toContain('/sign-out');
    expect([after.headers.get('cache-control'), after.headers.get('set-cookie')]).toEqual(['no-cache', null]);
  });

  it('are for each member what is made for that one alone, whatever its name, and have nothing of another', async () => {
    const path = `/posts/${at(posts, 1).slug}`;
    const others = await Promise.all(['thida', 'bopha', 'kham'].map((handle) => forum.member(handle)));
    const names = ['Nari "N." <b>&amp; Co</b>', "ສຸກ </script> O'Hara $& $1", 'Kham'];
    for (const [n, as] of others.entries())
      await forum.done('PATCH', '/api/v1/members/me', { token: as.token, body: { displayName: names[n] } });
    const pagesOf = async (before: () => void): Promise<readonly string[]> => {
      const pages: string[] = [];
      for (const as of others) {
        before();
        pages.push(await page({ path, language: 'en', as }));
      }
      await Promise.all(visits.splice(0));
      await views.reached(await forum.forum.app.get<EventStore>(EVENT_STORE, { strict: false }).head());
      return pages;
    };
    await pagesOf(() => undefined);
    for (;;) {
      const minute = wholeMinute(Date.now());
      const alone = await pagesOf(() => ofMembers.clear());
      expect(ofMembers.state.put).toBe(0);
      await pagesOf(() => undefined);
      const together = await pagesOf(() => undefined);
      if (wholeMinute(Date.now()) !== minute) continue;
      expect(ofMembers.state.put).toBeGreaterThanOrEqual(others.length);
      expect(together).toEqual(alone);
      for (const [n, html] of together.entries())
        for (const [other, { member }] of others.entries())
          for (const own of [member.id, `/members/${member.handle}"`]) expect(html.includes(own)).toBe(other === n);
      return;
    }
  });

  it('show a scheduled post from the moment on when it is out, though nothing is recorded then', async () => {
    const publishAt = new Date(Date.now() + 1_500).toISOString();
    const { slug } = await forum.publish(keeper, { title: 'Out soon', publishAt });
    const home = { path: '/', language: 'en' };
    while (Date.now() < Date.parse(publishAt) - 100) expect(await page(home)).not.toContain(slug);
    while (Date.now() <= Date.parse(publishAt)) await page(home);
    expect(await page(home)).toContain(slug);
  });

  it('show a discussion closed from the moment on when its post is too old, though nothing is recorded then', async () => {
    const minute = wholeMinute(Date.now());
    const end = minute + 20_000;
    const publishAt = new Date(end - 30 * 86_400_000).toISOString();
    const { slug } = await forum.publish(keeper, { title: 'Old soon', publishAt });
    await forum.done('PATCH', '/api/v1/site', { token: keeper.token, body: { discussion: { closeAfterDays: 30 } } });
    const clock = jest.spyOn(Date, 'now');
    const closedAt = async (now: number) => {
      clock.mockReturnValue(now);
      return (await page({ path: `/posts/${slug}`, language: 'en' })).includes('discussed for 30 days here');
    };
    try {
      expect([await closedAt(end - 1_000), await closedAt(end), await closedAt(end + 1)]).toEqual([false, false, true]);
    } finally {
      clock.mockRestore();
      await forum.done('PATCH', '/api/v1/site', {
        token: keeper.token,
        body: { discussion: { closeAfterDays: null } },
      });
    }
  });

  it('are answered as when they were made, lists as well as discussions, and counted by their routes', async () => {
    for (const path of ['/', '/archive', '/tags/news', `/posts/${at(posts, 0).slug}`]) {
      for (const coding of ['br', 'identity']) {
        const minute = wholeMinute(Date.now());
        kept.clear();
        const before = await readsOf(path);
        const made = await ask(path, { coding });
        const again = await ask(path, { coding });
        const unchanged = await ask(path, { coding, tag: tagOf(made) });
        if (wholeMinute(Date.now()) !== minute) continue;
        expect({ ...again, headers: withoutOwn(again) }).toEqual({ ...made, headers: withoutOwn(made) });
        expect(made.headers['x-request-id']).not.toBe(again.headers['x-request-id']);
        const { 'content-type': _, 'content-length': __, 'content-encoding': ___, ...shared } = withoutOwn(made);
        expect([unchanged.status, withoutOwn(unchanged)]).toEqual([304, shared]);
        expect(await readsOf(path)).toEqual([before[0] + 2, before[1] + 1]);
      }
    }
  });

  it('are not sent again to who has them, in the coding that was asked for', async () => {
    const { id, slug } = await forum.publish(keeper, { title: 'A post of its own', body: 'Long. '.repeat(400) });
    const path = `/posts/${slug}`;
    for (;;) {
      const minute = wholeMinute(Date.now());
      const tags = await Promise.all(
        ['br', 'gzip', 'identity'].map(async (coding) => tagOf(await ask(path, { coding }))),
      );
      const again = await ask(path, { coding: 'br', tag: `"other", ${tags[0]}` });
      const other = await ask(path, { coding: 'gzip', tag: tags[0] });
      await write('POST', `posts/${id}/comments`, keeper, { body: 'News' });
      const changed = await ask(path, { coding: 'br', tag: tags[0] });
      if (wholeMinute(Date.now()) !== minute) continue;
      expect(new Set(tags).size).toBe(3);
      expect([again.status, again.length, again.headers.etag]).toEqual([304, 0, tags[0]]);
      expect([other.status, other.headers['content-encoding']]).toEqual([200, 'gzip']);
      expect([changed.status, tagOf(changed) === tags[0]]).toEqual([200, false]);
      return;
    }
  });
});

interface Asked {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly length: number;
}
/** Of an answer that is its own: when it was sent, its request, and its connection. */
const OWN = ['date', 'x-request-id', 'connection', 'keep-alive'];
const withoutOwn = ({ headers }: Asked) =>
  Object.fromEntries(Object.entries(headers).filter(([n]) => !OWN.includes(n)));

/** How many answers of this page's route were whole, and how many told that nothing has changed. */
async function readsOf(path: string): Promise<[number, number]> {
  const route = path.startsWith('/posts/') ? '/posts/:slug' : path.replace('news', ':tag');
  const { body } = await forum.call('GET', '/metrics');
  const counted = (status: number): number => {
    const series = `colloquy_http_request_seconds_count{method="GET",route="${route}",status="${status}"}`;
    const line = String(body)
      .split('\n')
      .find((one) => one.startsWith(series));
    return Number(line?.split(' ').at(-1) ?? 0);
  };
  return [counted(200), counted(304)];
}
const tagOf = ({ headers }: Asked): string => headers.etag ?? '';

/** As it comes over the wire; fetch would decompress it. */
function ask(
  path: string,
  { coding, tag }: { readonly coding: string; readonly tag?: string | undefined },
): Promise<Asked> {
  const headers = { 'accept-encoding': coding, ...(tag === undefined ? {} : { 'if-none-match': tag }) };
  return new Promise((done, fail) => {
    get(forum.url + path, { headers }, (answer) => {
      let length = 0;
      answer.on('data', (chunk: Buffer) => {
        length += chunk.length;
      });
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, length }));
    }).on('error', fail);
  });
}
