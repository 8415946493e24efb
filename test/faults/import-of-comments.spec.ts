import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ImportReport } from '../../src/import/recording/report.ts';
import { DISQUS_HEAD, disqusPost, thread } from '../support/disqus-exports.ts';
import { peakMemory } from '../support/peak-memory.ts';

const LONG = process.env['COLLOQUY_LONG'] !== undefined;
const COLLOQUY = resolve(import.meta.dirname, '../../bin/colloquy.js');
/** What an import's process may take, whatever the file. */
const MOST_MIB = 300;
const THREADS = LONG ? 1_000_000 : 100_000;
const COMMENTS = LONG ? 50_000 : 5_000;
const LOOK_EVERY_MS = 20;

async function write(file: string, parts: Iterable<string>): Promise<void> {
  const out = createWriteStream(file);
  out.write(DISQUS_HEAD);
  for (const part of parts) if (!out.write(part)) await once(out, 'drain');
  out.end('</disqus>\n');
  await finished(out);
}

function* emptyThreads(count: number): Iterable<string> {
  for (let id = 1; id <= count; id += 1) yield thread(id);
  yield disqusPost(1, { thread: 7 });
}

/** Of a hundred pages, two of five answers. */
function* discussed(count: number): Iterable<string> {
  for (let id = 1; id <= 100; id += 1) yield thread(id);
  for (let id = 1; id <= count; id += 1) {
    const under = 1 + (id % 100);
    yield disqusPost(id, { thread: under, ...(id > 100 && id % 5 < 2 ? { parent: id - 100 } : {}) });
  }
}

function started(file: string, dataDir: string) {
  return spawn(process.execPath, [COLLOQUY, 'import', 'disqus', '--json', file], {
    env: { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'production', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function done(file: string, dataDir: string): Promise<{ readonly report: ImportReport; readonly mib: number }> {
  const child = started(file, dataDir);
  let mib = 0;
  const watch = setInterval(() => {
    mib = Math.max(mib, peakMemory(child.pid ?? 0).mib);
  }, LOOK_EVERY_MS);
  child.stderr.resume();
  const [told] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  clearInterval(watch);
  return { report: JSON.parse(told), mib };
}

const here = existsSync('/proc/self/status') ? describe : describe.skip;

here('an import of comments', () => {
  let dir: string;

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'import-comments-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test(
    `takes bounded memory, given ${THREADS} threads without comments`,
    async () => {
      const file = join(dir, 'empty.xml');
      await write(file, emptyThreads(THREADS));
      const { report, mib } = await done(file, join(dir, 'empty'));
      expect([report.posts.imported, report.posts.skipped, report.comments.imported]).toEqual([
        1,
        { 'page without comments': THREADS - 1 },
        1,
      ]);
      expect(mib).toBeGreaterThan(50);
      expect(mib).toBeLessThan(MOST_MIB);
    },
    LONG ? 600_000 : 240_000,
  );

  test(
    'that is killed goes on where it was, and has all of it once',
    async () => {
      const [file, dataDir] = [join(dir, 'many.xml'), join(dir, 'killed')];
      await write(file, discussed(COMMENTS));
      const child = started(file, dataDir);
      child.stdout.resume();
      await new Promise<void>((resolveAt) => {
        child.stderr.on('data', (line: Buffer) => {
          const [, comments = '0'] = /, (\d+) comments/.exec(String(line)) ?? [];
          if (Number(comments) > 0) resolveAt();
        });
        child.once('exit', () => resolveAt());
      });
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      const { report } = await done(file, dataDir);
      const { imported, unchanged } = report.comments;
      expect([imported + unchanged, report.error]).toEqual([COMMENTS, null]);
      expect((await done(file, dataDir)).report.comments).toMatchObject({ imported: 0, unchanged: COMMENTS });
    },
    LONG ? 600_000 : 240_000,
  );
});
