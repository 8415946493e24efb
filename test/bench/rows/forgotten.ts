import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AskedErasure, CommentPage, Post } from '../../../libs/client/index.ts';
import { type Account, newAccount, newPost, PASSWORD, sendJson } from '../../support/forum-account.ts';
import { TestSocket } from '../../support/live-socket.ts';
import type { ServedForum } from '../../support/served-forum.ts';
import { until } from '../../support/until.ts';
import { bigLogDir } from '../big-log.ts';
import { seconds } from '../measure.ts';
import { serveMeasured } from '../measured-forum.ts';
import { atMost, type BenchOptions, type Measured, type Row } from '../row.ts';
import { sampleComment } from '../sample.ts';
import { memoryOf } from './small-machine.ts';

const AT_ONCE = 64;
/** What is asked, in seconds. */
const HIDDEN_WITHIN = 5;
const DOWNLOADED_WITHIN = 10;

/** What a download may take of memory, in MiB. */
const MOST_MEMORY = 100;

/** From the wish to the moment at which no answer has a text and every open page has been told; the keys go right after. */
export const erasure: Row = {
  name: 'erasure',
  what: 'erasure of a member with 10,000 comments among 1,000,000 events, until no answer and no open page shows them',
  against: 'what is asked',
  unit: 's',
  bound: atMost(1),
  run: (options) =>
    besideAsked(options, HIDDEN_WITHIN, async ({ address }, { writer, post, comments }) => {
      const wish = { comments: 'remove', password: PASSWORD, immediately: true };
      const page = await openPage(address, post);
      try {
        return await seconds(async () => {
          await sendJson<AskedErasure>(`${address}/api/v1/members/me/erasure`, 'POST', wish, writer.token);
          await until(() => page.told() >= comments);
          await until(() => isHidden(address, post));
        });
      } finally {
        page.close();
      }
    }),
};

/** A reader's open page, and of how many comments it has been told that their texts are gone. */
async function openPage(address: string, postId: string): Promise<{ told(): number; close(): void }> {
  const socket = await new TestSocket(address).connected();
  await socket.ask('thread:join', { postId });
  let [frames, gone] = [0, 0];
  return {
    told: () => {
      const sent = socket.of('thread:changes').slice(frames);
      frames += sent.length;
      for (const { changes, reload } of sent) gone = reload ? Number.POSITIVE_INFINITY : gone + changes.length;
      return gone;
    },
    close: () => socket.close(),
  };
}

async function isHidden(address: string, post: string): Promise<boolean> {
  const { commentCount }: Post = await (await fetch(`${address}/api/v1/posts/${post}`)).json();
  const { items }: CommentPage = await (await fetch(`${address}/api/v1/posts/${post}/comments?sort=newest`)).json();
  return commentCount === 0 && items.every(({ body }) => body === null);
}

export const memberData: Row = {
  name: 'member-data',
  what: 'download of everything of the same member, in 100 MiB of memory',
  against: 'what is asked',
  unit: 's',
  bound: atMost(1),
  run: (options) =>
    besideAsked(options, DOWNLOADED_WITHIN, async (forum, { writer }) => {
      const headers = { authorization: `Bearer ${writer.token}` };
      const before = memoryOf(forum);
      let most = before;
      const watch = setInterval(() => {
        most = Math.max(most, memoryOf(forum));
      }, 20);
      try {
        const took = await seconds(async () => {
          const answer = await fetch(`${forum.address}/api/v1/members/me/data`, { headers });
          if (!answer.ok)
            throw new Error(`the download answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
          await answer.arrayBuffer();
        });
        if (most - before > MOST_MEMORY) throw new Error(`the download took ${most - before} MiB of memory`);
        return took;
      } finally {
        clearInterval(watch);
      }
    }),
};

interface Written {
  readonly writer: Account;
  readonly post: string;
  readonly comments: number;
}

async function besideAsked(
  options: BenchOptions,
  asked: number,
  measure: (forum: ServedForum, of: Written) => Promise<number>,
): Promise<Measured> {
  const [events, comments] = options.quick ? [50_000, 1_000] : [1_000_000, 10_000];
  const dataDir = join(mkdtempSync(join(tmpdir(), 'colloquy-bench-')), 'forum');
  cpSync(await bigLogDir(events), dataDir, { recursive: true });
  const forum = await serveMeasured({ dataDir });
  try {
    const admin = await newAccount(forum.address, 'bench-admin');
    const ours: number[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const writer = await newAccount(forum.address, `bench-writer-${round}`);
      const post = await newPost(forum.address, admin, `To be forgotten ${round}`);
      await write(forum, { writer, post, comments });
      ours.push(await measure(forum, { writer, post, comments }));
    }
    return { ours, base: ours.map(() => asked), notes: { events, comments } };
  } finally {
    await forum.end();
    rmSync(join(dataDir, '..'), { recursive: true, force: true });
  }
}

async function write({ address }: ServedForum, { writer, post, comments }: Written): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < comments; at = next++) {
      const body = { body: sampleComment(at) };
      await sendJson(`${address}/api/v1/posts/${post}/comments`, 'POST', body, writer.token);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
