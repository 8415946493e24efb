import { rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { FoundText, Page } from '../../../libs/client/index.ts';
import { newAccount, newPost } from '../../support/forum-account.ts';
import { newDataDir, type ServedForum } from '../../support/served-forum.ts';
import { median, quantile, seconds } from '../measure.ts';
import { serveMeasured } from '../measured-forum.ts';
import { writeTexts } from '../raw-people.ts';
import { atMost, type Row } from '../row.ts';
import { textOf, wishOf } from '../search-texts.ts';
import { againstAsked } from '../told-forum.ts';

const COMMENTS = 1_000_000;
const CONNECTIONS = 16;
const SEARCHES = 4_000;
/** Until V8 has compiled what they take. */
const FIRST_SEARCHES = 200;
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
      const forum = await serveMeasured({ dataDir });
      try {
        while (!(await isBuilt(forum))) await pause(LOOK_EVERY_MS);
        const asking = new Asking(forum, posts);
        // The thread that searches begins with the first search.
        await asking.all(FIRST_SEARCHES);
        const middles: number[] = [];
        const measured = await againstAsked(options, WITHIN_MS, async () => {
          const took = await asking.all(options.quick ? SEARCHES / 10 : SEARCHES);
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
  const forum = await serveMeasured({ dataDir });
  const admin = await newAccount(forum.address, 'bench-admin');
  const posts: string[] = [];
  for (let n = 1; n <= POSTS; n += 1) posts.push(await newPost(forum.address, admin, `Discussed ${n}`));
  await forum.end();
  return posts;
}

/** Asks for what nobody has asked for before, since answers are kept. */
class Asking {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  readonly #forum: ServedForum;
  readonly #posts: readonly string[];
  #next = 0;

  constructor(forum: ServedForum, posts: readonly string[]) {
    this.#forum = forum;
    this.#posts = posts;
  }

  /** Milliseconds that each took. */
  async all(searches: number): Promise<readonly number[]> {
    const took: number[] = [];
    const end = this.#next + searches;
    const ask = async (): Promise<void> => {
      while (this.#next < end) {
        const query = new URLSearchParams({ ...wishOf(this.#next++, this.#posts) });
        took.push(1_000 * (await seconds(async () => requirePage(await this.#answer(`/api/v1/search?${query}`)))));
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, ask));
    return took;
  }

  #answer(path: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const asked = get(`${this.#forum.address}${path}`, { agent: this.#agent }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`a search was answered ${answer.statusCode}`));
        text(answer).then(resolve, reject);
      });
      asked.on('error', reject);
    });
  }
}

function requirePage(json: string): void {
  const page: Partial<Page<FoundText>> = JSON.parse(json);
  if (!Array.isArray(page.items)) throw new Error('a search was not answered with a page');
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
