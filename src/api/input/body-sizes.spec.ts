import { expect, it } from '@jest/globals';
import { BODY_LIMIT, commentBytes } from './body-sizes.ts';

it.each([1, 100, 5_000, 10_000])('given comments of %i characters, twice as many fit in every encoding', (most) => {
  const body = '😀'.repeat(2 * most);
  const escaped = body.replaceAll('😀', '\\ud83d\\ude00');
  const form = encodeURIComponent(body);
  for (const text of [body, escaped, form]) expect(Buffer.byteLength(text)).toBeLessThan(commentBytes(most));
  expect(commentBytes(most)).toBeLessThanOrEqual(Math.max(BODY_LIMIT, 30 * most));
});
