import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dropLeft, HeldFolder } from './index.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'held-folder-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** As a killed process leaves it. */
function left(name: string): string {
  const path = join(dir, name);
  mkdirSync(join(path, 'whole'), { recursive: true });
  writeFileSync(join(path, 'held.db'), '');
  writeFileSync(join(path, 'whole', 'index.html'), 'half of it');
  return path;
}

async function made(path: string): Promise<HeldFolder> {
  const folder = await HeldFolder.make(path);
  if (folder instanceof HeldFolder) return folder;
  throw new Error(`${path} is ${folder}`);
}

it('a folder is one process’s alone while it is filled, and gone when that drops it', async () => {
  const path = join(dir, 'one');
  const folder = await made(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  writeFileSync(join(path, 'mine.txt'), 'mine');
  expect([await HeldFolder.make(path), await HeldFolder.takeOver(path)]).toEqual(['held', 'held']);
  expect(readdirSync(path).sort()).toEqual(['held.db', 'mine.txt']);
  await folder.drop();
  expect(existsSync(path)).toBe(false);
  expect(await HeldFolder.takeOver(path)).toBe('gone');
  await (await made(path)).drop();
});

it('what an ended process left is taken over, empty', async () => {
  const path = left('ended');
  const folder = await made(path);
  expect(readdirSync(path)).toEqual(['held.db']);
  expect(await HeldFolder.make(path)).toBe('held');
  await folder.drop();
});

it('a folder of somebody else is not touched', async () => {
  const path = join(dir, 'foreign');
  mkdirSync(path);
  writeFileSync(join(path, 'mine.txt'), 'mine');
  expect(await HeldFolder.make(path)).toBe('foreign');
  expect(readdirSync(path)).toEqual(['mine.txt']);
});

it('a link is somebody else’s, and what it leads to is not touched', async () => {
  const led = left('led-to');
  symlinkSync(led, join(dir, 'link'));
  symlinkSync(join(dir, 'nowhere'), join(dir, 'dangling'));
  mkdirSync(join(dir, 'inside'));
  symlinkSync(join(led, 'held.db'), join(dir, 'inside', 'held.db'));
  for (const name of ['dangling', 'link', 'inside']) {
    const path = join(dir, name);
    expect([await HeldFolder.takeOver(path), await HeldFolder.make(path)]).toEqual(['foreign', 'foreign']);
  }
  expect(readdirSync(led).sort()).toEqual(['held.db', 'whole']);
  expect(existsSync(join(dir, 'nowhere'))).toBe(false);
});

it('what a process left that ended before it held it is taken over by the first that comes', async () => {
  const path = join(dir, 'unheld');
  mkdirSync(path);
  const folder = await made(path);
  expect(await HeldFolder.make(path)).toBe('held');
  await folder.drop();
  expect(existsSync(path)).toBe(false);
});

it('of several, those of ended processes alone are dropped', async () => {
  const held = await made(join(dir, 'run-held'));
  left('run-ended');
  left('other-ended');
  mkdirSync(join(dir, 'run-foreign'));
  await dropLeft(dir, 'run-');
  expect(
    readdirSync(dir)
      .filter((name) => /^run-|^other-/.test(name))
      .sort(),
  ).toEqual(['other-ended', 'run-foreign', 'run-held']);
  await held.drop();
  await expect(dropLeft(join(dir, 'none'), 'run-')).resolves.toBeUndefined();
});
