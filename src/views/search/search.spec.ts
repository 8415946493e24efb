import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { QueryBus } from '@nestjs/cqrs';
import { EVENT_STORE } from '../../../libs/event-store/index.ts';
import { VIEWS } from '../../../libs/projections/index.ts';
import { VAULT } from '../../../libs/vault/index.ts';
import { queryBusOf } from '../../../test/views/query-bus.ts';
import {
  commentEdited,
  commentHeld,
  commentPosted,
  commentRemoved,
  commentRestored,
  idOf,
  SmallForum,
} from '../../../test/views/small-forum.ts';
import type { ForumEvent } from '../../domain/event-types.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { SiteMemory } from '../site/door/site-memory.ts';
import { CommentTexts } from '../thread/door/comment-texts.ts';
import { KeptSearches } from './kept-searches.ts';
import { searchQueries } from './search.queries.ts';
import { FindUnknownNames, SearchTexts, type TextsWish } from './search.query-types.ts';
import { SearchThreads } from './search-threads.ts';

const NOW = '2016-01-01T00:00:00.000Z';

let forum: SmallForum;
let ask: QueryBus;
let thread: SearchThreads;
let kept: KeptSearches;
/** The names of sites as admins gave them. */
let siteNames: readonly { readonly origin: string; readonly name: string }[];

beforeEach(async () => {
  siteNames = [];
  forum = await SmallForum.open();
  await forum.member(1);
  await forum.member(2);
  await forum.post(1, { title: 'Peace in Đà Nẵng', body: 'The first **bold** words.' });
  thread = new SearchThreads();
  kept = new KeptSearches(forum.views);
  ask = await queryBusOf([
    ...searchQueries,
    { provide: SearchThreads, useValue: thread },
    { provide: KeptSearches, useValue: kept },
    MemberDirectory,
    CommentTexts,
    { provide: SiteMemory, useValue: { now: () => ({ siteNames }) } },
    { provide: VIEWS, useValue: forum.views },
    { provide: VAULT, useValue: forum.vault },
    { provide: EVENT_STORE, useValue: forum.store },
  ]);
});
afterEach(async () => {
  kept.onModuleDestroy();
  await thread.onModuleDestroy();
  expect(forum.problems).toEqual([]);
  await forum.close();
});

const wish = (q: string, parts: Partial<TextsWish> = {}): TextsWish => ({
  q,
  isTyping: false,
  filter: { kinds: ['posts', 'comments'] },
  sort: 'relevance',
  limit: 20,
  cursor: null,
  ...parts,
});
const page = async (q: string, parts?: Partial<TextsWish>) =>
  ask.execute(new SearchTexts(wish(q, parts), NOW, await forum.store.head()));
const found = async (q: string, parts?: Partial<TextsWish>): Promise<readonly string[]> =>
  (await page(q, parts)).items.map(({ id }) => names.get(id) ?? id);
const names = new Map(
  [1, 2, 3, 4, 5].flatMap((n) => [[idOf('comment', n), `c${n}`] as const, [idOf('post', n), `p${n}`] as const]),
);
const about = (n: number) => ({ commentId: idOf('comment', n), postId: idOf('post', 1) });
const erased = (n: number): ForumEvent => ({
  type: 'CommentErased.v1',
  data: { ...about(n), erasureId: 'e' },
  personal: null,
});
const record = (n: number, ...facts: ForumEvent[]) => forum.record(`comment-${idOf('comment', n)}`, facts);

