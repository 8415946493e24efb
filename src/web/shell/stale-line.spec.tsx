import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import { translator } from './i18n/translate.ts';
import { StaleLine } from './stale-line.tsx';

const english = JSON.parse(readFileSync(new URL('./messages/en.json', import.meta.url), 'utf8'));

const told = (changedAt: string): string =>
  renderToString(
    <StaleLine line={{ sourceAt: '2026-11-27T22:10:00Z', changedAt }} translator={translator('en', english)} />,
  ).replace(/<[^>]+>/g, '');

test('two texts of less than a day apart are told with the time, others by their days', () => {
  expect(told('2026-11-27T23:05:07Z')).toBe(
    'Made from the text of 27 November 2026, 22:10:00 UTC; the text was changed on 27 November 2026, 23:05:07 UTC.',
  );
  expect(told('2026-11-30T02:00:00Z')).toBe(
    'Made from the text of 27 November 2026; the text was changed on 30 November 2026.',
  );
});
