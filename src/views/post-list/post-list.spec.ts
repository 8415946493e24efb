import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QueryBus } from '@nestjs/cqrs';
import type { Page, PostSummary } from '../../../libs/client/index.ts';
import { VIEWS } from '../../../libs/projections/index.ts';
import { queryBusOf } from '../../../test/views/query-bus.ts';
import { commentHeld, commentRemoved, idOf, postPublished, SmallForum } from '../../../test/views/small-forum.ts';
import type { DiscussionChanged, DiscussionSettings } from '../../domain/discussion/discussion.events.ts';
import type { PostEvent } from '../../domain/post/post.events.ts';
import { FIRST_SITE } from '../../domain/site/site.events.ts';
import { SiteMemory } from '../site/door/site-memory.ts';
import type { Viewer } from '../viewer.ts';
import { UnwrittenPageMemory } from './door/unwritten-page-memory.ts';
import { postListQueries } from './post-list.queries.ts';
import { GetArchive, GetPost, ListPosts, type PostFilter } from './post-list.query-types.ts';
import { PostPresenter } from './post-presenter.ts';

const NOW = '2015-12-01T00:00:00.000Z';
const EDITOR: Viewer = { memberId: idOf('member', 8), roles: ['member', 'editor'] };

let forum: SmallForum;
let queries: QueryBus;

type Content = Partial<Extract<PostEvent, { type: 'PostPublished.v1' }>['data']>;

async function publish(n: number, content: Content): Promise<void> {
  const event = postPublished(n);
  if (event.type !== 'PostPublished.v1') throw new Error('another event');
  await forum.record(`post-${idOf('post', n)}`, [{ ...event, data: { ...event.data, ...content } }]);
}

async function edit(n: number, changes: Omit<Content, 'kind'>, at?: string): Promise<void> {
  const data = { postId: idOf('post', n), ...changes };
  await forum.record(`post-${idOf('post', n)}`, [{ type: 'PostEdited.v1', data, personal: null }], at);
}

function discussionChanged(post: number, changes: Partial<DiscussionSettings>): DiscussionChanged {
  return {
    type: 'DiscussionChanged.v2',
    data: { postId: idOf('post', post), ...changes, reason: null },
    personal: null,
  };
}

async function list(filter: PostFilter = {}, viewer: Viewer = null, limit = 100): Promise<readonly PostSummary[]> {
  const items: PostSummary[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<PostSummary> = await queries.execute(new ListPosts(filter, { limit, cursor }, viewer, NOW));
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && items.length < 100);
  return items;
}

const slugs = async (...query: Parameters<typeof list>): Promise<readonly string[]> =>
  (await list(...query)).map(({ slug }) => slug);

/** The forum's zone, which a test changes. */
let timeZone = 'UTC';

beforeAll(async () => {
  forum = await SmallForum.open();
  const presenter = new PostPresenter(forum.views, forum.queries.members);
  queries = await queryBusOf([
    ...postListQueries,
    { provide: VIEWS, useValue: forum.views },
    UnwrittenPageMemory,
    { provide: PostPresenter, useValue: presenter },
    { provide: SiteMemory, useValue: { now: () => ({ ...FIRST_SITE, pages: [], timeZone }) } },
  ]);
  await forum.member(1, ['member', 'editor']);
  await publish(1, {
    slug: 'first',
    publishAt: '2015-09-30T23:59:59.999Z',
    tags: ['Law'],
    body: 'Border checks and *visas*',
  });
  await publish(2, {
    slug: 'thai',
    publishAt: '2015-10-01T00:00:00.000Z',
    title: 'การค้ามนุษย์',
    body: 'ความร่วมมือในอนุภูมิภาคลุ่มแม่น้ำโขง',
  });
  await publish(3, {
    slug: 'khmer',
    publishAt: '2015-10-31T23:59:59.999Z',
    title: 'ការជួញដូរមនុស្ស',
    tags: ['law', 'Aid'],
  });
  await publish(4, { slug: 'burmese', publishAt: '2015-11-01T00:00:00.000Z', title: 'လူကုန်ကူးမှု', body: 'လာအိုနှင့်' });
  await publish(5, {
    slug: 'chinese',
    publishAt: '2015-11-02T00:00:00.000Z',
    title: '打击拐卖人口',
    body: '湄公河次区域合作',
  });
  await publish(6, { slug: 'lao', publishAt: '2015-11-03T00:00:00.000Z', title: 'ການຄ້າມະນຸດ', body: 'Người Việt Nam' });
  await publish(7, { slug: 'scheduled', publishAt: '2015-12-24T00:00:00.000Z' });
  await publish(8, { slug: 'withdrawn', publishAt: '2015-11-04T00:00:00.000Z' });
  await forum.record(`post-${idOf('post', 8)}`, [
    { type: 'PostWithdrawn.v1', data: { postId: idOf('post', 8) }, personal: null },
  ]);
  await publish(9, { slug: 'elsewhere', kind: 'page', publishAt: '2015-11-05T00:00:00.000Z', body: '' });
  await publish(10, {
    slug: 'imported',
    publishAt: '2015-08-01T00:00:00.000Z',
    authorId: null,
    byline: 'Ann',
    excerpt: 'In *short*',
  });
});
afterAll(() => forum.close());

