import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonRecords } from './json-records.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'json-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function read(content: string, lists: readonly string[]): Promise<readonly (readonly [string, unknown])[]> {
  const file = join(dir, 'file.json');
  writeFileSync(file, content);
  const found: [string, unknown][] = [];
  for await (const { path, value } of jsonRecords(file, lists, () => undefined)) found.push([path, value]);
  return found;
}

test('gives the elements of the lists that are asked for, and plain values at top level', async () => {
  const content =
    '{"a": 1, "b": {"list": [1, "]", {"x": [2]}, [], null], "other": [{"list": [9]}]}, "c": "\\"{", "d": true}';
  expect(await read(content, ['b.list'])).toEqual([
    ['a', 1],
    ['b.list', 1],
    ['b.list', ']'],
    ['b.list', { x: [2] }],
    ['b.list', []],
    ['b.list', null],
    ['c', '"{'],
    ['d', true],
  ]);
});

test('reads a list that is the file itself as JSON.parse does, whatever is in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 8 }), fc.constantFrom(0, 2), async (values, indent) => {
      const found = await read(JSON.stringify(values, null, indent), ['']);
      expect(found.map(([, value]) => value)).toEqual(JSON.parse(JSON.stringify(values)));
    }),
    { numRuns: 200 },
  );
});

test('reads elements that are longer than the pieces of the file', async () => {
  const long = 'é"\\'.repeat(300_000);
  expect(await read(JSON.stringify([long, { long }]), [''])).toEqual([
    ['', long],
    ['', { long }],
  ]);
});

test.each(['', 'x', '"x"', '[1', '[1]]', '[1}', '{"a" 1}', '{1: 2}', '[tru]', '{"a": [}', '['.repeat(200)])(
  'refuses %j',
  async (content) => {
    await expect(read(content, ['', 'a'])).rejects.toMatchObject({ name: 'SourceError' });
  },
);
