import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { newAccount, newPost } from '../../support/forum-account.ts';
import { type Ran, runColloquy } from '../../support/run-colloquy.ts';
import { MEASURED_SETTINGS, newDataDir } from '../../support/served-forum.ts';
import { serveMeasured } from '../measured-forum.ts';
import { writeTexts } from '../raw-people.ts';
import { atMost, type Row } from '../row.ts';
import { againstAsked } from '../told-forum.ts';

const COMMENTS = 10_000;
const POSTS = 51;
/** Of all comments so many stand under one post. */
const UNDER_ONE = 0.5;
const WITHIN_S = 30;

export const suitcase: Row = {
  name: 'suitcase',
  what: `the public forum of ${COMMENTS.toLocaleString('en')} comments, half of them under one of ${POSTS} posts, as a folder of pages with an index and a receipt for each comment`,
  against: 'what is asked',
  unit: 's',
  bound: atMost(1),
  run: async (options) => {
    const dataDir = newDataDir();
    const place = `${dataDir}-suitcase`;
    const count = options.quick ? COMMENTS / 10 : COMMENTS;
    try {
      await fill(dataDir, count);
      const packed: Ran[] = [];
      const measured = await againstAsked(options, WITHIN_S, async () => {
        const started = performance.now();
        const ran = await runColloquy(['export', 'site', place, '--json'], { dataDir, env: MEASURED_SETTINGS });
        const took = (performance.now() - started) / 1_000;
        if (ran.status !== 0 || !existsSync(join(place, 'index.html')))
          throw new Error(`nothing was packed: ${ran.said}`);
        packed.push(ran);
        rmSync(place, { recursive: true });
        return took;
      });
      const { files, bytes } = JSON.parse(packed.at(-1)?.out ?? '{}');
      return { ...measured, notes: { comments: count, files: Number(files), bytes: Number(bytes) } };
    } finally {
      for (const made of [dataDir, place]) rmSync(made, { recursive: true, force: true });
    }
  },
};

async function fill(dataDir: string, count: number): Promise<void> {
  const forum = await serveMeasured({ dataDir });
  const admin = await newAccount(forum.address, 'bench-admin');
  const posts: string[] = [];
  for (let at = 0; at < POSTS; at += 1) posts.push(await newPost(forum.address, admin, `Post ${at}`));
  await forum.end();
  const [first = '', ...others] = posts;
  await writeTexts(dataDir, { count: count * UNDER_ONE, posts: [first], textOf });
  await writeTexts(dataDir, { count: count * (1 - UNDER_ONE), posts: others, textOf });
}

const SENTENCES = [
  'The river is *wide* here, and the ferry goes every hour.',
  'เราไปเที่ยวทะเลเมื่อวาน ที่พักพิงของนกอยู่ไม่ไกล',
  'Nhiều người từng bị mua bán không tự gọi mình là nạn nhân.',
  '> as was said above\n\nI would not like it to depend on lunch.',
  'See [the table](https://example.org/table) in the second part of the report, which has the figures of all six countries.',
];

function textOf(at: number): string {
  return Array.from({ length: 1 + (at % 5) }, (_, n) => SENTENCES[(at + n) % SENTENCES.length]).join('\n\n');
}
