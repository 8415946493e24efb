import { Readable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { parseSitemapIndex } from 'sitemap';
import { readSitemap } from '../../test/support/feed-checks.ts';
import { MOST_IN_SITEMAP, sitemapParts, writeSitemap, writeSitemapIndex } from './sitemap.ts';

const url = 'https://forum.example/tags/a?b=1&c=<d>';

it('lists addresses as search engines read them', () => {
  const changedAt = '2015-10-02T08:00:00.000Z';
  const text = writeSitemap([
    { url, changedAt },
    { url: 'https://forum.example/', changedAt: null },
  ]);
  expect(readSitemap(text)).toEqual([
    { url, changed: changedAt },
    { url: 'https://forum.example/', changed: '' },
  ]);
});

it('stays below 50,000 addresses and 50 MiB, however long they are', () => {
  const longest = { url: `https://forum.example/${'&'.repeat(1_000)}`, changedAt: '2015-10-02T08:00:00.000Z' };
  const text = writeSitemap(Array.from({ length: MOST_IN_SITEMAP }, () => longest));
  expect([MOST_IN_SITEMAP <= 50_000, text.length < 50 * 1024 * 1024]).toEqual([true, true]);
});

it.each([
  [0, 0, null],
  [7, MOST_IN_SITEMAP - 7, null],
  [7, MOST_IN_SITEMAP - 6, ['lists', '1']],
  [1, MOST_IN_SITEMAP, ['lists', '1']],
  [7, MOST_IN_SITEMAP + 1, ['lists', '1', '2']],
  [MOST_IN_SITEMAP, 3 * MOST_IN_SITEMAP, ['lists', '1', '2', '3']],
])('has %s other addresses and %s posts in the files %s', (lists, posts, parts) => {
  expect(sitemapParts({ lists, posts })).toEqual(parts);
});

it('lists such lists', async () => {
  const text = writeSitemapIndex([{ url: 'https://forum.example/sitemap-1.xml', changedAt: null }]);
  expect(await parseSitemapIndex(Readable.from([text]))).toEqual([{ url: 'https://forum.example/sitemap-1.xml' }]);
});
