import { expect, it } from '@jest/globals';
import { MOST_COMPARED_CHARACTERS } from '../../../libs/words/index.ts';
import { BODY_LIMIT, bodyLimitOf, commentBytes } from './body-sizes.ts';

it.each([1, 100, 5_000, 10_000])('given comments of %i characters, twice as many fit in every encoding', (most) => {
  const body = '😀'.repeat(2 * most);
  const escaped = body.replaceAll('😀', '\\ud83d\\ude00');
  const form = encodeURIComponent(body);
  for (const text of [body, escaped, form]) expect(Buffer.byteLength(text)).toBeLessThan(commentBytes(most));
  expect(commentBytes(most)).toBeLessThanOrEqual(Math.max(BODY_LIMIT, 30 * most));
});

it('takes a translation as long as its original, by program and by form', () => {
  const pairs = [
    ['POST /api/v1/posts', 'POST /api/v1/posts/:id/translations'],
    ['POST /api/v1/posts/:id/comments', 'POST /api/v1/comments/:id/translations'],
    ['POST /posts/:slug/comments', 'POST /comments/:id/translations'],
  ] as const;
  for (const [original, translation] of pairs)
    expect([translation, bodyLimitOf(translation, 10_000)]).toEqual([translation, bodyLimitOf(original, 10_000)]);
  const besides = bodyLimitOf('POST /posts/:slug/translations', 10_000) - bodyLimitOf('POST /write', 10_000);
  expect(besides).toBe(12 * MOST_COMPARED_CHARACTERS);
});
