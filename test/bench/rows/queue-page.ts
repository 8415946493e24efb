import { newAccount, sendJson } from '../../support/forum-account.ts';
import { type BenchForum, startBenchForum } from '../bench-forum.ts';
import type { LoadRequest } from '../load/http-load.ts';
import { httpLoad } from '../load/run-http-load.ts';
import { alternate } from '../measure.ts';
import type { Row } from '../row.ts';
import { sampleComment } from '../sample.ts';

const FEW = 100;
const MANY = 10_000;
const AT_ONCE = 32;

/** The first page of twenty reported comments, out of many and out of few. */
export const queuePage: Row = {
  name: 'queue-page',
  what: `GET the first page of the moderation queue of ${MANY} items`,
  against: `the same of ${FEW} items`,
  unit: 'requests/s',
  bound: { text: 'cost ≤ 1.5', ratio: (ours, base) => base / ours, met: (ratio) => ratio <= 1.5 },
  run: async (options) => {
    const seconds = options.quick ? 3 : 8;
    const many = await filled(await startBenchForum(options), options.quick ? MANY / 5 : MANY);
    const few = await filled(await startBenchForum(options), FEW);
    const load = ({ forum, admin }: BenchForum): Promise<number> => {
      const headers = { authorization: `Bearer ${admin.token}` };
      const request: LoadRequest = { method: 'GET', path: '/api/v1/moderation/queue?list=reported', headers, body: '' };
      return httpLoad({ addresses: [forum.address], connections: 8, seconds }, [[request]]);
    };
    const compared = await alternate(
      options.rounds,
      () => load(many),
      () => load(few),
    );
    await many.end();
    await few.end();
    return { ...compared, notes: { connections: 8, seconds } };
  },
};

async function filled(forum: BenchForum, items: number): Promise<BenchForum> {
  const { address } = forum.forum;
  const [writer, reporter] = [await newAccount(address, 'bench-writer'), await newAccount(address, 'bench-reporter')];
  const path = `${address}/api/v1/posts/${await forum.post('Reported')}/comments`;
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < items; at = next++) {
      const body = { body: sampleComment(at) };
      const { comment } = await sendJson<{ comment: { id: string } }>(path, 'POST', body, writer.token);
      await sendJson(`${address}/api/v1/comments/${comment.id}/reports`, 'POST', { reason: 'spam' }, reporter.token);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return forum;
}
