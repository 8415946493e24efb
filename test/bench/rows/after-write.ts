import { sendJson } from '../../support/forum-account.ts';
import { longThread } from '../../support/long-thread.ts';
import { type BenchForum, startBenchForum } from '../bench-forum.ts';
import { alternate, mainThreadMs, median } from '../measure.ts';
import { atMost, type Row } from '../row.ts';

const COMMENTS = 10_000;
const WRITES = 20;
/** What is asked of a page, in milliseconds of the main thread. */
const ASKED_MS = 8;
/** The main thread does nothing any more when so much time has taken so little of the processor, both in milliseconds. */
const QUIET_MS = 20;
const QUIET_CPU_MS = 1;

/** What a page costs that is asked for right after a comment came to its long thread, by what is shown. */
export const htmlAfterWrite: Row = {
  name: 'html-after-write',
  what: `main thread's processor time of a page right after a comment came to its thread of ${COMMENTS.toLocaleString('en')}, the worst of five`,
  against: 'what is asked',
  unit: 'ms',
  bound: atMost(1),
  run: async (options) => {
    const bench = await startBenchForum(options);
    const comments = options.quick ? COMMENTS / 5 : COMMENTS;
    const { postId, slug } = await longThread(bench.forum.address, bench.admin, { shape: 'nested', comments });
    const { position } = await (await fetch(`${bench.forum.address}/api/v1/posts/${postId}/comments?limit=1`)).json();
    const then = `position=${Math.floor(Number(position) / 2)}`;
    const paths = {
      page: `/posts/${slug}`,
      best: `/posts/${slug}?sort=best`,
      past: `/posts/${slug}?${then}`,
      activity: `/api/v1/posts/${postId}/activity`,
      pastComments: `/api/v1/posts/${postId}/comments?${then}&limit=20`,
    };
    const took = new Map<string, number[]>();
    const worst = async (): Promise<number> => {
      const medians: number[] = [];
      for (const [name, path] of Object.entries(paths)) {
        const times = await afterWrites(bench, { postId, path });
        took.set(name, [...(took.get(name) ?? []), ...times]);
        medians.push(median(times));
      }
      return Math.max(...medians);
    };
    // What is read once after a start is another row's.
    for (const path of Object.values(paths)) await (await fetch(bench.forum.address + path)).arrayBuffer();
    const compared = await alternate(options.rounds, worst, async () => ASKED_MS);
    await bench.end();
    const notes = [...took].map(([name, times]) => [`${name}Ms`, Math.round(median(times) * 10) / 10]);
    return { ...compared, notes: { comments, writes: WRITES, ...Object.fromEntries(notes) } };
  },
};

async function afterWrites(
  { forum, admin }: BenchForum,
  { postId, path }: { readonly postId: string; readonly path: string },
): Promise<readonly number[]> {
  const times: number[] = [];
  const cpu = (): number => mainThreadMs(forum.process.pid);
  for (let write = 0; write < WRITES; write += 1) {
    const comment = { body: `A change, ${write}` };
    await sendJson(`${forum.address}/api/v1/posts/${postId}/comments`, 'POST', comment, admin.token);
    await quiet(cpu);
    const before = cpu();
    await (await fetch(forum.address + path)).arrayBuffer();
    times.push(cpu() - before);
  }
  return times;
}

/** Once the main thread has done what the write left to do. */
async function quiet(cpu: () => number): Promise<void> {
  for (let before = cpu(); ; before = cpu()) {
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    if (!(cpu() - before > QUIET_CPU_MS)) return;
  }
}
