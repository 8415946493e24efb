import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { renderPost } from '../../libs/markdown/index.ts';
import type { ImportReport } from '../../src/import/recording/report.ts';
import { unlessMissing } from '../support/left-out.ts';
import { startForum } from '../support/running-forum.ts';
import { ImportForum, unequalViews } from './importing.ts';

/** Exports of real blogs are no part of this project; where they are at hand, they are imported. */
const SAMPLES = process.env['WXR_SAMPLES'] ?? new URL('../../../shared/data/wxr/', import.meta.url).pathname;
const samples = unlessMissing(existsSync(SAMPLES) ? null : 'exports of real blogs are not at hand');

/**
 * What the files hold, counted from their text by another program: published posts without a password, and pages that people
 * commented on; all comments
 * under all items, pingbacks and trackbacks under those posts, held comments among the ones brought, levels of the
 * deepest thread, warnings.
 */
const FILES: readonly (readonly [
  file: string,
  posts: number,
  comments: number,
  pings: number,
  held: number,
  levels: number,
  warnings: number,
])[] = [
  ['theme-unit-test.xml', 58, 33, 4, 3, 10, 0],
  ['isso-wordpress-fixture.xml', 3, 8, 0, 0, 3, 5],
  ['blog-fr-alienlebarge.xml', 571, 405, 30, 4, 5, 0],
  ['blog-zh-canghai908.xml', 29, 160, 1, 0, 4, 0],
  ['blog-en-bill.xml', 84, 204, 35, 2, 2, 0],
  ['blog-en-spotthevuln.xml', 199, 172, 100, 3, 2, 0],
  ['blog-en-chrisjrob.xml', 96, 136, 11, 0, 7, 0],
  ['blog-zh-dinohu.xml', 27, 7, 0, 0, 2, 0],
  ['blog-bioops-controlchars.xml', 128, 68, 0, 0, 3, 4],
  ['blog-charleso-unbound-prefix.xml', 20, 33, 0, 0, 1, 1],
  ['blog-en-sud0n1m-wxr10.xml', 21, 53, 6, 0, 1, 0],
  ['blog-en-mariusv-wxr11.xml', 124, 94, 30, 0, 2, 0],
  ['blog-en-sqlrockstar-2025.xml', 22, 19, 5, 0, 2, 0],
  ['blog-en-calcode.xml', 18, 28, 8, 0, 1, 0],
  ['blog-en-bloggure.xml', 64, 73, 3, 0, 5, 0],
  ['wordpress-importer-fixtures/authors-multiline.xml', 1, 0, 0, 0, 0, 1],
  ['wordpress-importer-fixtures/blank-lines.xml', 1, 0, 0, 0, 0, 1],
  ['wordpress-importer-fixtures/chunked-meta.xml', 1, 0, 0, 0, 0, 1],
  ['wordpress-importer-fixtures/crazy-cdata.xml', 1, 0, 0, 0, 0, 3],
  ['wordpress-importer-fixtures/large-authors.xml', 0, 0, 0, 0, 0, 0],
  ['wordpress-importer-fixtures/missing-version-tag.xml', 0, 0, 0, 0, 0, 0],
  ['wordpress-importer-fixtures/namespace-edge-cases.xml', 6, 0, 0, 0, 0, 10],
  ['wordpress-importer-fixtures/slashes.xml', 1, 1, 0, 0, 1, 0],
  ['wordpress-importer-fixtures/term-formats.xml', 0, 0, 0, 0, 0, 0],
  ['wordpress-importer-fixtures/test-serialized-comment-meta.xml', 0, 1, 0, 0, 0, 0],
  ['wordpress-importer-fixtures/test-serialized-postmeta-with-cdata.xml', 0, 0, 0, 0, 0, 0],
  ['wordpress-importer-fixtures/test-utw-post-meta-import.xml', 0, 0, 0, 0, 0, 0],
  ['wordpress-importer-fixtures/valid-wxr-1.1.xml', 1, 1, 0, 0, 1, 0],
  ['wordpress-importer-fixtures/wxr-comprehensive.xml', 1, 1, 0, 0, 1, 0],
  ['wordpress-importer-fixtures/wxr-flat-attachment-different-site.xml', 1, 0, 0, 0, 0, 0],
  ['wordpress-importer-fixtures/wxr-simple.xml', 1, 0, 0, 0, 0, 0],
  ['wordpress-importer-fixtures/wxr-with-sub-data.xml', 1, 1, 0, 0, 1, 2],
];

