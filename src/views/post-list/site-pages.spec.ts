import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { QueryBus } from '@nestjs/cqrs';
import type { Page } from '../../../libs/client/index.ts';
import { VIEWS } from '../../../libs/projections/index.ts';
import { queryBusOf } from '../../../test/views/query-bus.ts';
import { commentHeld, idOf, postPublished, SmallForum } from '../../../test/views/small-forum.ts';
import { type ListedPage, ListSitePages, ListSites } from './post-list.query-types.ts';
import { siteListQuery, sitePagesQuery } from './site-pages.ts';

const NOW = '2015-12-01T00:00:00.000Z';
const PAGES = [
  'https://blog.example/b/',
  'https://blog.example.org/only',
  'http://blog.example/old',
  'https://blog.example:8443/',
  'https://blog.example/a/',
  'https://blog.example/c/?p=1',
] as const;

let forum: SmallForum;
let queries: QueryBus;

beforeAll(async () => {
  forum = await SmallForum.open();
  queries = await queryBusOf([siteListQuery, sitePagesQuery, { provide: VIEWS, useValue: forum.views }]);
  await forum.member(1);
  for (const [at, url] of PAGES.entries()) await page(at + 1, url, '2015-11-01T00:00:00.000Z');
  await page(8, 'https://later.example/', '2016-01-01T00:00:00.000Z');
  await forum.post(9);
  await forum.comment(1, { post: 1 });
  await forum.comment(2, { post: 1 });
  await forum.record(`comment-${idOf('comment', 2)}`, [commentHeld(2, 1)]);
});
afterAll(() => forum.close());

async function page(n: number, url: string, publishAt: string): Promise<void> {
  const event = postPublished(n, { publishAt, title: `Page ${n}` });
  if (event.type !== 'PostPublished.v1') throw new Error('another event');
  const data = { ...event.data, kind: 'page', authorId: null, body: '' } as const;
  const addressed = { type: 'PageAddressed.v1', data: { postId: data.postId, url }, personal: null } as const;
  await forum.record(`post-${data.postId}`, [{ ...event, data }, addressed]);
}

it('each site stands once with the number of its pages, told apart by scheme, host and port', async () => {
  expect(await queries.execute(new ListSites(NOW))).toEqual([
    { site: 'http://blog.example', pages: 1 },
    { site: 'https://blog.example.org', pages: 1 },
    { site: 'https://blog.example', pages: 3 },
    { site: 'https://blog.example:8443', pages: 1 },
  ]);
});

it("a site's pages come in the order of their addresses, whole over the pages of the list", async () => {
  const lists: (readonly ListedPage[])[] = [];
  let cursor: string | null = null;
  do {
    const list: Page<ListedPage> = await queries.execute(
      new ListSitePages('https://blog.example', { limit: 2, cursor }, NOW),
    );
    lists.push(list.items);
    cursor = list.next;
  } while (cursor !== null);

  const told = (n: number, commentCount: number) => {
    return { slug: `post-${n}`, title: `Page ${n}`, locale: 'en', url: PAGES[n - 1], commentCount };
  };
  expect(lists).toEqual([[told(5, 0), told(1, 1)], [told(6, 0)]]);
});

it('a site that nobody discusses has none, and a cursor of another site is refused', async () => {
  const none = await queries.execute(new ListSitePages('https://later.example', { limit: 2, cursor: null }, NOW));
  expect(none).toEqual({ items: [], next: null });
  const { next } = await queries.execute(new ListSitePages('https://blog.example', { limit: 1, cursor: null }, NOW));
  await expect(
    queries.execute(new ListSitePages('http://blog.example', { limit: 1, cursor: next }, NOW)),
  ).rejects.toMatchObject({ code: 'invalid' });
});
