import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { storedFiles } from '../../libs/images/index.ts';
import { KeyDestruction } from '../../src/commands/key-destruction.ts';
import { ImageStoring } from '../../src/commands/store-image.ts';
import { unequalViews } from '../import/importing.ts';
import { drawn, moving } from '../support/pictures.ts';
import { runColloquy } from '../support/run-colloquy.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

const place = mkdtempSync(join(tmpdir(), 'colloquy-images-'));
const dataDir = join(place, 'data');
let served: RunningForum;

beforeAll(async () => {
  served = await startForum({ env: { DATA_DIR: dataDir } });
});
afterAll(async () => {
  await served.close({ keep: true });
  rmSync(place, { recursive: true, force: true });
});

const meta = (actor: string) => ({
  commandId: newId(),
  actor,
  now: new Date().toISOString(),
  correlationId: newId(),
  causationId: null,
});

/** Its id, when the forum shows it. */
async function stored(bytes: Buffer): Promise<string> {
  const images = served.forum.app.get(ImageStoring, { strict: false });
  const { imageId } = await images.store(
    { imageId: newId(), ownerId: null, address: null, alt: null, bytes },
    meta('system'),
  );
  await shown();
  return imageId;
}

async function shown(): Promise<void> {
  await served.forum.views.reached(await served.forum.log.store.head());
}

