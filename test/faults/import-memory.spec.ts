import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import type { ImportReport } from '../../src/import/recording/report.ts';
import { attachment, comment, END, post, writeExport } from '../support/made-exports.ts';
import { peakMemory } from '../support/peak-memory.ts';
import { noise } from '../support/pictures.ts';

const LONG = process.env['COLLOQUY_LONG'] !== undefined;
const COLLOQUY = resolve(import.meta.dirname, '../../bin/colloquy.js');
/** What an import's processes may take together, whatever the file; one that does nothing takes 135. */
const MOST_MIB = 300;
const LOOK_EVERY_MS = 20;

function* numbers(count: number): Iterable<number> {
  for (let number = 1; number <= count; number += 1) yield number;
}

function* onePost(count: number, made: (id: number) => string): Iterable<string> {
  yield post(1);
  for (const id of numbers(count)) yield made(id);
  yield END;
}

interface Case {
  readonly what: string;
  readonly parts: () => Iterable<string>;
  readonly due: { readonly posts: number; readonly comments: number };
  readonly long?: true;
}

const MARKED_UP = '<p>A word that is <b>bold</b> and one<br>below.</p>\n';
const LINES = 'Words that go on and on.\n';

const CASES: readonly Case[] = [
  {
    what: 'a comment of 30 MB with markup, and an answer to it',
    parts: () => [post(1), comment(1, { text: MARKED_UP.repeat(600_000) }), comment(2, { answers: 1 }), END],
    due: { posts: 1, comments: 2 },
  },
  {
    what: 'a comment of 30 MB without markup',
    parts: () => [post(1), comment(1, { text: LINES.repeat(1_200_000) }), END],
    due: { posts: 1, comments: 1 },
  },
  {
    what: 'a post of 50 MB, and another one behind it',
    parts: () => [post(1, MARKED_UP.repeat(1_000_000)), comment(1), END, post(2), comment(2), END],
    due: { posts: 2, comments: 2 },
  },
  {
    what: '300,000 files of a thousand posts',
    parts: function* () {
      yield post(1) + END;
      for (const id of numbers(300_000)) yield attachment(id + 1, 1 + (id % 1_000));
    },
    due: { posts: 1, comments: 0 },
    long: true,
  },
  {
    what: '200,000 posts without comments',
    parts: function* () {
      for (const id of numbers(200_000)) yield post(id) + END;
    },
    due: { posts: 200_000, comments: 0 },
    long: true,
  },
  {
    what: '200,000 posts with a comment each',
    parts: function* () {
      for (const id of numbers(200_000)) yield post(id) + comment(id, { by: id % 5_000 }) + END;
    },
    due: { posts: 200_000, comments: 200_000 },
    long: true,
  },
  {
    what: 'a million comments under one post, two of five answers',
    parts: () =>
      onePost(1_000_000, (id) =>
        comment(id, { by: id % 5_000, answers: id > 9 && id % 5 < 2 ? ((id * 31) % (id - 1)) + 1 : 0 }),
      ),
    due: { posts: 1, comments: 1_000_000 },
    long: true,
  },
  {
    what: '20,000 comments, each an answer to the one before',
    parts: () => onePost(20_000, (id) => comment(id, { answers: id - 1 })),
    due: { posts: 1, comments: 20_000 },
    long: true,
  },
  {
    what: '200,000 comments of one author under one post',
    parts: () => onePost(200_000, (id) => comment(id, { by: 7 })),
    due: { posts: 1, comments: 200_000 },
    long: true,
  },
  {
    what: '200,000 comments of as many authors under one post',
    parts: () => onePost(200_000, (id) => comment(id, { answers: id > 9 && id % 3 > 0 ? id - 9 : 0 })),
    due: { posts: 1, comments: 200_000 },
    long: true,
  },
];

interface Imported {
  readonly report: ImportReport;
  /** Of all its processes together. */
  readonly mostMiB: number;
  readonly mostProcesses: number;
}

