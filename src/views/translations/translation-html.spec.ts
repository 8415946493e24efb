import { expect, test } from '@jest/globals';
import type { Projected } from '../../../libs/projections/index.ts';
import { idOf } from '../../../test/views/small-forum.ts';
import { idBytes } from '../ids.ts';
import { TranslationHtmls } from './translation-html.ts';

test('a text is opened once, and again after an erasure; one that was being opened meanwhile is not kept', async () => {
  let tell: (projected: readonly Projected[], position: bigint) => void = () => undefined;
  let opened = 0;
  let meanwhile: () => void = () => undefined;
  const vault = {
    open: async () => {
      opened += 1;
      meanwhile();
      return { title: '', body: `Text ${opened}` };
    },
  };
  const views = {
    onProjected: (listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    },
  };
  const htmls = new TranslationHtmls(vault, views);
  const row = { n: 1, id: idBytes(idOf('translation', 1)), sealed: Buffer.from('sealed') };
  const read = async () => (await htmls.of(row))?.trim();
  const erased = () => tell([{ view: 'erasures', changes: [{ erasureId: idOf('erasure') }] }], 1n);
  expect([await read(), await read()]).toEqual(['<p>Text 1</p>', '<p>Text 1</p>']);
  tell([{ view: 'thread', changes: [{}] }], 1n);
  expect(await read()).toBe('<p>Text 1</p>');
  erased();
  meanwhile = erased;
  expect(await read()).toBe('<p>Text 2</p>');
  meanwhile = () => undefined;
  expect([await read(), await read()]).toEqual(['<p>Text 3</p>', '<p>Text 3</p>']);
});