/** Those that are imported once more when all are there; each is so alone, too. */
const AGAIN = process.env['COLLOQUY_LONG'] === undefined ? FILES.slice(0, 2) : FILES;

samples.describe('exports of real blogs', () => {
  let forum: ImportForum;

  beforeEach(async () => {
    forum = await ImportForum.open();
  });
  afterEach(() => forum.close());

  it.each(FILES)(
    '%s comes whole, and a second time changes nothing',
    async (file, posts, comments, pings, held, levels, warnings) => {
      const report = await forum.import(SAMPLES + file);
      const deepest = Math.max(-1, ...[...(await forum.comments()).values()].map(({ depth }) => depth));
      expect({
        posts: report.posts.imported,
        comments: allComments(report),
        pings: report.pingbacks,
        held: report.comments.held,
        levels: deepest + 1,
        warnings: report.warningCount,
        error: report.error,
      }).toEqual({ posts, comments, pings, held, levels, warnings, error: null });

      const head = await forum.head();
      const again = await forum.import(SAMPLES + file);
      expect(await forum.head()).toBe(head);
      expect({ posts: again.posts.unchanged, comments: again.comments.unchanged }).toEqual({
        posts,
        comments: report.comments.imported,
      });
    },
    60_000,
  );

  it('all of them go into one forum, and again, whose views equal their rebuild, and show no image of another site', async () => {
    let missing = 0;
    for (const [file] of FILES) {
      const { images } = await forum.import(SAMPLES + file);
      missing += Object.values(images.missing).reduce((sum, count) => sum + count, 0);
    }
    expect(missing).toBeGreaterThan(500);
    const bodies = [...(await forum.posts()).values()].map(({ body }) => renderPost(String(body)));
    expect(bodies.filter((html) => /<img|image\.invalid/.test(html))).toEqual([]);
    const head = await forum.head();
    for (const [file] of AGAIN) await forum.import(SAMPLES + file);
    expect(await forum.head()).toBe(head);
    const served = await startForum({ env: { DATA_DIR: forum.dataDir } });
    try {
      expect(await unequalViews(served)).toEqual([]);
    } finally {
      await served.close();
    }
  }, 120_000);

  it('a file whose <rss> holds no <channel> is refused with its place, and nothing is recorded', async () => {
    const report = await forum.import(`${SAMPLES}wordpress-importer-fixtures/malformed.xml`);
    expect(report.error).toEqual({ message: expect.stringContaining('<notachanneltag>'), line: 27, column: 1 });
    expect(await forum.head()).toBe(0n);
  });

  it('values that another program padded with newlines arrive trimmed', async () => {
    await forum.import(`${SAMPLES}blog-en-sqlrockstar-2025.xml`);
    const posts = [...(await forum.posts()).values()];
    expect(posts.find(({ title }) => title === "Why AWS and Azure Benchmarks Don't Matter to Me")).toMatchObject({
      byline: 'Thomas LaRock',
      publishAt: '2020-02-01T17:06:23.000Z',
    });
  });

  it('a CDATA section that holds its own end is read as it was meant', async () => {
    await forum.import(`${SAMPLES}wordpress-importer-fixtures/crazy-cdata.xml`);
    expect([...(await forum.posts()).values()][0]).toMatchObject({
      body: 'Content with nested \\<!\\[CDATA\\[ tags \\]\\]> :)',
    });
  });
});

function allComments({ comments, pingbacks }: ImportReport): number {
  return comments.imported + pingbacks + Object.values(comments.skipped).reduce((sum, count) => sum + count, 0);
}
