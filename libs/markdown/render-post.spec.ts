import { describe, expect, it } from '@jest/globals';
import { turnsUntil } from '../../test/support/turns-until.ts';
import { renderPost, renderPostAside } from './index.ts';

/** Longer than what is rendered at once. */
const long = (n: number): string => `# ${n}\n\n${'A *long* text. '.repeat(2_000)}`;

describe('a text that is rendered aside', () => {
  it('becomes what it becomes at once, whether short or long', async () => {
    const texts = ['Short, *and* [linked](https://a.example)', long(1)];
    expect(await Promise.all(texts.map(renderPostAside))).toEqual(texts.map(renderPost));
  });

  it('lets the event loop turn meanwhile when it is long', async () => {
    expect(await turnsUntil(renderPostAside(long(2)))).toBeGreaterThan(10);
    expect(await turnsUntil(renderPostAside('Short'))).toBeLessThan(10);
  });

  it('is its own, however many are rendered together and one after the other', async () => {
    const texts = Array.from({ length: 6 }, (_, n) => long(n));
    expect(await Promise.all(texts.map(renderPostAside))).toEqual(texts.map(renderPost));
    for (const text of texts.slice(0, 2)) expect(await renderPostAside(text)).toBe(renderPost(text));
  });
});