async function asked(file: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${served.url}/images/${file}`, { headers });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** Once a checkpoint of events was kept beside that of the empty log. */
async function signed(): Promise<void> {
  const lines = (): number => readFileSync(join(dataDir, 'tree', 'checkpoints'), 'utf8').split('\n').length - 1;
  while (lines() < 2) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Names the files of erased images, too. */
const KEEPS_ALL = { stateOf: async () => 'kept' as const };

/** The sealed files of an image, by their paths in a data directory or backup. */
async function filesOf(imageId: string): Promise<readonly string[]> {
  for await (const { event, names } of storedFiles(served.forum.log.store, KEEPS_ALL)) {
    if (event.stream === `image-${imageId}`) return names.map((name) => join('images', name.slice(0, 2), name));
  }
  return [];
}

/** Of all files. */
function namesIn(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

async function run(args: readonly string[], dir: string) {
  const { status, out, said } = await runColloquy(args, { dataDir: dir });
  return { status, report: out === '' ? null : JSON.parse(out), said };
}

describe('an image of the forum', () => {
  it('is sent in its sizes and formats, for ever the same, and as nothing but an image', async () => {
    const id = await stored(await drawn(700, 350).jpeg().toBuffer());
    const sizes = [];
    for (const name of ['480.jpg', '960.webp', '1600.avif', '1600.jpeg']) {
      const { status, bytes, headers } = await asked(`${id}-${name}`);
      const { width, height } = await sharp(bytes).metadata();
      sizes.push([name, status, headers.get('content-type'), `${width}x${height}`]);
      expect(Number(headers.get('content-length'))).toBe(bytes.byteLength);
    }
    expect(sizes).toEqual([
      ['480.jpg', 200, 'image/jpeg', '480x240'],
      ['960.webp', 200, 'image/webp', '700x350'],
      ['1600.avif', 200, 'image/avif', '700x350'],
      ['1600.jpeg', 200, 'image/jpeg', '700x350'],
    ]);
    const { headers } = await asked(`${id}-480.jpg`);
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    expect(headers.has('set-cookie')).toBe(false);
    const again = await asked(`${id}-480.jpg`, { 'if-none-match': headers.get('etag') ?? '' });
    expect([again.status, again.bytes.byteLength]).toEqual([304, 0]);
    expect(await unequalViews(served)).toEqual([]);
  });

  it('is told to caches as HTTP asks: its head, its tag in every form, and whole to whoever asks for a part', async () => {
    const id = await stored(await drawn(90, 60).jpeg().toBuffer());
    const whole = await asked(`${id}-480.jpg`);
    const ask = (headers: Readonly<Record<string, string>>, method = 'GET') =>
      fetch(`${served.url}/images/${id}-480.jpg`, { method, headers });
    const head = await ask({}, 'HEAD');
    const told = ['content-length', 'content-type', 'cache-control', 'etag'];
    expect(told.map((name) => head.headers.get(name))).toEqual(told.map((name) => whole.headers.get(name)));
    expect([head.status, await head.text()]).toEqual([200, '']);
    const etag = whole.headers.get('etag') ?? '';
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, headers } = await ask({ 'if-none-match': tags });
      expect([tags, status, headers.get('etag')]).toEqual([tags, 304, etag]);
      expect(headers.get('cache-control')).toBe(whole.headers.get('cache-control'));
    }
    const other = await ask({ 'if-none-match': '"other"', range: 'bytes=0-9' });
    expect([other.status, other.headers.get('content-range')]).toEqual([200, null]);
    expect((await other.arrayBuffer()).byteLength).toBe(whole.bytes.byteLength);
  });

  it('moves as WebP, and is not there in a format that cannot', async () => {
    const id = await stored(await moving(3));
    const { bytes } = await asked(`${id}-480.webp`);
    expect((await sharp(bytes).metadata()).pages).toBe(3);
    expect([(await asked(`${id}-480.jpg`)).status, (await asked(`${id}-480.avif`)).status]).toEqual([200, 404]);
  });

  it('is not found under any other name, and nobody keeps that answer', async () => {
    const id = await stored(await drawn(20, 20).png().toBuffer());
    for (const name of [`${id}-481.jpg`, `${id}-480.svg`, `${id}`, `${newId()}-480.jpg`, '..%2fsecrets.json', 'x']) {
      const { status, headers } = await asked(name);
      expect([name, status, headers.get('cache-control')?.includes('immutable') ?? false]).toEqual([name, 404, false]);
    }
  });

  it('is stored once for one id', async () => {
    const images = served.forum.app.get(ImageStoring, { strict: false });
    const image = { imageId: newId(), ownerId: null, address: null, alt: null };
    const first = await images.store({ ...image, bytes: await drawn(30, 30).png().toBuffer() }, meta('system'));
    const files = namesIn(join(dataDir, 'images'));
    const second = await images.store({ ...image, bytes: await drawn(60, 60).png().toBuffer() }, meta('system'));
    expect(second).toEqual(first);
    expect(namesIn(join(dataDir, 'images'))).toEqual(files);
    expect(await images.known(image.imageId)).toEqual(first);
  });

  it('lies sealed, and is gone for good with its key, on the disk too', async () => {
    const id = await stored(await drawn(50, 50).png().toBuffer());
    const [path = ''] = await filesOf(id);
    const etag = (await asked(`${id}-480.jpg`)).headers.get('etag') ?? '';
    await expect(sharp(readFileSync(join(dataDir, path))).metadata()).rejects.toThrow('unsupported image');
    const { store, vault } = served.forum.log;
    const stream = `image-${id}`;
    for await (const { sealed } of store.readStream(stream)) {
      const keyId = vault.keyOf(sealed ?? Buffer.alloc(0)).id;
      await served.forum.app.get(KeyDestruction, { strict: false }).destroy({ keyId, stream }, meta('system'));
    }
    expect((await asked(`${id}-480.jpg`)).status).toBe(404);
    expect((await asked(`${id}-480.jpg`, { 'if-none-match': etag })).status).toBe(404);
    await signed();
    expect((await run(['verify', '--json'], dataDir)).report.faults).toEqual([]);
  }, 30_000);
});

describe('the files of images', () => {
  it('are compared with the log by verify, which names those that are not what it says', async () => {
    const id = await stored(await drawn(50, 50).png().toBuffer());
    const [one = '', other = ''] = await filesOf(id);
    const damaged = join(place, 'damaged');
    cpSync(dataDir, damaged, { recursive: true });
    writeFileSync(join(damaged, one), 'x');
    rmSync(join(damaged, other));
    const { status, report } = await run(['verify', '--json'], damaged);
    expect(status).not.toBe(0);
    expect(report.images.faults).toEqual([
      expect.stringMatching(`^${one} is not what the log says: a file of image-${id} `),
      expect.stringMatching(`^${other} is missing: a file of image-${id} `),
    ]);
  });

  it('are in a backup, and come back from it; one that has lost a file is refused', async () => {
    const id = await stored(await drawn(500, 50).png().toBuffer());
    const [path = ''] = await filesOf(id);
    const [backup, restored] = [join(place, 'backup'), join(place, 'restored')];
    const taken = await run(['backup', backup, '--json'], dataDir);
    expect(taken.report.images).toMatchObject({ files: expect.any(Number), missing: 0 });
    expect((await run(['restore', backup, '--verify-only', '--json'], place)).status).toBe(0);
    expect((await run(['restore', backup, '--json'], restored)).status).toBe(0);
    expect((await run(['verify', '--json'], restored)).report.images).toMatchObject({ faults: [] });
    expect(readFileSync(join(restored, path))).toEqual(readFileSync(join(dataDir, path)));

    writeFileSync(join(backup, path), 'x');
    const lost = `${join(backup, 'images')} is damaged: files of images that are missing or altered: 1`;
    const [checked, refused] = [
      await run(['restore', backup, '--verify-only', '--json'], place),
      await run(['restore', backup, '--json'], join(place, 'refused')),
    ];
    expect([checked.status, refused.status]).not.toContain(0);
    expect([checked.said, refused.said]).toEqual([expect.stringContaining(lost), expect.stringContaining(lost)]);
    expect(readdirSync(join(place, 'refused'))).not.toContain('images');
  });

  it('go along with a copy of the log', async () => {
    const id = await stored(await drawn(40, 40).png().toBuffer());
    const copy = join(place, 'copy');
    const { report } = await run(['log', 'copy', '--from', 'sqlite:', '--to', `sqlite:${copy}`, '--json'], dataDir);
    expect(report.images).toMatchObject({ missing: 0 });
    for (const path of await filesOf(id))
      expect(readFileSync(join(copy, path))).toEqual(readFileSync(join(dataDir, path)));
  });
});
