import { sendJson } from '../../support/forum-account.ts';
import { startBenchForum } from '../bench-forum.ts';
import { discussedPost } from '../discussed-post.ts';
import { httpLoad } from '../load/run-http-load.ts';
import { alternate, quantile } from '../measure.ts';
import { atMost, type Row } from '../row.ts';
import { sampleComment } from '../sample.ts';

const READERS = 8;
const COMMENTS = 500;
/** Comments of a round; each is an answer to the post that is read. */
const POSTED = 100;
const PAUSE_MS = 20;

/** One who comments, one comment after the other, while others read the page where the comments come. */
export const postBesideReaders: Row = {
  name: 'post-beside-readers',
  what: `POST a comment to a ${COMMENTS}-comment post beside ${READERS} connections that read its page again and again, median`,
  against: 'the same alone',
  unit: 'ms',
  bound: atMost(1.3),
  run: async (options) => {
    const bench = await startBenchForum(options);
    const { forum, admin } = bench;
    const { postId } = await discussedPost(forum.address, admin, COMMENTS);
    const { slug } = await (await fetch(`${forum.address}/api/v1/posts/${postId}`)).json();
    const headers = { 'accept-encoding': 'br', 'accept-language': 'en' };
    const p95: { ours: number[]; alone: number[] } = { ours: [], alone: [] };
    const post = async (slowest: number[]): Promise<number> => {
      const times: number[] = [];
      for (let n = 0; n < POSTED; n += 1) {
        const started = performance.now();
        await sendJson(
          `${forum.address}/api/v1/posts/${postId}/comments`,
          'POST',
          { body: sampleComment(n) },
          admin.token,
        );
        times.push(performance.now() - started);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      slowest.push(quantile(times, 0.95));
      return quantile(times, 0.5);
    };
    const beside = async (): Promise<number> => {
      const load = { addresses: [forum.address], connections: READERS, seconds: options.quick ? 5 : 8 };
      const reading = httpLoad(load, [[{ method: 'GET', path: `/posts/${slug}`, headers }]]);
      const took = await post(p95.ours);
      await reading;
      return took;
    };
    await post([]);
    const compared = await alternate(options.rounds, beside, () => post(p95.alone));
    await bench.end();
    const slowest = { p95Ms: quantile(p95.ours, 0.5), p95AloneMs: quantile(p95.alone, 0.5) };
    return { ...compared, notes: { readers: READERS, comments: COMMENTS, posted: POSTED, ...slowest } };
  },
};