describe('a search', () => {
  it('is made once for all after the first who ask the same, and anew once any text or the name of a site has changed', async () => {
    const twice = async (): Promise<unknown> => [await found('quokka'), await found('quokka')];
    await forum.comment(1, { body: 'a quokka' });
    expect([await found('quokka'), await twice(), kept.state.made]).toEqual([['c1'], [['c1'], ['c1']], 2]);
    await record(1, commentEdited(1, 'a numbat'));
    expect([await twice(), kept.state.made]).toEqual([[[], []], 3]);
    await forum.comment(2, { body: 'another quokka' });
    expect([await twice(), kept.state.made]).toEqual([[['c2'], ['c2']], 4]);
    siteNames = [{ origin: 'https://blog.example', name: 'A blog' }];
    expect([await twice(), await twice(), kept.state.made]).toEqual([[['c2'], ['c2']], [['c2'], ['c2']], 6]);
  });

  it('finds a post by its title and a comment by its text, each with its place and what was found marked', async () => {
    await forum.comment(1, { author: 2, body: 'I went to *Đà Nẵng* <b>once</b>' });
    expect(await page('da nang')).toEqual({
      items: [
        {
          kind: 'post',
          id: idOf('post', 1),
          post: { id: idOf('post', 1), slug: 'post-1', title: 'Peace in Đà Nẵng', locale: 'en' },
          author: expect.objectContaining({ handle: 'member1' }),
          at: '2015-10-01T00:00:00.000Z',
          language: 'en',
          titleHtml: 'Peace in <mark>Đà</mark> <mark>Nẵng</mark>',
          highlightHtml: 'The first bold words.',
        },
        {
          kind: 'comment',
          id: idOf('comment', 1),
          post: { id: idOf('post', 1), slug: 'post-1', title: 'Peace in Đà Nẵng', locale: 'en' },
          author: expect.objectContaining({ handle: 'member2' }),
          at: '2015-10-01T00:00:00.000Z',
          titleHtml: 'Peace in <mark>Đà</mark> <mark>Nẵng</mark>',
          highlightHtml: 'I went to <mark>Đà</mark> <mark>Nẵng</mark> &lt;b&gt;once&lt;/b&gt;',
        },
      ],
      next: null,
    });
  });

  it('finds a post by its excerpt, shown where that answers better than the text, until the author changes it', async () => {
    await forum.post(2, { title: 'Rain', body: 'Green *boats* on the river.', excerpt: 'Monsoon **and** boats' });
    const shown = async (q: string) => (await page(q)).items.map(({ highlightHtml }) => highlightHtml);
    expect(await shown('monsoon')).toEqual(['<mark>Monsoon</mark> and boats']);
    expect(await shown('boats')).toEqual(['Green <mark>boats</mark> on the river.']);
    expect(await shown('boats monsoon')).toEqual(['<mark>Monsoon</mark> and <mark>boats</mark>']);
    expect([await found('river monsoon'), await found('"boats green"'), await found('mons*')]).toEqual([
      ['p2'],
      [],
      ['p2'],
    ]);
    const edited = (parts: { readonly excerpt?: string | null; readonly body?: string }) =>
      forum.record(`post-${idOf('post', 2)}`, [
        { type: 'PostEdited.v1', data: { postId: idOf('post', 2), ...parts }, personal: null },
      ]);
    await edited({ body: 'Other floods' });
    expect([await found('river'), await found('monsoon'), await found('floods')]).toEqual([[], ['p2'], ['p2']]);
    await edited({ excerpt: 'Drought' });
    expect([await found('monsoon'), await found('drought'), await found('floods')]).toEqual([[], ['p2'], ['p2']]);
    await edited({ excerpt: null });
    expect([await found('drought'), await found('floods')]).toEqual([[], ['p2']]);
    expect(await forum.views.verify('search')).toMatchObject({ equal: true });
  });

  it('puts first what has the marks as they were typed, and whole words of scripts without spaces', async () => {
    await forum.comment(1, { body: 'ma con bo' });
    await forum.comment(2, { body: 'má con bò' });
    await forum.comment(3, { body: 'mà con bơ' });
    expect((await found('má'))[0]).toBe('c2');
    expect(await found('ma')).toHaveLength(3);
    await forum.comment(4, { body: 'บ้านตากลม' });
    await forum.comment(5, { body: 'ตา ดี' });
    expect(await found('ตา')).toEqual(['c5', 'c4']);
  });

  it('takes phrases, beginnings, what is left out, authors and filters', async () => {
    await forum.post(2, { title: 'Other' });
    await forum.comment(1, { author: 1, body: 'green tea and honey', at: '2015-10-02T00:00:00.000Z' });
    await forum.comment(2, { author: 2, body: 'tea, green or not', at: '2015-10-03T00:00:00.000Z' });
    await forum.comment(3, { author: 2, post: 2, body: 'greenish honeycomb', at: '2015-10-04T00:00:00.000Z' });
    expect(await found('"green tea"')).toEqual(['c1']);
    expect(await found('green* -tea')).toEqual(['c3']);
    expect(await found('honeyc', { isTyping: true })).toEqual(['c3']);
    expect(await found('honeyc')).toEqual([]);
    expect(await found('tea author:member2')).toEqual(['c2']);
    expect(await found('tea -author:member2')).toEqual(['c1']);
    expect(await found('author:Member2', { sort: 'newest' })).toEqual(['c3', 'c2']);
    const kinds = ['posts', 'comments'] as const;
    expect(await found('green*', { filter: { kinds, post: 'post-2' } })).toEqual(['c3']);
    expect(await found('green*', { filter: { kinds, post: 'nowhere' } })).toEqual([]);
    expect(await found('other', { filter: { kinds: ['comments'] } })).toEqual([]);
    expect(await found('other', { filter: { kinds, tag: 'NEWS' } })).toEqual(['p2']);
    expect(await found('other', { filter: { kinds, tag: 'none' } })).toEqual([]);
    const day = { from: Date.parse('2015-10-03'), to: Date.parse('2015-10-04') };
    expect(await found('tea', { filter: { kinds, ...day } })).toEqual(['c2']);
    expect(await found('tea', { sort: 'newest' })).toEqual(['c2', 'c1']);
  });

  it('finds what stands in the log in Zawgyi by words in Unicode and in Zawgyi', async () => {
    await forum.comment(1, { body: 'ျမန္မာနိုင္ငံ' });
    expect([await found('မြန်မာနိုင်ငံ'), await found('ျမန္မာနိုင္ငံ')]).toEqual([['c1'], ['c1']]);
  });

  it('finds a word in each way that it may be meant, and never another one in its place', async () => {
    await forum.comment(1, { body: 'ဝတ္ထု' });
    await forum.comment(2, { body: 'ဝတၳဳ' });
    await forum.comment(3, { body: 'ဗြဟ္မာ ဂီုကၠီုနွံတုဲ' });
    expect([await found('ဝတၳဳ'), await found('ဝတ္ထု')]).toEqual([['c2', 'c1'], ['c1']]);
    expect(await found('ဝတၳဳ', { sort: 'newest' })).toEqual(['c2', 'c1']);
    expect([await found('ဗြဟ္မာ'), await found('ဂီုကၠီုနွံတုဲ'), await found('ဝတၳဳ -ဝတ္ထု')]).toEqual([['c3'], ['c3'], ['c2']]);
    const marked = (await page('ဝတၳဳ')).items.map(({ highlightHtml }) => highlightHtml);
    expect([...marked].sort()).toEqual(['<mark>ဝတၳဳ</mark>', '<mark>ဝတ္ထု</mark>'].sort());
  });

  it('finds what is said now and nothing that was said before', async () => {
    await forum.comment(1, { body: 'walnut' });
    await record(1, commentEdited(1, 'hazelnut'));
    expect([await found('walnut'), await found('hazelnut')]).toEqual([[], ['c1']]);
  });

  it('finds nothing held, removed, hidden below a hidden comment, withdrawn or not out yet, and what came back again', async () => {
    await forum.post(2, { title: 'Zebra', publishAt: '2016-02-01T00:00:00.000Z' });
    expect(await found('zebra')).toEqual([]);
    await forum.comment(1, { body: 'zebra' });
    await forum.comment(2, { body: 'zebra below', parent: 1 });
    expect(await found('zebra')).toEqual(['c1', 'c2']);
    await record(1, commentHeld(1));
    expect(await found('zebra')).toEqual([]);
    await record(1, commentRestored(1));
    expect(await found('zebra')).toEqual(['c1', 'c2']);
    await record(1, commentRemoved(1));
    expect(await found('zebra')).toEqual(['c2']);
    const stands = (type: 'PostWithdrawn.v1' | 'PostBroughtBack.v1') =>
      forum.record(`post-${idOf('post', 1)}`, [{ type, data: { postId: idOf('post', 1) }, personal: null }]);
    await stands('PostWithdrawn.v1');
    expect(await found('zebra')).toEqual([]);
    await stands('PostBroughtBack.v1');
    expect(await found('zebra')).toEqual(['c2']);
  });

  it.each(['relevance', 'newest'] as const)('gives all by %s, page after page, each once', async (sort) => {
    for (let n = 1; n <= 250; n += 1) {
      const at = new Date(Date.parse('2015-11-01') + (n % 7) * 1_000).toISOString();
      await forum.append(
        `comment-${idOf('comment', n)}`,
        [commentPosted(n, { body: `tea ${'tea '.repeat(n % 3)}` })],
        at,
      );
    }
    await forum.views.reached(await forum.store.head());
    const all: string[] = [];
    let cursor: string | null = null;
    do {
      const { items, next }: Awaited<ReturnType<typeof page>> = await page('tea', { sort, cursor, limit: 40 });
      all.push(...items.map(({ id }) => id));
      cursor = next;
    } while (cursor !== null);
    expect(all).toHaveLength(250);
    expect(new Set(all).size).toBe(250);
  });
});

