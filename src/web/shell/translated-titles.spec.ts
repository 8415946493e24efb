import { expect, test } from '@jest/globals';
import { queryBusOf } from '../../../test/views/query-bus.ts';
import { answering } from '../../views/answering.ts';
import { GetLinesOfPosts, GetTranslatedTitles } from '../../views/translations/translations.query-types.ts';
import type { Frame } from './frame.ts';
import { languageIn } from './message-files.ts';
import { translatedTitles } from './translated-titles.ts';

const { translator } = languageIn('en');
const writtenAt = '2026-11-28T00:00:00.000Z';
const line = (id: string, language: 'en' | 'vi', stale = false) => ({
  id,
  language,
  by: null,
  writtenAt,
  ...(stale && { stale }),
});
const LINES = new Map([
  ['p1', [line('t1', 'en'), line('t2', 'vi')]],
  ['p2', [line('t3', 'en', true), line('t4', 'vi')]],
]);
const POSTS = [
  { id: 'p1', locale: 'th' },
  { id: 'p2', locale: 'th' },
  { id: 'p3', locale: 'lo' },
  { id: 'p4', locale: 'en' },
];

const headOf = (id: string) => ({ title: `Title of ${id}`, excerptHtml: `<p>Text of ${id}</p>` });

/** The titles for a reader, and what was asked for them. */
async function told(reader: Pick<Frame, 'reads' | 'translationsShown'>) {
  const asked: unknown[] = [];
  const bus = await queryBusOf([
    answering(GetLinesOfPosts, {}, (query) => {
      asked.push(query);
      return LINES;
    }),
    answering(GetTranslatedTitles, {}, (query) => {
      asked.push(query);
      return new Map(['t1', 't4'].map((id) => [id, headOf(id)]));
    }),
  ]);
  return { titles: await translatedTitles(POSTS, { ...reader, translator }, bus), asked };
}

test('titles are those of the translations that the pages of the posts show, asked for once for a page', async () => {
  expect(await told({ reads: ['en', 'vi'], translationsShown: 'instead' })).toEqual({
    titles: new Map([
      ['p1', { ...headOf('t1'), language: 'en' }],
      ['p2', { ...headOf('t4'), language: 'vi' }],
    ]),
    asked: [new GetLinesOfPosts(['p1', 'p2', 'p3']), new GetTranslatedTitles(['t1', 't4'], 1_000_000)],
  });
});

test('nothing is asked for whoever chose no languages, or to ask for each translation, or reads them all', async () => {
  for (const reader of [
    { reads: null, translationsShown: 'instead' },
    { reads: ['en'], translationsShown: 'asked' },
    { reads: ['en', 'lo', 'th'], translationsShown: 'beside' },
  ] as const)
    expect(await told(reader)).toEqual({ titles: new Map(), asked: [] });
});
