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
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BesideFile } from './beside-file.ts';

const MODE = 0o600;

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'beside-file-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('given text, puts the file in its place when it is whole, and not before', async () => {
  const place = join(dir, 'log.ndjson');
  const file = await BesideFile.create(place, MODE);
  for (const text of ['one\n', 'two\n']) await file.write(Buffer.from(text));
  await file.finish();
  expect(existsSync(place)).toBe(false);
  await file.place();
  await file.discard();
  expect(readFileSync(place, 'utf8')).toBe('one\ntwo\n');
  expect(statSync(place).mode & 0o777).toBe(MODE);
  expect(readdirSync(dir)).toEqual(['log.ndjson']);
});

it('given what a killed run left, takes it away', async () => {
  const place = join(dir, 'killed.xml');
  mkdirSync(`${place}.partial`);
  writeFileSync(join(`${place}.partial`, 'held.db'), '');
  writeFileSync(join(`${place}.partial`, 'whole'), 'half of it');
  const file = await BesideFile.create(place, MODE);
  await file.write(Buffer.from('all of it'));
  await file.finish();
  await file.place();
  await file.discard();
  expect(readFileSync(place, 'utf8')).toBe('all of it');
  expect(existsSync(`${place}.partial`)).toBe(false);
});

it('given a file at its place, a run that goes on, or what is somebody else’s beside it, refuses and touches nothing', async () => {
  const place = join(dir, 'held.xml');
  const first = await BesideFile.create(place, MODE);
  await expect(BesideFile.create(place, MODE)).rejects.toThrow('another export');
  writeFileSync(place, 'mine');
  await first.finish();
  await expect(first.place()).rejects.toThrow('made by somebody else');
  await first.discard();
  await expect(BesideFile.create(place, MODE)).rejects.toThrow('nothing is written over');
  expect(readFileSync(place, 'utf8')).toBe('mine');
  const other = join(dir, 'other.xml');
  mkdirSync(`${other}.partial`);
  writeFileSync(join(`${other}.partial`, 'mine.txt'), 'mine');
  await expect(BesideFile.create(other, MODE)).rejects.toThrow('that no export left');
  expect(readdirSync(`${other}.partial`)).toEqual(['mine.txt']);
});

it('broken off, leaves nothing', async () => {
  const place = join(dir, 'broken.xml');
  const file = await BesideFile.create(place, MODE);
  await file.write(Buffer.from('half'));
  await file.discard();
  expect(readdirSync(dir).filter((name) => name.startsWith('broken'))).toEqual([]);
});