describe('an author', () => {
  const member = (n: number, fact: ForumEvent): Promise<bigint> => forum.record(`member-${idOf('member', n)}`, [fact]);
  const renamed = (n: number, displayName: string): Promise<bigint> =>
    member(n, { type: 'MemberRenamed.v1', data: { memberId: idOf('member', n) }, personal: { displayName } });

  it('is found by the whole name that it shows now, however it is typed, with all who have the same', async () => {
    await forum.comment(1, { author: 2, body: 'green tea' });
    await forum.comment(2, { author: 1, body: 'black tea' });
    expect(await found('author:"member 2"')).toEqual(['c1']);
    await renamed(2, 'Mai Lân');
    expect(await found('tea author:"MAI LAN"')).toEqual(['c1']);
    expect(await found('tea -author:"Mai Lân"')).toEqual(['c2']);
    expect([await found('author:"member 2"'), await found('author:mai')]).toEqual([[], []]);
    await renamed(1, 'mai lan');
    expect(new Set(await found('tea author:"Mai Lan"'))).toEqual(new Set(['c1', 'c2']));
    expect(await found('green', { filter: { kinds: ['comments'], author: 'Mai Lan' } })).toEqual(['c1']);
    expect(await found('tea author:member2')).toEqual(['c1']);
    const filter = { kinds: ['comments'], author: 'Mai', tag: 'Laws' } as const;
    const asked = wish('tea author:member2 author:"mai lan" author:nobody', { filter });
    expect(await ask.execute(new FindUnknownNames(asked, NOW))).toEqual({ authors: ['nobody', 'Mai'], tag: 'laws' });
  });

  it('that was erased is found by no name, and neither it nor a former name stays in any file', async () => {
    await forum.comment(1, { author: 2, body: 'green tea' });
    await renamed(2, 'Quxbefore Name');
    await renamed(2, 'Quxsecret Name');
    expect(await found('author:"quxsecret name"')).toEqual(['c1']);
    expect(leftOf('quxbefore', 'quxsecret')).toEqual(['quxsecret']);
    await member(2, { type: 'MemberErased.v1', data: { memberId: idOf('member', 2), erasureId: 'e' }, personal: null });
    expect(await found('author:"quxsecret name"')).toEqual([]);
    expect(leftOf('quxbefore', 'quxsecret')).toEqual([]);
    expect(await forum.views.verify('search')).toMatchObject({ equal: true });
  });
});