/** As people run it. */
async function importing(file: string, dataDir: string, words: readonly string[] = []): Promise<Imported> {
  const child = spawn(process.execPath, [COLLOQUY, 'import', 'wordpress', '--json', ...words, file], {
    env: { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'production', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let [mostMiB, mostProcesses] = [0, 0];
  const watch = setInterval(() => {
    const { mib, processes } = peakMemory(child.pid ?? 0);
    mostMiB = Math.max(mostMiB, mib);
    mostProcesses = Math.max(mostProcesses, processes);
  }, LOOK_EVERY_MS);
  const [told] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  clearInterval(watch);
  return { report: JSON.parse(told), mostMiB, mostProcesses };
}

/** One of each way to hold its pixels: by rows, whole and turned, and in each other format. */
const QUICK_PHOTOS: ReadonlySet<string> = new Set(['plain.jpg', 'turned-progressive.jpg', 'drawn.png', 'small.webp']);

/** Twelve megapixels in each of the ways that cameras and programs write them, as a blog's uploads. */
async function writePhotos(dir: string): Promise<readonly string[]> {
  const size = { width: 4_000, height: 3_000, channels: 3 } as const;
  const across = sharp(await noise(4_000, 3_000).blur(1.2).raw().toBuffer(), { raw: size });
  const photos: Readonly<Record<string, Sharp>> = {
    'plain.jpg': across.clone().jpeg(),
    'progressive.jpg': across.clone().jpeg({ progressive: true }),
    'turned.jpg': across.clone().withMetadata({ orientation: 6 }).jpeg(),
    'turned-progressive.jpg': across.clone().withMetadata({ orientation: 6 }).jpeg({ progressive: true }),
    'drawn.png': noise(4_000, 3_000).blur(20).png({ compressionLevel: 6 }),
    'small.webp': across.clone().webp({ effort: 0 }),
  };
  mkdirSync(dir);
  const taken = Object.entries(photos).filter(([name]) => LONG || QUICK_PHOTOS.has(name));
  for (const [name, photo] of taken) writeFileSync(join(dir, name), await photo.toBuffer());
  return taken.map(([name]) => name);
}

const COMMENTS_BESIDE_A_PHOTO = LONG ? 2_000 : 500;

function* postsWithPhotos(names: readonly string[]): Iterable<string> {
  for (const [at, name] of names.entries()) {
    yield post(at + 1, `<img src="https://large.example/wp-content/uploads/${name}" alt="A">`);
    for (const id of numbers(COMMENTS_BESIDE_A_PHOTO)) yield comment(at * COMMENTS_BESIDE_A_PHOTO + id);
    yield END;
  }
}

const here = existsSync('/proc/self/status') ? describe : describe.skip;

here('the memory of an import', () => {
  let dir: string;

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'import-memory-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const due = CASES.filter(({ long }) => LONG || long !== true);

  test.each(due)(
    'has a bound, given $what',
    async ({ parts, due: { posts, comments } }) => {
      const file = join(dir, 'export.xml');
      await writeExport(file, parts());
      const dataDir = mkdtempSync(join(dir, 'forum-'));
      const { report, mostMiB, mostProcesses } = await importing(file, dataDir);
      expect([report.posts.imported, report.comments.imported, report.error]).toEqual([posts, comments, null]);
      expect(mostProcesses).toBe(1);
      expect(mostMiB).toBeGreaterThan(50);
      expect(mostMiB).toBeLessThan(MOST_MIB);
      rmSync(dataDir, { recursive: true, force: true });
    },
    LONG ? 1_800_000 : 240_000,
  );

  test('has a bound, given photographs of twelve megapixels among comments', async () => {
    const [file, media] = [join(dir, 'photos.xml'), join(dir, 'uploads')];
    const names = await writePhotos(media);
    await writeExport(file, postsWithPhotos(names));
    const { report, mostMiB, mostProcesses } = await importing(file, mkdtempSync(join(dir, 'forum-')), [
      '--media',
      media,
    ]);
    expect([report.images.stored, report.error, mostProcesses]).toEqual([names.length, null, 1]);
    expect(report.comments.imported).toBe(names.length * COMMENTS_BESIDE_A_PHOTO);
    expect(mostMiB).toBeLessThan(MOST_MIB);
  }, 900_000);
});
