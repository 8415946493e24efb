import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { renderPost } from '../../../../libs/markdown/index.ts';
import { TranslationRenderings } from './translation-renderings.ts';

let renderings: TranslationRenderings;

beforeAll(() => {
  renderings = new TranslationRenderings({ onProjected: () => () => undefined });
});
afterAll(() => renderings.onModuleDestroy());

test('many who ask for the same text at once wait for one rendering', async () => {
  const text = { body: `${'A *word*. '.repeat(2_000)}`, original: '' };
  const [one, other] = [renderings.htmlOf(text), renderings.htmlOf({ ...text })];
  expect(one).toBe(other);
  expect(await one).toBe(renderPost(text.body));
});

test('a long text takes nothing the second time', async () => {
  const text = { body: '[a](https://a.example) **b** `c` '.repeat(2_000), original: '' };
  await renderings.htmlOf(text);
  let turns = 0;
  const turning = setImmediate(() => (turns += 1));
  await renderings.htmlOf(text);
  clearImmediate(turning);
  expect(turns).toBe(0);
});
