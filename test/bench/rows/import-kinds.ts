import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import Database from 'better-sqlite3';
import { IMPORT_NAMES, type ImportSourceKind } from '../../../libs/words/index.ts';
import { DISQUS_HEAD, disqusPost, thread } from '../../support/disqus-exports.ts';
import { peakMemory } from '../../support/peak-memory.ts';
import { alternate, seconds } from '../measure.ts';
import { atLeast, type Row } from '../row.ts';
import { sampleComment } from '../sample.ts';
import { inScratch } from './appends.ts';

const MANY = 20_000;
const PAGES = 100;
const GROUP = 256;
const PEAK_EVERY_MS = 50;
const AT = '2021-02-27T09:58:36Z';

type Kind = Exclude<ImportSourceKind, 'wordpress'>;

const page = (id: number): string => `/page-${id % PAGES}/`;
const address = (id: number): string => `https://blog.example${page(id)}`;
/** Two in five answer one of the same page. */
const parentOf = (id: number): number | null => (id > PAGES && id % 5 < 2 ? id - PAGES : null);
const list = function* (comments: number, of: (id: number) => object): Iterable<string> {
  for (let id = 1; id <= comments; id += 1) yield `${id === 1 ? '' : ','}\n${JSON.stringify(of(id))}`;
};

/** What each system writes for so many comments, piece by piece; Isso's database is made by itself. */
const EXPORTS: Readonly<Record<Exclude<Kind, 'isso'>, (comments: number) => Iterable<string>>> = {
  *disqus(comments) {
    yield DISQUS_HEAD;
    for (let id = 0; id < PAGES; id += 1) yield thread(id, { link: address(id) });
    for (let id = 1; id <= comments; id += 1) {
      const parent = parentOf(id);
      const answers = parent === null ? {} : { parent };
      yield disqusPost(id, { thread: id % PAGES, text: `<p>${sampleComment(id)}</p>`, ...answers });
    }
    yield '</disqus>\n';
  },
  *remark42(comments) {
    yield '{"version":1,"users":[],"posts":[]}\n';
    for (let id = 1; id <= comments; id += 1) {
      const locator = { site: 'blog', url: address(id) };
      const pid = parentOf(id) ?? '';
      const user = { name: `Reader ${id}` };
      yield `${JSON.stringify({ id: String(id), pid: String(pid), text: sampleComment(id), user, locator, time: AT })}\n`;
    }
  },
  commento: (comments) => commento(comments, 'domain', 'url'),
  comentario: (comments) => commento(comments, 'host', 'path'),
  *waline(comments) {
    yield '{"type":"waline","version":1,"data":{"Comment":[';
    yield* list(comments, (id) => ({
      objectId: String(id),
      pid: parentOf(id) ?? undefined,
      url: page(id),
      nick: `Reader ${id}`,
      mail: `r${id}@mail.example`,
      comment: sampleComment(id),
      insertedAt: AT,
    }));
    yield ']}}';
  },
  *twikoo(comments) {
    yield '{"code":0,"data":[';
    yield* list(comments, (id) => ({
      _id: String(id),
      pid: parentOf(id) === null ? undefined : String(parentOf(id)),
      url: page(id),
      href: address(id),
      nick: `Reader ${id}`,
      comment: `<p>${sampleComment(id)}</p>`,
      created: 1_711_076_103_322 + id,
    }));
    yield ']}';
  },
  *artalk(comments) {
    yield '[';
    yield* list(comments, (id) => ({
      id: String(id),
      rid: String(parentOf(id) ?? 0),
      content: sampleComment(id),
      page_key: page(id),
      site_name: 'S',
      site_urls: 'https://blog.example',
      nick: `Reader ${id}`,
      created_at: '2021-02-27 09:58:36',
    }));
    yield ']';
  },
  *discourse(comments) {
    yield '{"post_stream":{"posts":[';
    yield* list(comments + 1, (id) => ({
      topic_id: 5,
      post_number: id,
      post_type: 1,
      reply_to_post_number: id > 1 ? parentOf(id) : null,
      username: `reader-${id}`,
      cooked: `<p>${sampleComment(id)}</p>`,
      created_at: AT,
    }));
    yield ']},"id":5,"title":"A topic","slug":"a-topic","tags":[],"created_at":"2021-02-27T09:58:36Z"}';
  },
};

