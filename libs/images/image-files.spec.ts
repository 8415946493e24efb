import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FileBroken, fileName, ImageFiles, newFileKey, openFile, sealFile } from './index.ts';

describe('sealed files', () => {
  let dir: string;
  let files: ImageFiles;
  beforeEach(() => {
    dir = join(mkdtempSync(join(tmpdir(), 'colloquy-images-')), 'images');
    files = new ImageFiles(dir);
  });
  afterEach(() => rmSync(join(dir, '..'), { recursive: true }));

  it('lie under the hash of what they hold, for their owner alone', async () => {
    const bytes = randomBytes(1_000);
    const name = await files.put(bytes);
    expect(name).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect([await files.read(name), await files.has(name)]).toEqual([bytes, true]);
    const folder = join(dir, name.slice(0, 2));
    expect(readdirSync(folder)).toEqual([name]);
    expect([statSync(folder).mode & 0o777, statSync(join(folder, name)).mode & 0o777]).toEqual([0o700, 0o600]);
    expect(await files.put(bytes)).toBe(name);
    await files.remove(name);
    expect([await files.read(name), await files.has(name)]).toEqual([undefined, false]);
  });

  it('are written beside each other, and when one cannot be, only once no other is written any more', async () => {
    const all = Array.from({ length: 9 }, () => randomBytes(100_000));
    const named = all.map((sealed) => ({ name: fileName(sealed), sealed }));
    await files.putAll(named);
    expect(await Promise.all(named.map(({ name }) => files.read(name)))).toEqual(all);

    for (const { name } of named) await files.remove(name);
    const [bad, ...others] = named;
    if (bad === undefined) throw new Error('there are nine');
    await expect(files.putAll([{ ...bad, name: `x/${bad.name}` }, ...others])).rejects.toThrow('ENOENT');
    expect(await Promise.all(others.map(({ name }) => files.has(name)))).toEqual(others.map(() => true));
  });

  it.each(['../../etc/passwd', '', 'AB'.repeat(32), `${'ab'.repeat(32)}/x`])(
    'are never asked for by %j',
    async (name) => {
      await expect(files.read(name)).rejects.toThrow(RangeError);
    },
  );
});

describe('a sealed file', () => {
  const key = newFileKey();
  const [plain, path] = [Buffer.from('PLAIN PICTURE'), '/images/a-480.jpg'];

  it('opens with its key under its path', () => {
    const sealed = sealFile(plain, { key, path });
    expect(sealed.includes('PLAIN')).toBe(false);
    expect(openFile(sealed, { key, path })).toEqual(plain);
    expect(sealFile(plain, { key, path })).not.toEqual(sealed);
  });

  it.each<[string, (sealed: Buffer) => () => Buffer]>([
    ['another key', (sealed) => () => openFile(sealed, { key: newFileKey(), path })],
    ['another path', (sealed) => () => openFile(sealed, { key, path: '/images/b-480.jpg' })],
    ['a changed byte', (sealed) => () => openFile(sealed.fill(0, 20, 21), { key, path })],
    ['an end that is missing', (sealed) => () => openFile(sealed.subarray(0, 30), { key, path })],
    ['nothing at all', () => () => openFile(Buffer.alloc(0), { key, path })],
  ])('does not open with %s', (_, opening) => {
    expect(opening(sealFile(plain, { key, path }))).toThrow(FileBroken);
  });
});
