import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ReadFeed, readAtom, readJson, readRss } from '../../test/support/feed-checks.ts';
import { type FeedContents, type FeedItem, writeFeed } from './feed.ts';
import type { FeedFormat } from './port.ts';

const READERS: Readonly<Record<FeedFormat, (text: string) => ReadFeed>> = {
  rss: readRss,
  atom: readAtom,
  json: readJson,
};
const FORMATS = ['rss', 'atom', 'json'] as const;

const ITEM: FeedItem = {
  id: 'urn:uuid:0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01',
  url: 'https://forum.example/posts/borders?a=1&b=2',
  title: 'Borders',
  html: '<p>Where <em>is</em> the border?</p>',
  author: { name: 'Mali', url: 'https://forum.example/members/mali' },
  tags: ['maps', 'ประเทศ'],
  publishedAt: '2015-10-02T08:00:00.000Z',
  editedAt: null,
  language: 'th',
};
const FEED: FeedContents = {
  title: 'The forum',
  description: 'What is new',
  language: 'en',
  page: 'https://forum.example/',
  self: {
    rss: 'https://forum.example/feed.xml',
    atom: 'https://forum.example/feed.atom',
    json: 'https://forum.example/feed.json',
  },
  hub: null,
  site: 'The forum',
  items: [ITEM],
};

const readBack = async (format: FeedFormat, feed: FeedContents): Promise<ReadFeed> =>
  READERS[format](await writeFeed(format, feed));

describe.each(FORMATS)('a feed as %s', (format) => {
  it('is what its standard asks for, and has what was written', async () => {
    const { id, url, title, html, author, tags } = ITEM;
    const item = { id, url, title, html, author: author?.name, tags };
    expect(await readBack(format, FEED)).toEqual({ title: FEED.title, items: [item] });
  });

  it('is one without items, authors and words about it, too', async () => {
    const bare = { ...ITEM, author: null, tags: [], html: '', language: null, editedAt: '2015-10-03T08:00:00.000Z' };
    expect((await readBack(format, { ...FEED, description: '', items: [] })).items).toEqual([]);
    expect((await readBack(format, { ...FEED, items: [bare] })).items).toMatchObject([{ author: null, tags: [] }]);
  });

  it('is broken by no text, and has each as it was but for what XML cannot have', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ']]>',
        '<![CDATA[',
        '&',
        '<b>',
        '</title>',
        '"',
        '\0',
        '\v',
        '\uFFFE',
        '\uFFFF',
        '\uD800',
        '\uDC00',
        '\u0085',
        '\u{1F600}',
      ),
    );
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => `a${pieces.join('')}z`);
    await fc.assert(
      fc.asyncProperty(text, text, async (words, html) => {
        const item = { ...ITEM, title: words, html, tags: [words], author: { name: words } };
        const { title, items } = await readBack(format, { ...FEED, title: words, items: [item] });
        const line = cleaned(words).replaceAll(/\s+/g, ' ');
        const { author, tags } = items[0] ?? {};
        expect([title, items[0]?.title, author, tags]).toEqual([line, line, line, [line]]);
        // XML reads each end of a line as one line feed.
        expect(items[0]?.html).toBe(format === 'json' ? cleaned(html) : cleaned(html).replaceAll(/\r\n?/g, '\n'));
      }),
      { numRuns: 300 },
    );
  });
});

/** Said a second time, in other words: character by character, by the table of XML 1.0. */
function cleaned(text: string): string {
  const isFit = (code: number): boolean =>
    [9, 10, 13].includes(code) ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    code > 0xffff;
  return Array.from(text, (one) => (isFit(one.codePointAt(0) ?? 0) ? one : '\uFFFD')).join('');
}

it('tells JSON readers the language, and when a text was edited', async () => {
  const edited = { ...ITEM, editedAt: '2015-10-03T08:00:00.000Z' };
  expect(JSON.parse(await writeFeed('json', { ...FEED, items: [edited] }))).toEqual({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'The forum',
    description: 'What is new',
    home_page_url: 'https://forum.example/',
    feed_url: 'https://forum.example/feed.json',
    language: 'en',
    authors: [{ name: 'The forum' }],
    items: [
      {
        id: ITEM.id,
        url: ITEM.url,
        title: 'Borders',
        content_html: ITEM.html,
        date_published: '2015-10-02T08:00:00.000Z',
        date_modified: '2015-10-03T08:00:00.000Z',
        authors: [ITEM.author],
        tags: ITEM.tags,
        language: 'th',
      },
    ],
  });
});