function* commento(comments: number, host: string, path: string): Iterable<string> {
  yield '{"version":1,"comments":[';
  yield* list(comments, (id) => ({
    commentHex: String(id),
    [host]: 'blog.example',
    [path]: page(id),
    commenterHex: `p${id % 1_000}`,
    markdown: sampleComment(id),
    parentHex: String(parentOf(id) ?? 'root'),
    state: 'approved',
    creationDate: AT,
  }));
  yield '],"commenters":[';
  yield* list(1_000, (id) => ({ commenterHex: `p${id - 1}`, name: `Reader ${id}`, email: `r${id}@mail.example` }));
  yield ']}';
}

const KINDS: readonly Kind[] = [
  'disqus',
  'isso',
  'remark42',
  'commento',
  'comentario',
  'waline',
  'twikoo',
  'artalk',
  'discourse',
];

/** `colloquy import SYSTEM` as people run it, its start included; against inserting the same texts. */
export const importKinds: readonly Row[] = KINDS.map((kind) => ({
  name: `import-${kind}`,
  what: `import of ${MANY.toLocaleString('en')} comments on ${PAGES} pages from ${IMPORT_NAMES[kind]}`,
  against: `bare better-sqlite3, FULL, groups of ${GROUP}`,
  unit: 'comments/s',
  bound: atLeast(0.02),
  run: ({ quick, rounds }) =>
    inScratch(async (dir) => {
      const comments = quick ? MANY / 10 : MANY;
      const file = join(dir, 'export');
      if (kind === 'isso') isso(file, comments);
      else await written(file, EXPORTS[kind](comments));
      const peaks: number[] = [];
      const compared = await alternate(
        rounds,
        () => inScratch((dataDir) => imported(kind, { file, dataDir, comments, peaks })),
        () => inScratch(async (scratch) => comments / (await seconds(() => bare(join(scratch, 'rows.db'), comments)))),
      );
      return { ...compared, notes: { comments, peakMiB: Math.max(...peaks) } };
    }),
}));

interface Importing {
  readonly file: string;
  readonly dataDir: string;
  readonly comments: number;
  readonly peaks: number[];
}

/** Comments a second. */
async function imported(kind: Kind, { file, dataDir, comments, peaks }: Importing): Promise<number> {
  const args = ['bin/colloquy.js', 'import', kind, '--json', '--site', 'https://blog.example', file];
  const took = await seconds(async () => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const watch = setInterval(() => peaks.push(Math.round(peakMemory(child.pid ?? 0).mib)), PEAK_EVERY_MS);
    const report: { comments: { imported: number } } = JSON.parse(await text(child.stdout));
    clearInterval(watch);
    if (report.comments.imported !== comments) throw new Error(`${report.comments.imported} of ${comments} came`);
  });
  return comments / took;
}

function bare(file: string, comments: number): void {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE comment (id TEXT PRIMARY KEY, author TEXT, at TEXT, body TEXT, parent TEXT) STRICT');
  const insert = db.prepare('INSERT INTO comment VALUES (?, ?, ?, ?, ?)');
  const group = db.transaction((from: number, to: number) => {
    for (let id = from; id <= to; id += 1)
      insert.run(String(id), `Reader ${id}`, AT, sampleComment(id), String(parentOf(id) ?? ''));
  });
  for (let from = 1; from <= comments; from += GROUP) group(from, Math.min(from + GROUP - 1, comments));
  db.close();
}

function isso(file: string, comments: number): void {
  const db = new Database(file);
  db.exec(`CREATE TABLE threads (id INTEGER PRIMARY KEY, uri TEXT, title TEXT);
    CREATE TABLE comments (tid INTEGER, id INTEGER PRIMARY KEY, parent INTEGER, created REAL, mode INTEGER, text TEXT,
      author TEXT, email TEXT, website TEXT, likes INTEGER, dislikes INTEGER)`);
  const addThread = db.prepare('INSERT INTO threads VALUES (?, ?, ?)');
  const add = db.prepare('INSERT INTO comments VALUES (?, ?, ?, ?, 1, ?, ?, NULL, NULL, 0, 0)');
  db.transaction(() => {
    for (let id = 0; id < PAGES; id += 1) addThread.run(id + 1, page(id), `Page ${id}`);
    for (let id = 1; id <= comments; id += 1)
      add.run(1 + (id % PAGES), id, parentOf(id), 1_420_070_400 + id, sampleComment(id), `Reader ${id}`);
  })();
  db.close();
}

async function written(file: string, parts: Iterable<string>): Promise<void> {
  const out = createWriteStream(file);
  for (const part of parts) if (!out.write(part)) await once(out, 'drain');
  out.end();
  await finished(out);
}
