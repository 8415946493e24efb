import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { FoundText, Page } from '../../../libs/client/index.ts';
import { newAccount, newPost } from '../../support/forum-account.ts';
import { MEASURED_SETTINGS, newDataDir, type ServedForum, serveForum } from '../../support/served-forum.ts';
import { median, quantile, seconds } from '../measure.ts';
import { writeTexts } from '../raw-people.ts';
import { atMost, type Row } from '../row.ts';
import { textOf, wishOf } from '../search-texts.ts';
import { againstAsked } from '../told-forum.ts';

const COMMENTS = 1_000_000;
const CONNECTIONS = 16;
const SEARCHES = 4_000;
/** What is asked of 99 of 100 searches, in milliseconds. */
const WITHIN_MS = 50;

export const search: Row = {
  name: 'search',
  what: `a search in ${COMMENTS.toLocaleString('en')} comments at ${CONNECTIONS} connections, 99 of 100: common and rare words of six scripts, several, phrases, beginnings, what is left out, filters, both orders`,
  against: 'what is asked',
  unit: 'ms',
  bound: atMost(1),
  run: async (options) => {
    const count = options.quick ? 20_000 : COMMENTS;
    const dataDir = newDataDir();
    try {
      const posts = await beginForum(dataDir);
      await writeTexts(dataDir, { count, posts, textOf });
      // Views that are built from the start are built in the fast way.
      rmSync(join(dataDir, 'views'), { recursive: true });
      const forum = await serveForum({ dataDir, env: MEASURED_SETTINGS });
      try {
        while (!(await isBuilt(forum))) await pause(LOOK_EVERY_MS);
        // The thread that searches begins with the first search.
        await askAll(forum, posts, 200);
        const middles: number[] = [];
        const measured = await againstAsked(options, WITHIN_MS, async () => {
          const took = await askAll(forum, posts, options.quick ? SEARCHES / 10 : SEARCHES);
          middles.push(median(took));
          return quantile(took, 0.99);
        });
        const bare = bareFts5(count, options.quick ? SEARCHES / 40 : SEARCHES / 10);
        const notes = {
          comments: count,
          median: median(middles).toFixed(2),
          bareFts5OneAfterAnotherP99: bare.toFixed(2),
        };
        return { ...measured, notes };
      } finally {
        await forum.end();
      }
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

/** How often the server is asked whether it has built its views, which takes minutes. */
const LOOK_EVERY_MS = 500;
/** A forum is ready before its search is. */
async function isBuilt({ address }: ServedForum): Promise<boolean> {
  const answer = await fetch(`${address}/health/ready`);
  return answer.ok && !(await answer.text()).includes('"state":"building"');
}

/** The discussions that the comments are in. */
const POSTS = 20;

async function beginForum(dataDir: string): Promise<readonly string[]> {
  const forum = await serveForum({ dataDir, env: MEASURED_SETTINGS });
  const admin = await newAccount(forum.address, 'bench-admin');
  const posts: string[] = [];
  for (let n = 1; n <= POSTS; n += 1) posts.push(await newPost(forum.address, admin, `Discussed ${n}`));
  await forum.end();
  return posts;
}

async function askAll(forum: ServedForum, posts: readonly string[], searches: number): Promise<readonly number[]> {
  const took: number[] = [];
  let next = 0;
  const ask = async (): Promise<void> => {
    for (let at = next++; at < searches; at = next++) {
      const query = new URLSearchParams({ ...wishOf(at, posts) });
      took.push(
        1_000 * (await seconds(async () => requirePage(await fetch(`${forum.address}/api/v1/search?${query}`)))),
      );
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, ask));
  return took;
}

async function requirePage(answer: Response): Promise<void> {
  const page: Partial<Page<FoundText>> = await answer.json();
  if (!answer.ok || !Array.isArray(page.items)) throw new Error(`a search was answered ${answer.status}`);
}

/** SQLite's own words and order over the same texts, without a forum, 99 of 100. */
function bareFts5(count: number, searches: number): number {
  const db = new Database(':memory:');
  db.exec("CREATE VIRTUAL TABLE entry USING fts5(words, content = '')");
  const add = db.prepare('INSERT INTO entry (rowid, words) VALUES (?, ?)');
  db.transaction(() => {
    for (let at = 0; at < count; at += 1) add.run(BigInt(at), textOf(at));
  })();
  const find = db.prepare('SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT 20');
  const took: number[] = [];
  for (let at = 0; at < searches; at += 1) {
    const { q } = wishOf(at, ['']);
    const started = performance.now();
    find.all(q.replaceAll(/(?<=\s)-/g, 'NOT '));
    took.push(performance.now() - started);
  }
  db.close();
  return quantile(took, 0.99);
}
