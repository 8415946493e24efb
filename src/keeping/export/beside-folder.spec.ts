import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BesideFile } from './beside-file.ts';
import { BesideFolder } from './beside-folder.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'beside-folder-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('given files, puts the folder in its place when it is whole, and not before', async () => {
  const place = join(dir, 'whole');
  const folder = await BesideFolder.create(place);
  await Promise.all(Array.from({ length: 40 }, (_, at) => folder.write(`a/b/${at}.html`, `page ${at}`)));
  expect(existsSync(place)).toBe(false);
  await folder.place();
  await folder.discard();
  expect(readdirSync(join(place, 'a/b'))).toHaveLength(40);
  expect(readFileSync(join(place, 'a/b/7.html'), 'utf8')).toBe('page 7');
  expect(folder.written).toEqual({ files: 40, bytes: 10 * 6 + 30 * 7 });
  expect(readdirSync(dir)).toEqual(['whole']);
});

it('given a place with something in it, refuses and leaves everything as it was', async () => {
  mkdirSync(join(dir, 'empty'));
  mkdirSync(join(dir, 'full'));
  writeFileSync(join(dir, 'full', 'mine.txt'), 'mine');
  writeFileSync(join(dir, 'file'), 'mine');
  await expect(BesideFolder.create(join(dir, 'full'))).rejects.toThrow('nothing is written over');
  await expect(BesideFolder.create(join(dir, 'file'))).rejects.toThrow('nothing is written over');
  const folder = await BesideFolder.create(join(dir, 'empty'));
  await expect(BesideFolder.create(join(dir, 'empty'))).rejects.toThrow('another export');
  await expect(BesideFolder.create(join(dir, 'none', 'here'))).rejects.toThrow('there is no folder');
  await folder.write('index.html', 'home');
  writeFileSync(join(dir, 'empty', 'came-meanwhile.txt'), 'mine');
  await expect(folder.place()).rejects.toThrow('nothing is written over');
  await folder.discard();
  expect(readdirSync(join(dir, 'empty'))).toEqual(['came-meanwhile.txt']);
  expect(readdirSync(join(dir, 'full'))).toEqual(['mine.txt']);
  expect(readdirSync(dir).filter((name) => name.includes('partial'))).toEqual([]);
});

it('given what a killed export left, takes it over; a folder of somebody else is not touched', async () => {
  const place = join(dir, 'killed');
  mkdirSync(join(`${place}.partial`, 'whole'), { recursive: true });
  writeFileSync(join(`${place}.partial`, 'held.db'), '');
  writeFileSync(join(`${place}.partial`, 'whole', 'half.html'), 'half');
  const folder = await BesideFolder.create(place);
  await folder.write('index.html', 'home');
  await folder.place();
  await folder.discard();
  expect(readdirSync(place)).toEqual(['index.html']);
  expect(existsSync(`${place}.partial`)).toBe(false);
  mkdirSync(join(dir, 'own.partial'));
  writeFileSync(join(dir, 'own.partial', 'mine.txt'), 'mine');
  await expect(BesideFolder.create(join(dir, 'own'))).rejects.toThrow('that no export left');
});

it('given a link as its place or beside it, refuses at once and says which', async () => {
  const led = join(dir, 'led-to');
  mkdirSync(led);
  for (const [name, to] of [
    ['link', led],
    ['dangling', join(dir, 'nowhere')],
  ] as const) {
    symlinkSync(to, join(dir, name));
    await expect(BesideFolder.create(join(dir, name))).rejects.toThrow(`${join(dir, name)} is a link`);
    symlinkSync(to, join(dir, `beside-${name}.partial`));
    await expect(BesideFolder.create(join(dir, `beside-${name}`))).rejects.toThrow('that no export left');
  }
  expect(readdirSync(led)).toEqual([]);
});

it('given two things of one name, or a disk that fails, is never put in its place', async () => {
  const place = join(dir, 'twice');
  const folder = await BesideFolder.create(place);
  await folder.write('index.html', 'one');
  await folder.write('index.html', 'another');
  await expect(folder.place()).rejects.toThrow('EEXIST');
  await folder.discard();
  expect(existsSync(place) || existsSync(`${place}.partial`)).toBe(false);
});

it('keeps what is noted meanwhile in one place, which nobody else reads, until it is discarded', async () => {
  const folder = await BesideFolder.create(join(dir, 'noted'));
  writeFileSync(join(folder.notes, 'words'), 'noted');
  await folder.write('index.html', 'home');
  const beside = join(dir, 'noted.partial');
  expect(readdirSync(beside).sort()).toEqual(['held.db', 'notes', 'whole']);
  expect(statSync(beside).mode & 0o777).toBe(0o700);
  await folder.place();
  await folder.discard();
  expect(readdirSync(join(dir, 'noted'))).toEqual(['index.html']);
  expect(existsSync(beside)).toBe(false);
});

it('given a place below links that lead to themselves, below a file, or below nothing, says so of a folder and of a file', async () => {
  symlinkSync(join(dir, 'round'), join(dir, 'about'));
  symlinkSync(join(dir, 'about'), join(dir, 'round'));
  writeFileSync(join(dir, 'no-folder'), 'mine');
  const told = async (place: string) => {
    const makers = [BesideFolder.create(place), BesideFile.create(place, 0o600)];
    return (await Promise.allSettled(makers)).map((made) => (made.status === 'rejected' ? made.reason : null));
  };
  const refused = (message: RegExp) => {
    const one = expect.objectContaining({ name: 'ExportRefused', message: expect.stringMatching(message) });
    return [one, one];
  };
  expect(await told(join(dir, 'about', 'below'))).toEqual(refused(/about is a link.* leads back to itself/));
  expect(await told(join(dir, 'no-folder', 'below'))).toEqual(refused(/no-folder is a file, not a folder/));
  expect(await told(join(dir, 'no-folder', 'a', 'b'))).toEqual(refused(/lies below a file/));
  expect(await told(join(dir, 'nowhere', 'below'))).toEqual(refused(/there is no folder .*nowhere to make it in/));
});
