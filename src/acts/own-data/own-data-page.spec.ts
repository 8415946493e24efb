import { buffer } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { LOCALE_CODES } from '../../../libs/words/index.ts';
import { unzipped } from '../../../test/support/unzipped.ts';
import type { OwnData, OwnSectionName } from '../../views/own-data/own-data.query-types.ts';
import { packOwnData } from './pack-own-data.ts';
import { dataWordsIn, momentsIn } from './words.ts';

const at = '2026-12-10T13:05:00.000Z';
const ENTRIES: readonly (readonly [OwnSectionName, readonly Readonly<Record<string, unknown>>[]])[] = [
  [
    'account',
    [
      {
        at,
        what: 'MemberRegistered.v2',
        handle: 'linh',
        displayName: 'Linh <3',
        email: 'linh@example.org',
        locale: 'vi',
        roles: ['member'],
      },
      { at, what: 'MemberRenamed.v1', displayName: 'Linh Nguyễn' },
    ],
  ],
  [
    'comments',
    [
      {
        id: 'c1',
        postId: 'p1',
        parentId: null,
        post: 'Rice & water',
        status: 'held',
        texts: [
          { at, text: 'First' },
          { at, text: 'Second <b>words</b>' },
        ],
        decisions: [{ at, action: 'hold', reason: 'spam' }],
      },
    ],
  ],
  ['reactions', [{ at, post: 'Rice & water', commentId: 'c2', kind: 'like', path: '/comments/c2' }]],
  [
    'sanctions',
    [
      { at, what: 'MemberSanctioned.v1', kind: 'suspension', until: at, reason: 'abuse', statement: 'Be kind.' },
      { at, what: 'SanctionLifted.v1', kind: 'suspension' },
    ],
  ],
  [
    'inbox',
    [
      { at, what: 'DiscussionFollowed.v1', postId: 'p1', posts: ['Rice & water'] },
      { what: 'FollowsByCommenting', postId: 'p2', posts: ['Tea'] },
      { at, what: 'NotificationsChosen.v1', ways: { reply: ['inbox', 'mail'], mention: [] }, followOwn: true },
    ],
  ],
  [
    'notifications',
    [{ at, kind: 'reply', outcome: null, postId: 'p2', post: 'Coffee', commentId: 'c3', path: '/comments/c3' }],
  ],
  ['drafts', [{ at, what: 'DraftKept.v1', postId: 'p1', post: null, body: 'Unsent' }]],
  [
    'translations',
    [
      { at, what: 'TranslationWritten.v1', postId: 'p1', post: 'Tea', body: 'Trà' },
      {
        at,
        what: 'TranslationRemoved.v2',
        postId: 'p1',
        post: 'Tea',
        reason: 'wrong-translation',
        statement: 'Not so.',
      },
    ],
  ],
];

async function page(locale: string): Promise<string> {
  const sections = ENTRIES.map(([name, entries]) => ({
    name,
    entries: async function* () {
      yield* entries;
    },
  }));
  const data: OwnData = { sections, images: async function* () {} };
  const [words, moments] = [dataWordsIn(locale), momentsIn(locale, 'Asia/Phnom_Penh')];
  const options = { words, handle: 'linh', site: 'Forum', address: 'https://forum.example', moments, at };
  return (await unzipped(await buffer(packOwnData(data, options))))['index.html'] ?? '';
}

/** The words of the page without its markup; what is folded away is left out. */
const readable = (html: string): string =>
  html
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<details>.*?<\/details>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

test('a person reads who it is, what was written, where and when, and what was chosen', async () => {
  const html = await page('en');
  expect(html).toContain('<h3 dir="auto"><a href="https://forum.example/comments/c1">Rice &amp; water</a></h3>');
  expect(html).toContain('<a href="https://forum.example/comments/c2">');
  expect(html).toContain('<details><summary>Earlier versions</summary>');
  const text = readable(html);
  for (const words of [
    'Contents',
    'Your profile Name Linh Nguyễn Handle @linh E-mail address linh@example.org Language Tiếng Việt Role member',
    'Member since 10 December 2026 at 20:05',
    'Second &lt;b&gt;words&lt;/b&gt; Held back',
    'Suspension',
    'Until 10 December 2026 at 20:05',
    'Reason: Abuse Be kind.',
    'Suspension · Lifted',
    'Discussions that you follow Rice &amp; water Tea',
    'Your notifications notifications.json Coffee An answer to you',
    'An answer to you Here, Mail at once A mention of you Not at all',
    'A post that is no longer listed',
    'Unsent',
    'Reason: Wrong translation Not so.',
  ])
    expect(text).toContain(words);
  expect(text).not.toMatch(/postId|post id|\.v\d|First /);
  expect(html).not.toMatch(/<script|src=|@import|url\(/);
});

test('each language says it in its own words', async () => {
  const pages = await Promise.all(LOCALE_CODES.map(page));
  expect(new Set(pages.map((html) => /<nav aria-label="([^"]+)"/.exec(html)?.[1])).size).toBe(LOCALE_CODES.length);
  for (const [n, html] of pages.entries()) expect(html).toContain(`<html lang="${LOCALE_CODES[n]}"`);
});
