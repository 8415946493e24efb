import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import { translator } from '../shell/i18n/translate.ts';
import { FiltersLine, NotSearched, whyNone, whyNot } from './none-found.tsx';
import { typedSearch } from './search-wish.ts';

const english = translator(
  'en',
  JSON.parse(readFileSync(new URL('../shell/messages/en.json', import.meta.url), 'utf8')),
);

test('the line of the filters tells those in force', () => {
  const line = (query: object): string =>
    renderToString(<FiltersLine typed={typedSearch(query)} translator={english} />).replace(/<[^>]+>/g, '');
  expect(line({ q: 'boats' })).toBe('Where, by whom, when');
  expect(line({ q: 'boats', in: 'posts', author: 'Mekong desk', from: '2015-10-05', sort: 'newest' })).toBe(
    'Where, by whom, when: Posts · Mekong desk · 5 October 2015 · Newest first',
  );
});

test('a day is written as everywhere, as the calendar of the zone has it, and not broken in two lines', () => {
  const typed = typedSearch({ q: 'boats', from: '2015-10-05', to: '2015-10-07' });
  const translator = { ...english, timeZone: 'America/New_York' };
  expect(renderToString(<FiltersLine typed={typed} translator={translator} />)).toContain(
    '<bdi class="unbroken">5 October 2015</bdi> · <bdi class="unbroken">7 October 2015</bdi>',
  );
});

test('a name of several words without quotes is told to need them', () => {
  const none = (q: string): string =>
    whyNone(typedSearch({ q }), { authors: ['Mekong'], tag: null }, english).replace(/^[^:]+: /, '');
  expect(none('author:Mekong desk')).toBe(
    'it takes the whole shown name, or the handle. A name of several words stands in quotes: author:“shown name”.',
  );
  expect(none('author:Mekong')).toBe('it takes the whole shown name, or the handle.');
  expect(none('boats author:“Mekong”')).toBe('it takes the whole shown name, or the handle.');
});

test('a search that found nothing tells that translations are not searched, unless it could find nothing', () => {
  const told = (query: object, unknown = {}): string =>
    renderToString(
      <NotSearched typed={typedSearch(query)} unknown={{ authors: [], tag: null, ...unknown }} translator={english} />,
    );
  const line = '<p class="hint">Translations are not searched.</p>';
  expect([told({ q: 'mekong' }), told({ q: 'mekong', in: 'posts' })]).toEqual([line, line]);
  expect([
    told({ q: 'mekong', from: '2026-02-02', to: '2026-01-01' }),
    told({ q: 'author:nobody' }, { authors: ['nobody'] }),
    told({ q: 'mekong', tag: 'none' }, { tag: 'none' }),
  ]).toEqual(['', '', '']);
});

test('who looks for somebody without a name is asked for one', () => {
  const not = (q: string): string => whyNot(typedSearch({ q }), english).slice(0, 15);
  expect([not('author:'), not('author:“”'), not('-word')]).toEqual([
    'Write whom you ',
    'Write whom you ',
    'This cannot be ',
  ]);
});
