import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { SLOW_FILES } from '../runner/slow-files.ts';

const root = resolve(import.meta.dirname, '../..');

test('each file that is started first because it is slow is there, and named once', () => {
  expect(SLOW_FILES.filter((file) => !existsSync(resolve(root, file)))).toEqual([]);
  expect(SLOW_FILES).toEqual([...new Set(SLOW_FILES)]);
});