describe('the list of posts', () => {
  it('is newest first, without what is scheduled, withdrawn, or a page elsewhere, on pages of any size', async () => {
    const all = ['lao', 'chinese', 'burmese', 'khmer', 'thai', 'first', 'imported'];
    for (const limit of [1, 2, 3, 7, 100]) expect(await slugs({}, null, limit)).toEqual(all);
    expect(await slugs({}, EDITOR)).toEqual(['scheduled', 'withdrawn', ...all]);
    expect((await list({}, EDITOR)).map(({ status }) => status).slice(0, 3)).toEqual([
      'scheduled',
      'withdrawn',
      'published',
    ]);
  });

  it('shows a post as a summary', async () => {
    expect((await list({ month: '2015-09' }))[0]).toEqual({
      id: idOf('post', 1),
      slug: 'first',
      title: 'Post 1',
      kind: 'article',
      locale: 'en',
      excerptHtml: '<p>Border checks and visas</p>',
      tags: ['Law'],
      author: { id: idOf('member', 1), handle: 'member1', displayName: 'Member 1', roles: ['editor'] },
      publishedAt: '2015-09-30T23:59:59.999Z',
      editedAt: null,
      status: 'published',
      commentCount: 0,
    });
    expect((await list({ month: '2015-08' }))[0]).toMatchObject({
      author: { id: null, displayName: 'Ann', imported: true },
      excerptHtml: '<p>In <em>short</em></p>\n',
    });
  });

  it('is found by the month of the forum’s zone', async () => {
    timeZone = 'Asia/Bangkok';
    try {
      expect(await slugs({ month: '2015-10' })).toEqual(expect.arrayContaining(['first']));
      const months = await queries.execute(new GetArchive(NOW));
      expect(months.find(({ month }) => month === '2015-09')).toBeUndefined();
    } finally {
      timeZone = 'UTC';
    }
  });

  it('is found by month in UTC, and by tag in any case', async () => {
    expect(await slugs({ month: '2015-10' })).toEqual(['khmer', 'thai']);
    expect(await slugs({ month: '2015-13' })).toEqual([]);
    expect(await slugs({ tag: 'LAW' })).toEqual(['khmer', 'first']);
    expect(await slugs({ tag: 'law', month: '2015-10' })).toEqual(['khmer']);
  });

  it('is found by words, by their beginnings, and without accents', async () => {
    expect(await slugs({ q: 'VISA' })).toEqual(['first']);
    expect(await slugs({ q: 'visas border' })).toEqual(['first']);
    expect(await slugs({ q: 'visas moon' })).toEqual([]);
    expect(await slugs({ q: 'nguoi' })).toEqual(['lao']);
    expect(await slugs({ q: 'isas' })).toEqual([]);
    for (const q of ['"', '*', 'a" OR "b', '(((', 'NEAR(', '\u0000', '-', 'post_text:'])
      await expect(slugs({ q })).resolves.toBeInstanceOf(Array);
  });

  it('is found by any part of a text in a script without spaces', async () => {
    expect(await slugs({ q: 'มนุษย์' })).toEqual(['thai']);
    expect(await slugs({ q: 'ลุ่มแม่น้ำ' })).toEqual(['thai']);
    expect(await slugs({ q: 'មនុស្ស' })).toEqual(['khmer']);
    expect(await slugs({ q: 'ကုန်ကူး' })).toEqual(['burmese']);
    expect(await slugs({ q: 'ມະນຸດ' })).toEqual(['lao']);
    expect(await slugs({ q: '人口' })).toEqual(['chinese']);
    expect(await slugs({ q: '河' })).toEqual(['chinese']);
    expect(await slugs({ q: '口人' })).toEqual([]);
  });

  it('refuses a cursor that is bent or of another list', async () => {
    const { next } = await queries.execute(new ListPosts({}, { limit: 1, cursor: null }, null, NOW));
    for (const [filter, cursor] of [
      [{ tag: 'law' }, next],
      [{}, `${next}A`],
      [{}, 'x'],
    ] as const) {
      await expect(queries.execute(new ListPosts(filter, { limit: 1, cursor }, null, NOW))).rejects.toMatchObject({
        code: 'invalid',
        errors: [{ field: 'cursor' }],
      });
    }
  });
});

