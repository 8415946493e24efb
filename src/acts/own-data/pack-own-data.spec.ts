import { buffer } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { unzipped } from '../../../test/support/unzipped.ts';
import type { OwnData, OwnSectionName } from '../../views/own-data/own-data.query-types.ts';
import { packOwnData } from './pack-own-data.ts';
import { dataWordsIn, momentsIn } from './words.ts';

const TEXTS: readonly (readonly [OwnSectionName, readonly string[]])[] = [
  ['account', []],
  ['comments', ['one', 'two', 'three']],
  ['reports', ['x'.repeat(200)]],
  ['posts', ['four']],
];

/** The files of a download in which so many characters are kept, and how often each section was read. */
async function packed(mostKept: number) {
  const reads: Record<string, number> = {};
  const sections = TEXTS.map(([name, texts]) => ({
    name,
    entries: async function* () {
      reads[name] = (reads[name] ?? 0) + 1;
      for (const text of texts) yield { at: '2026-12-10T13:05:00.000Z', text };
    },
  }));
  const data: OwnData = { sections, images: async function* () {} };
  const words = dataWordsIn('en');
  const moments = momentsIn('en', 'Asia/Phnom_Penh');
  const options = {
    words,
    handle: 'linh',
    site: 'Forum',
    address: 'https://forum.example',
    moments,
    at: '2026-12-10T13:05:00.000Z',
    mostKept,
  };
  return { files: await unzipped(await buffer(packOwnData(data, options))), reads };
}

test('each section is read once as far as its JSON fits into the bound, and the files are the same either way', async () => {
  const roomy = await packed(10_000);
  const tight = await packed(240);
  const none = await packed(0);
  expect(roomy.reads).toEqual({ account: 1, comments: 1, reports: 1, posts: 1 });
  expect(tight.reads).toEqual({ account: 1, comments: 1, reports: 2, posts: 1 });
  expect(none.reads).toEqual({ account: 1, comments: 2, reports: 2, posts: 2 });
  expect(tight.files).toEqual(roomy.files);
  expect(none.files).toEqual(roomy.files);
  expect(JSON.parse(roomy.files['comments.json'] ?? '')).toMatchObject([
    { text: 'one' },
    { text: 'two' },
    { text: 'three' },
  ]);
  expect(roomy.files['account.json']).toBe('[]\n');
  expect(roomy.files['index.html']).toContain('10 December 2026 at 20:05');
});
