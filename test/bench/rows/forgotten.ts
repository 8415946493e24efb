import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AskedErasure, Post } from '../../../libs/client/index.ts';
import { type Account, newAccount, newPost, PASSWORD, sendJson } from '../../support/forum-account.ts';
import { MEASURED_SETTINGS, type ServedForum, serveForum } from '../../support/served-forum.ts';
import { until } from '../../support/until.ts';
import { bigLogDir } from '../big-log.ts';
import { seconds } from '../measure.ts';
import { atMost, type BenchOptions, type Measured, type Row } from '../row.ts';
import { sampleComment } from '../sample.ts';

const AT_ONCE = 64;
/** What is asked, in seconds. */
const HIDDEN_WITHIN = 5;
const DOWNLOADED_WITHIN = 10;

/** The post tells no comment when every answer and every open page has been told; the keys go right after. */
export const erasure: Row = {
  name: 'erasure',
  what: 'erasure of a member with 10,000 comments among 1,000,000 events, until no answer shows them',
  against: 'what is asked',
  unit: 's',
  bound: atMost(1),
  run: (options) =>
    besideAsked(options, HIDDEN_WITHIN, async ({ address }, { writer, post }) => {
      const wish = { comments: 'remove', password: PASSWORD, immediately: true };
      return seconds(async () => {
        const path = `${address}/api/v1/members/me/erasure`;
        await sendJson<AskedErasure>(path, 'POST', wish, writer.token);
        await until(async () => {
          const answer = await fetch(`${address}/api/v1/posts/${post}`);
          const { commentCount }: Post = await answer.json();
          return commentCount === 0;
        });
      });
    }),
};

export const memberData: Row = {
  name: 'member-data',
  what: 'download of everything of the same member',
  against: 'what is asked',
  unit: 's',
  bound: atMost(1),
  run: (options) =>
    besideAsked(options, DOWNLOADED_WITHIN, ({ address }, { writer }) =>
      seconds(async () => {
        const headers = { authorization: `Bearer ${writer.token}` };
        const answer = await fetch(`${address}/api/v1/members/me/data`, { headers });
        if (!answer.ok) throw new Error(`the download answered ${answer.status}`);
        const { byteLength } = await answer.arrayBuffer();
        if (byteLength > 100_000_000) throw new Error(`the download has ${byteLength} bytes`);
      }),
    ),
};

async function besideAsked(
  options: BenchOptions,
  asked: number,
  measure: (forum: ServedForum, of: { readonly writer: Account; readonly post: string }) => Promise<number>,
): Promise<Measured> {
  const [events, comments] = options.quick ? [50_000, 1_000] : [1_000_000, 10_000];
  const dataDir = join(mkdtempSync(join(tmpdir(), 'colloquy-bench-')), 'forum');
  cpSync(await bigLogDir(events), dataDir, { recursive: true });
  const forum = await serveForum({ dataDir, env: MEASURED_SETTINGS });
  try {
    const admin = await newAccount(forum.address, 'bench-admin');
    const ours: number[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const writer = await newAccount(forum.address, `bench-writer-${round}`);
      const post = await newPost(forum.address, admin, `To be forgotten ${round}`);
      await write(forum, { writer, post, comments });
      ours.push(await measure(forum, { writer, post }));
    }
    return { ours, base: ours.map(() => asked), notes: { events, comments } };
  } finally {
    await forum.end();
    rmSync(join(dataDir, '..'), { recursive: true, force: true });
  }
}

async function write(
  { address }: ServedForum,
  { writer, post, comments }: { readonly writer: Account; readonly post: string; readonly comments: number },
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < comments; at = next++) {
      const body = { body: sampleComment(at) };
      await sendJson(`${address}/api/v1/posts/${post}/comments`, 'POST', body, writer.token);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
