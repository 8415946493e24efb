import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { FoundText, Page } from '../../../libs/client/index.ts';
import { newAccount, newPost } from '../../support/forum-account.ts';
import { MEASURED_SETTINGS, newDataDir, type ServedForum, serveForum } from '../../support/served-forum.ts';
import { median, quantile, seconds } from '../measure.ts';
import { writeTexts } from '../raw-people.ts';
import { atMost, type Row } from '../row.ts';
import { againstAsked } from '../told-forum.ts';

const COMMENTS = 1_000_000;
const CONNECTIONS = 16;
const SEARCHES = 4_000;
/** What is asked of 99 of 100 searches, in milliseconds. */
const WITHIN_MS = 50;

export const search: Row = {
  name: 'search',
  what: `a search in ${COMMENTS.toLocaleString('en')} comments at ${CONNECTIONS} connections, 99 of 100: common and rare words, several, phrases, beginnings, parts of Thai`,
  against: 'what is asked',
  unit: 'ms',
  bound: atMost(1),
  run: async (options) => {
    const count = options.quick ? 20_000 : COMMENTS;
    const dataDir = newDataDir();
    try {
      const postId = await beginForum(dataDir);
      await writeTexts(dataDir, { count, postId, textOf });
      const forum = await serveForum({ dataDir, env: MEASURED_SETTINGS });
      try {
        // The thread that searches begins with the first search.
        await askAll(forum, 200);
        const middles: number[] = [];
        const measured = await againstAsked(options, WITHIN_MS, async () => {
          const took = await askAll(forum, options.quick ? SEARCHES / 10 : SEARCHES);
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

async function beginForum(dataDir: string): Promise<string> {
  const forum = await serveForum({ dataDir, env: MEASURED_SETTINGS });
  const postId = await newPost(forum.address, await newAccount(forum.address, 'bench-admin'), 'Discussed');
  await forum.end();
  return postId;
}

/** Words as often as in a language: the n-th most frequent stands for one of n. */
const VOCABULARY = 50_000;
const THAI = ['เราไปเที่ยวทะเล', 'ที่พักพิงของนก', 'ชาเขียวใส่น้ำผึ้ง', 'แม่น้ำโขงกว้าง', 'กินข้าวหรือยัง', 'ราคาถูกมาก'];
const LETTERS = 'etaoinshrdlucmfwypvbgk';

/** The same for the same number, between 0 and 1. */
function chance(number: number): number {
  const x = Math.sin(number * 12.9898) * 43_758.5453;
  return x - Math.floor(x);
}

function word(rank: number): string {
  let text = '';
  for (let left = rank + 3; left > 0; left = Math.floor(left / LETTERS.length)) text += LETTERS[left % LETTERS.length];
  return `${text}o${text.length}`.replace(/\d/, (n) => 'abcde'[Number(n)] ?? 'z');
}

function wordBy(share: number): string {
  return word(Math.floor(VOCABULARY ** share));
}

function textOf(at: number): string {
  const words = Array.from({ length: 30 }, (_, n) => wordBy(chance(at * 31 + n)));
  return at % 5 === 0 ? `${words.join(' ')} ${THAI[at % THAI.length]}` : words.join(' ');
}

function wishOf(at: number): string {
  const one = wordBy(chance(at * 7 + 1));
  switch (at % 6) {
    case 0:
      return one;
    case 1:
      return `${one} ${wordBy(chance(at * 7 + 2))}`;
    case 2:
      return `"${textOf(at * 3)
        .split(' ')
        .slice(4, 6)
        .join(' ')}"`;
    case 3:
      return `${word(200 + (at % 5_000)).slice(0, 4)}*`;
    case 4:
      return ['ทะเล', 'ที่พัก', 'น้ำผึ้ง', 'โขง'][at % 4] ?? '';
    default:
      return word(20_000 + (at % 20_000));
  }
}

async function askAll(forum: ServedForum, searches: number): Promise<readonly number[]> {
  const took: number[] = [];
  let next = 0;
  const ask = async (): Promise<void> => {
    for (let at = next++; at < searches; at = next++) {
      const query = new URLSearchParams({ q: wishOf(at) });
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
    const wish = wishOf(at);
    const match = wish.endsWith('*') ? `"${wish.slice(0, -1)}" *` : wish;
    const started = performance.now();
    find.all(match);
    took.push(performance.now() - started);
  }
  db.close();
  return quantile(took, 0.99);
}
