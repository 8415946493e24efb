import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import type { FoundText } from '../../../libs/client/index.ts';
import { translator } from '../shell/i18n/translate.ts';
import { FoundBy } from './found-by.tsx';

const english = JSON.parse(readFileSync(new URL('../shell/messages/en.json', import.meta.url), 'utf8'));
const ID = '00000000-0000-4000-8000-000000000001';
const PAGE = { id: ID, slug: 'any', title: 'Any', locale: 'en', url: 'https://blog.example/any/' };

const shown = (item: Pick<FoundText, 'kind' | 'post'>): string =>
  drawn(item)
    .replace(/<time.*/s, '')
    .replace(/<[^>]+>/g, '')
    .trim();

const drawn = (item: Pick<FoundText, 'kind' | 'post'>): string => {
  const found = { ...item, id: ID, author: null, at: '2026-11-27T08:00:00Z', titleHtml: 'Any', highlightHtml: '' };
  const now = Date.parse('2026-11-27T09:00:00Z');
  return renderToString(<FoundBy item={found} translator={translator('en', english)} now={now} />);
};

test('a page of another site is called that, and nobody its author; a comment there is one', () => {
  expect(shown({ kind: 'post', post: PAGE })).toBe('Page of blog.example');
  expect(shown({ kind: 'comment', post: PAGE })).toBe('Somebody who left Comment');
  expect(shown({ kind: 'post', post: { id: ID, slug: 'any', title: 'Any', locale: 'en' } })).toBe(
    'Somebody who left Post',
  );
  expect(drawn({ kind: 'post', post: PAGE })).toContain(
    `<a href="${PAGE.url}" rel="noopener">Read on blog.example</a>`,
  );
  expect(drawn({ kind: 'comment', post: PAGE })).not.toContain('Read on');
});