describe('the archive', () => {
  it('counts what is out by month, newest first', async () => {
    expect(await queries.execute(new GetArchive(NOW))).toEqual([
      { month: '2015-11', count: 3 },
      { month: '2015-10', count: 2 },
      { month: '2015-09', count: 1 },
      { month: '2015-08', count: 1 },
    ]);
    expect((await queries.execute(new GetArchive('2015-12-31T00:00:00.000Z')))[0]).toEqual({
      month: '2015-12',
      count: 1,
    });
  });
});

describe('a post', () => {
  const get = (idOrSlug: string, viewer: Viewer = null) => queries.execute(new GetPost(idOrSlug, viewer, NOW));

  it('is found by id and slug, with its text, its discussion and its visible comments', async () => {
    await forum.comment(1, { post: 1 });
    await forum.comment(2, { post: 1, parent: 1 });
    await forum.comment(3, { post: 1 });
    await forum.comment(4, { post: 1, held: true });
    await forum.record(`comment-${idOf('comment', 3)}`, [commentRemoved(3)]);
    const settings = { state: 'read-only', slowModeSeconds: 60, pinnedCommentId: idOf('comment', 1) } as const;
    await forum.record(`discussion-${idOf('post', 1)}`, [
      discussionChanged(1, { slowModeSeconds: 60, pinnedCommentId: settings.pinnedCommentId }),
      discussionChanged(1, { state: 'read-only' }),
    ]);

    const post = await get('first');
    expect(post).toMatchObject({ commentCount: 2, discussion: settings, revision: 0, excerpt: null });
    expect(post.bodyHtml).toBe('<p>Border checks and <em>visas</em></p>\n');
    expect(await get(idOf('post', 1))).toEqual(post);

    await forum.record(`comment-${idOf('comment', 1)}`, [commentHeld(1)]);
    expect(await get('first')).toMatchObject({ commentCount: 0 });
  });

  it('is hidden from readers while it is scheduled or withdrawn', async () => {
    for (const slug of ['scheduled', 'withdrawn', 'unknown', '']) {
      await expect(get(slug)).rejects.toMatchObject({ code: 'post_not_found' });
    }
    expect(await get('scheduled', EDITOR)).toMatchObject({ status: 'scheduled' });
    expect(await get('withdrawn', EDITOR)).toMatchObject({ status: 'withdrawn', revision: 1 });
  });

  it('is edited field by field, and found by its new words and tags alone', async () => {
    await publish(20, {
      slug: 'draft',
      publishAt: '2015-01-01T00:00:00.000Z',
      title: 'Old name',
      tags: ['old'],
      excerpt: 'E',
    });
    await edit(20, { title: 'Fresh name', tags: ['fresh'], excerpt: null }, '2015-02-01T00:00:00.000Z');

    expect(await get('draft')).toMatchObject({
      title: 'Fresh name',
      body: 'Body of post 20',
      tags: ['fresh'],
      excerpt: null,
      editedAt: '2015-02-01T00:00:00.000Z',
      revision: 1,
    });
    expect([await slugs({ q: 'old' }), await slugs({ tag: 'old' })]).toEqual([[], []]);
    expect([await slugs({ q: 'fresh' }), await slugs({ tag: 'fresh' }), await slugs({ q: 'body 20' })]).toEqual([
      ['draft'],
      ['draft'],
      ['draft'],
    ]);
    expect(await forum.views.verify('post-list')).toMatchObject({ equal: true });
  });
});
