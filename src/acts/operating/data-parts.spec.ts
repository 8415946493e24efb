import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { sizesOf } from './data-parts.ts';

it('tells the disk of exports that lie ready and of imports by their own names', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'data-parts-'));
  try {
    mkdirSync(join(dir, 'imports/blog'), { recursive: true });
    mkdirSync(join(dir, 'import-jobs/1'), { recursive: true });
    writeFileSync(join(dir, 'imports/blog/a.png'), 'abc');
    writeFileSync(join(dir, 'import-jobs/1/export'), 'abcde');
    writeFileSync(join(dir, 'serve.lock.db'), 'a');
    expect((await sizesOf(dir)).filter(({ bytes }) => bytes > 0)).toEqual([
      { part: 'imports', bytes: 3, isWhole: true },
      { part: 'import-jobs', bytes: 5, isWhole: true },
      { part: 'other', bytes: 1, isWhole: true },
    ]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
