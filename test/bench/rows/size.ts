import { commentRequests } from '../load/comment-requests.ts';
import type { LoadRequest } from '../load/http-load.ts';
import { httpLoad } from '../load/run-http-load.ts';
import { alternate } from '../measure.ts';
import type { BenchOptions, Measured, Row } from '../row.ts';
import { type SizedForum, startSizedForum } from '../sized-forum.ts';

const CONNECTIONS = 64;
const POSTS = 16;
const MOST = 1.2;
const SMALL = 10_000;
const BIG = 1_000_000;
/** Short, since each posted comment makes the small log bigger. */
const POSTING_SECONDS = 2;

const bound: Row['bound'] = {
  text: `cost ≤ ${MOST} times`,
  ratio: (ours, base) => base / ours,
  met: (ratio) => ratio <= MOST,
};

export const sizePost: Row = {
  name: 'size-post',
  what: `POST a comment, ${BIG.toLocaleString('en')} events in the log, ${CONNECTIONS} connections`,
  against: `the same with ${SMALL.toLocaleString('en')} events`,
  unit: 'requests/s',
  bound,
  run: (options) =>
    bothSizes(options, async ({ forum, tokens, newPosts }) => {
      const requests = commentRequests(CONNECTIONS, { prefix: '/api/v1', posts: await newPosts(POSTS), tokens });
      const load = { addresses: [forum.address], connections: CONNECTIONS, seconds: POSTING_SECONDS };
      return httpLoad(load, requests);
    }),
};

export const sizeRead: Row = {
  name: 'size-read',
  what: `GET one comment after the other, and in between the first page of its thread, ${BIG.toLocaleString('en')} events`,
  against: `the same with ${SMALL.toLocaleString('en')} events`,
  unit: 'requests/s',
  bound,
  run: (options) =>
    bothSizes(options, ({ forum, thread: { postId, commentIds } }) => {
      const get = (path: string): LoadRequest => ({ method: 'GET', path: `/api/v1${path}`, headers: {} });
      const requests = commentIds.map((id, at) =>
        at % 10 === 0 ? get(`/posts/${postId}/comments`) : get(`/comments/${id}`),
      );
      const load = { addresses: [forum.address], connections: CONNECTIONS, seconds: options.quick ? 4 : 10 };
      return httpLoad(load, [requests]);
    }),
};

/** The big log is ours, the small one the baseline; one more round before warms both servers up. */
async function bothSizes(options: BenchOptions, load: (forum: SizedForum) => Promise<number>): Promise<Measured> {
  const events = options.quick ? BIG / 10 : BIG;
  const [big, small] = [await startSizedForum(events), await startSizedForum(SMALL)];
  try {
    await alternate(
      1,
      () => load(big),
      () => load(small),
    );
    const compared = await alternate(
      options.rounds,
      () => load(big),
      () => load(small),
    );
    return { ...compared, notes: { connections: CONNECTIONS, bigEvents: events, smallEvents: SMALL } };
  } finally {
    await big.end();
    await small.end();
  }
}
