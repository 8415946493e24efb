import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import Database from 'better-sqlite3';
import { SaxesParser } from 'saxes';
import { peakMemory } from '../../support/peak-memory.ts';
import { alternate, seconds } from '../measure.ts';
import { atLeast, type Row } from '../row.ts';
import { sampleComment } from '../sample.ts';
import { inScratch } from './appends.ts';

const MANY = 200_000;
/** Comments under one post: most blogs have few, so that the first post has more than a third of all. */
const FIRST_POST = 0.35;
const A_POST = 200;
const GROUP = 256;
const PEAK_EVERY_MS = 50;

/** `colloquy import wordpress` as people run it; against parsing the file and inserting what its comments say. */
export const importing: Row = {
  name: 'import',
  what: `import of ${MANY.toLocaleString('en')} comments from WordPress, 70,000 of them under one post`,
  against: `bare saxes and better-sqlite3, FULL, groups of ${GROUP}`,
  unit: 'comments/s',
  bound: atLeast(0.1),
  run: (options) =>
    inScratch(async (dir) => {
      const comments = options.quick ? MANY / 20 : MANY;
      const file = join(dir, 'export.xml');
      await writeExport(file, comments);
      const peaks: number[] = [];
      const compared = await alternate(
        options.rounds,
        () =>
          inScratch(async (dataDir) => {
            const { rate, peakMiB } = await ours(file, dataDir, comments);
            peaks.push(peakMiB);
            return rate;
          }),
        () => inScratch(async (scratch) => comments / (await seconds(() => bare(file, join(scratch, 'rows.db'))))),
      );
      return { ...compared, notes: { comments, peakMiB: Math.max(...peaks) } };
    }),
};

async function ours(file: string, dataDir: string, comments: number): Promise<{ rate: number; peakMiB: number }> {
  const env = { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'production' };
  let peakMiB = 0;
  const took = await seconds(async () => {
    const child = spawn(process.execPath, ['bin/colloquy.js', 'import', 'wordpress', '--json', file], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const watch = setInterval(() => {
      peakMiB = Math.max(peakMiB, peakMemory(child.pid ?? 0).mib);
    }, PEAK_EVERY_MS);
    const report: { comments: { imported: number } } = JSON.parse(await text(child.stdout));
    clearInterval(watch);
    if (report.comments.imported !== comments) throw new Error(`${report.comments.imported} of ${comments} came`);
  });
  return { rate: comments / took, peakMiB: Math.round(peakMiB) };
}

async function bare(file: string, to: string): Promise<void> {
  const db = new Database(to);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE comment (id TEXT PRIMARY KEY, author TEXT, at TEXT, body TEXT, parent TEXT) STRICT');
  const insert = db.prepare('INSERT INTO comment VALUES (?, ?, ?, ?, ?)');
  const group = db.transaction((rows: readonly string[][]) => {
    for (const row of rows) insert.run(...row);
  });
  let rows: string[][] = [];
  let value = '';
  let fields: Record<string, string> = {};
  const parser = new SaxesParser();
  parser.on('opentag', () => {
    value = '';
  });
  parser.on('text', (part) => {
    value += part;
  });
  parser.on('cdata', (part) => {
    value += part;
  });
  parser.on('closetag', ({ name }) => {
    fields[name] = value;
    if (name !== 'wp:comment') return;
    rows.push(['id', 'author', 'date_gmt', 'content', 'parent'].map((each) => fields[`wp:comment_${each}`] ?? ''));
    fields = {};
    if (rows.length < GROUP) return;
    group(rows);
    rows = [];
  });
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 256 * 1024 }))
    parser.write(chunk);
  group(rows);
  db.close();
}

async function writeExport(file: string, comments: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(
    '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://large.example</link>\n',
  );
  let next = 1;
  for (let post = 1; next <= comments; post += 1) {
    const first = next;
    const last = Math.min(comments, next + (post === 1 ? Math.round(comments * FIRST_POST) : A_POST) - 1);
    out.write(
      `<item><title>Post ${post}</title><content:encoded>Text</content:encoded><wp:post_id>${post}</wp:post_id><wp:post_date_gmt>2015-10-05 08:00:00</wp:post_date_gmt>`,
    );
    for (; next <= last; next += 1) if (!out.write(comment(next, first))) await once(out, 'drain');
    out.write('</item>\n');
  }
  out.end('</channel></rss>');
  await finished(out);
}

/** Two in five answer an earlier one; a third is marked up, as comments in WordPress are. */
function comment(id: number, first: number): string {
  const parent = id > first && id % 5 < 2 ? first + ((id * 31) % (id - first)) : 0;
  const words = sampleComment(id);
  const content = id % 3 === 0 ? `<strong>Yes:</strong> ${words}` : words;
  return `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>Reader ${id % 5_000}</wp:comment_author><wp:comment_author_email>r${id % 5_000}@mail.example</wp:comment_author_email><wp:comment_date_gmt>2015-10-06 09:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[${content}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>\n`;
}
