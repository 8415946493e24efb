import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { copyForReading, removeLeftCopies } from './reading-copy.ts';

let root: string;
let dataDir: string;
let place: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'colloquy-copies-'));
  [dataDir, place] = [join(root, 'data'), join(root, 'place')];
  for (const dir of [place, join(dataDir, 'views')]) mkdirSync(dir, { recursive: true });
  for (const name of [
    'log.db',
    'log.db-wal',
    'log.db-shm',
    'serve.lock.db',
    'views/thread.v1.db',
    'views/thread.v1.db-shm',
  ]) {
    writeFileSync(join(dataDir, name), name);
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a copy to read from', () => {
  test('has what the forum needs to be read, and is its owner’s alone', () => {
    const copy = copyForReading(dataDir, [place]);

    expect(readdirSync(copy, { recursive: true }).sort()).toEqual([
      'log.db',
      'log.db-wal',
      'views',
      'views/thread.v1.db',
    ]);
    expect(readFileSync(join(copy, 'views/thread.v1.db'), 'utf8')).toBe('views/thread.v1.db');
    expect(statSync(copy).mode & 0o777).toBe(0o700);
  });

  test('goes to the first place that has room; without any it is said what to do', () => {
    expect(copyForReading(dataDir, [join(root, 'none'), place]).startsWith(place)).toBe(true);
    expect(() => copyForReading(dataDir, [join(root, 'none')])).toThrow(
      /data takes no writes, and there is no room for a copy to read from \(\d+ bytes\); make room there or in .*none, or mount it for writing/,
    );
  });

  test('is removed by the next start when its process is gone, and that of another DATA_DIR is not', () => {
    const [left, other] = [copyForReading(dataDir, [place]), join(root, 'other')];
    mkdirSync(other);
    const others = copyForReading(other, [place]);

    removeLeftCopies(dataDir, [place, join(root, 'none')]);

    expect([existsSync(left), existsSync(others)]).toEqual([false, true]);
  });
});