/** Which of these words stand in a file of the view. */
function leftOf(...words: readonly string[]): readonly string[] {
  const dir = join(forum.dir, 'views');
  return readdirSync(dir)
    .filter((file) => file.startsWith('search'))
    .flatMap((file) => words.filter((word) => readFileSync(join(dir, file)).includes(word)));
}

it('holds what a rebuild makes of the log, whatever happened', async () => {
  await forum.comment(1, { body: 'one ที่พักพิง' });
  await forum.comment(2, { body: 'two', held: true });
  await forum.comment(3, { body: 'three' });
  await record(1, commentEdited(1, 'uno 我们喝茶'));
  await record(2, commentRestored(2));
  await record(3, erased(3));
  expect(await forum.views.verify('search')).toMatchObject({ equal: true, view: 'search' });
});

it('has no erased word in any of its files, nor one of a text that was replaced', async () => {
  for (let n = 1; n <= 300; n += 1) {
    await forum.append(`comment-${idOf('comment', n)}`, [commentPosted(n, { body: `usual words of comment ${n}` })]);
  }
  await forum.comment(1_000, { body: 'quxbefore' });
  await record(1_000, commentEdited(1_000, 'quxsecret'));
  expect(await found('quxsecret')).toHaveLength(1);
  await record(1_000, erased(1_000));
  await forum.views.reached(await forum.store.head(), undefined, 'search');
  expect(leftOf('quxsecret', 'quxbefore')).toEqual([]);
  expect(await found('quxsecret')).toEqual([]);
});
