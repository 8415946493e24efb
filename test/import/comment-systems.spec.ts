import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { ImportOptions } from '../../src/import/recording/import-file.ts';
import type { ImportReport } from '../../src/import/recording/report.ts';
import { unlessMissing } from '../support/left-out.ts';
import { ImportForum } from './importing.ts';

/** Exports of real sites are no part of this project; where they are at hand, they are imported. */
const SAMPLES = process.env['COMMENT_SAMPLES'] ?? new URL('../../../shared/data/', import.meta.url).pathname;
const samples = unlessMissing(existsSync(SAMPLES) ? null : 'exports of real sites are not at hand');

interface Sample {
  readonly file: string;
  readonly source: ImportOptions['source'];
  readonly how?: Pick<ImportOptions, 'local' | 'sites'>;
  /** Counted from the files by another program; answers are those of comments that come, and levels those of the deepest. */
  readonly due: {
    readonly pages: number;
    readonly comments: number;
    readonly held?: number;
    readonly answers: number;
    readonly levels: number;
    readonly skipped?: Readonly<Record<string, number>>;
  };
}

const LOCAL = { local: true };
const at = (url: string) => ({ sites: { '': url } });
const ARTALK = { sites: { 'Site A': 'https://a.example', 'Site B': 'https://b.example' } };
const NOT_PUBLIC = 'on a page on a machine or network that readers do not reach (bring them with --local)';

const FILES: readonly Sample[] = [
  {
    file: 'disqus/disqus-en-chrisrisner.xml',
    source: 'disqus',
    how: LOCAL,
    due: { pages: 161, comments: 1_094, answers: 471, levels: 8, skipped: { deleted: 9, spam: 63 } },
  },
  {
    file: 'disqus/disqus-en-chrisrisner.xml',
    source: 'disqus',
    due: { pages: 158, comments: 1_086, answers: 471, levels: 8, skipped: { deleted: 9, spam: 63, [NOT_PUBLIC]: 8 } },
  },
  {
    file: 'disqus/disqus-zh-laisky.xml',
    source: 'disqus',
    how: LOCAL,
    due: { pages: 59, comments: 204, answers: 115, levels: 8, skipped: { deleted: 4, spam: 1 } },
  },
  {
    file: 'disqus/fixture-isso.xml',
    source: 'disqus',
    how: LOCAL,
    due: {
      pages: 2,
      comments: 4,
      answers: 2,
      levels: 2,
      skipped: { deleted: 1, 'on a page that the file does not tell': 1 },
    },
  },
  {
    file: 'disqus/fixture-remark42-disqus.xml',
    source: 'disqus',
    due: { pages: 2, comments: 5, answers: 0, levels: 1, skipped: { spam: 1 } },
  },
  {
    file: 'disqus/fixture-comentario-disqus-ok-single.xml',
    source: 'disqus',
    due: { pages: 1, comments: 1, answers: 0, levels: 1 },
  },
  {
    file: 'disqus/disqus-custom-import-duoshuo.xml',
    source: 'disqus',
    due: { pages: 16, comments: 134, answers: 76, levels: 6 },
  },
  {
    file: 'other-imports/isso-from-laisky.db',
    source: 'isso',
    how: at('https://blog.laisky.com'),
    due: { pages: 58, comments: 205, answers: 116, levels: 2, skipped: { deleted: 1 } },
  },
  {
    file: 'other-imports/remark42-backup-from-chrisrisner.ndjson',
    source: 'remark42',
    how: LOCAL,
    due: { pages: 161, comments: 1_094, answers: 471, levels: 8 },
  },
  {
    file: 'other-imports/commento-remark42-fixture.json',
    source: 'commento',
    due: { pages: 2, comments: 3, answers: 1, levels: 2 },
  },
  {
    file: 'other-imports/comentario-ok-single-v1.json',
    source: 'comentario',
    due: { pages: 1, comments: 1, answers: 0, levels: 1 },
  },
  {
    file: 'other-imports/waline-export-zh.json',
    source: 'waline',
    how: at('https://blog.example'),
    due: { pages: 25, comments: 223, answers: 118, levels: 9 },
  },
  {
    file: 'other-imports/twikoo-export-zh-junepj.json',
    source: 'twikoo',
    due: { pages: 40, comments: 439, answers: 285, levels: 14, skipped: { spam: 8 } },
  },
  {
    file: 'other-imports/artalk-atk_comments.yml',
    source: 'artalk',
    how: ARTALK,
    due: { pages: 3, comments: 59, held: 1, answers: 5, levels: 4 },
  },
  {
    file: 'other-imports/discourse-random-projects-shots.2431.json',
    source: 'discourse',
    due: { pages: 1, comments: 434, held: 2, answers: 213, levels: 8, skipped: { 'a note about the topic': 2 } },
  },
  {
    file: 'other-imports/discourse-dishonourable-discharge-a-zombie-horror-survival-adventure.4892.json',
    source: 'discourse',
    due: { pages: 1, comments: 174, answers: 81, levels: 13 },
  },
];

/** Without its time; discussions are recorded side by side, so that their lines mix. */
function inAnyOrder(report: ImportReport): object {
  const { seconds: _, missingImages, warnings, ...rest } = report;
  const sorted = (lines: readonly object[]) => lines.map((line) => JSON.stringify(line)).sort();
  return { ...rest, missingImages: sorted(missingImages), warnings: sorted(warnings) };
}

samples.describe('exports of real comments', () => {
  let forum: ImportForum;

  beforeEach(async () => {
    forum = await ImportForum.open();
  });
  afterEach(() => forum.close());

  it.each(FILES.map((each) => [each.file, each] as const))(
    '%s comes whole, as a dry run tells before, and a second time changes nothing',
    async (file, { source, how = {}, due }) => {
      const options = { ...how, source };
      const dry = await forum.import(SAMPLES + file, { ...options, dryRun: true });
      expect(await forum.head()).toBe(0n);
      const report = await forum.import(SAMPLES + file, options);
      expect(inAnyOrder({ ...dry, dryRun: false })).toEqual(inAnyOrder(report));
      const depths = [...(await forum.comments()).values()].map(({ depth }) => depth);
      expect({
        pages: report.posts.imported,
        comments: report.comments.imported,
        held: report.comments.held,
        answers: depths.filter((depth) => depth > 0).length,
        levels: Math.max(...depths) + 1,
        skipped: report.comments.skipped,
        error: report.error,
      }).toEqual({ held: 0, skipped: {}, ...due, error: null });
      const head = await forum.head();
      const again = await forum.import(SAMPLES + file, options);
      expect([await forum.head(), again.comments.unchanged]).toEqual([head, due.comments]);
    },
    60_000,
  );
});
