import { startBenchForum } from '../bench-forum.ts';
import { discussedPost } from '../discussed-post.ts';
import { httpLoad } from '../load/run-http-load.ts';
import { alternate } from '../measure.ts';
import { atLeast, type Row } from '../row.ts';

const CONNECTIONS = 64;
const COMMENTS = 500;
/** Moments that nobody has looked at yet, for what a first look takes. */
const FIRST_LOOKS = 40;

export const timeMachine: Row = {
  name: 'time-machine',
  what: `GET first page of a ${COMMENTS}-comment thread as it stood at its middle, ${CONNECTIONS} connections`,
  against: 'the same page of the same thread as it is now',
  unit: 'requests/s',
  bound: atLeast(0.5),
  run: async (options) => {
    const seconds = options.quick ? 4 : 10;
    const { forum, admin, end } = await startBenchForum(options);
    const { postId, commentIds } = await discussedPost(forum.address, admin, COMMENTS);
    const now = `/api/v1/posts/${postId}/comments`;
    const middle = await positionOf(forum.address, commentIds[COMMENTS / 2]);
    const load = (path: string): Promise<number> =>
      httpLoad({ addresses: [forum.address], connections: CONNECTIONS, seconds }, [
        [{ method: 'GET', path, headers: {} }],
      ]);
    const firstLookMs = await firstLooks((look) => `${forum.address}${now}?position=${middle - BigInt(look)}`);
    const compared = await alternate(
      options.rounds,
      () => load(`${now}?position=${middle}`),
      () => load(now),
    );
    await end();
    return { ...compared, notes: { connections: CONNECTIONS, comments: COMMENTS, firstLookMs, seconds } };
  },
};

async function positionOf(address: string, commentId: string | undefined): Promise<bigint> {
  const comment: unknown = await (await fetch(`${address}/api/v1/comments/${commentId}`)).json();
  if (typeof comment !== 'object' || comment === null) throw new Error('there is no comment in the middle');
  return BigInt(String(Reflect.get(comment, 'position')));
}

/** The median, in milliseconds, of reading moments one after another that were not read before. */
async function firstLooks(address: (look: number) => string): Promise<number> {
  const took: number[] = [];
  for (let look = 1; look <= FIRST_LOOKS; look += 1) {
    const start = performance.now();
    await (await fetch(address(look))).arrayBuffer();
    took.push(performance.now() - start);
  }
  return Math.round((took.sort((a, b) => a - b)[FIRST_LOOKS / 2] ?? 0) * 10) / 10;
}
