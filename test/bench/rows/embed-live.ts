import { resolve } from 'node:path';
import { runProgram } from '../../support/child-program.ts';
import { sendJson } from '../../support/forum-account.ts';
import { startBenchForum } from '../bench-forum.ts';
import type { LiveLoad, LiveResult } from '../load/live-load.ts';
import { alternate, median, quantile } from '../measure.ts';
import { atMost, type Row } from '../row.ts';

const READERS = 1_000;
const PAGES = 200;
const ORIGIN = 'https://blog.example';
/** The bound is ours: a comment is read by the few who look at its page as soon as one of a post that as many look at. */
const WITHIN_MS = 100;
const program = resolve(import.meta.dirname, '../load/live-load.ts');

export const embedLive: Row = {
  name: 'embed-live',
  what: `${READERS} live readers in frames of ${PAGES} pages: a comment on one of them → the last of its readers has it, p99`,
  against: 'what is allowed',
  unit: 'ms',
  bound: atMost(1),
  run: async (options) => {
    const { forum, admin, end } = await startBenchForum(options, { EMBED_ORIGINS: ORIGIN });
    const postIds: string[] = [];
    for (let n = 0; n < PAGES; n += 1) {
      const { id } = await sendJson<{ id: string }>(`${forum.address}/api/v1/pages`, 'PUT', { url: `${ORIGIN}/${n}` });
      postIds.push(id);
    }
    const changes = options.quick ? 40 : 400;
    const load: LiveLoad = {
      address: forum.address,
      pid: forum.process.pid ?? 0,
      readers: READERS,
      changes,
      warmUp: 10,
      scene: { kind: 'pages', postIds, token: admin.token },
    };
    const results: LiveResult[] = [];
    const ours = async (): Promise<number> => {
      const result: LiveResult = JSON.parse(await runProgram([program, JSON.stringify(load)]));
      results.push(result);
      return quantile(result.milliseconds, 0.99);
    };
    const compared = await alternate(options.rounds, ours, async () => WITHIN_MS);
    await end();
    const medianMs = median(results.flatMap(({ milliseconds }) => milliseconds));
    const notes = { readers: READERS, pages: PAGES, medianMs, workMs: median(results.map(({ workMs }) => workMs)) };
    return { ...compared, notes };
  },
};
