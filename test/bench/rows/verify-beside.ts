import { signIn } from '../../support/forum-account.ts';
import { commentRequests } from '../load/comment-requests.ts';
import type { LoadRequest } from '../load/http-load.ts';
import { httpLoad } from '../load/run-http-load.ts';
import { alternate } from '../measure.ts';
import { atLeast, type Row } from '../row.ts';
import { startSizedForum } from '../sized-forum.ts';

const CONNECTIONS = 32;
const POSTS = 16;

/** Comments and reads of threads in turn, on every connection, while an auditor has the thread's view verified all the time. */
export const verifyBeside: Row = {
  name: 'verify-beside',
  what: `POST comments and GET threads, ${CONNECTIONS} connections, while a view is verified without a pause`,
  against: 'the same without a verification',
  unit: 'requests/s',
  bound: atLeast(0.9),
  run: async (options) => {
    const seconds = options.quick ? 4 : 10;
    const events = options.quick ? 100_000 : 1_000_000;
    const sized = await startSizedForum(events);
    const { address } = sized.forum;
    const auditor = await signIn(address, 'bench-admin');
    let verifications = 0;
    const load = async (): Promise<number> => {
      const posts = await sized.newPosts(POSTS);
      const writing = commentRequests(CONNECTIONS, { prefix: '/api/v1', posts, tokens: sized.tokens });
      return httpLoad({ addresses: [address], connections: CONNECTIONS, seconds }, writing.map(withReads));
    };
    const beside = async (): Promise<number> => {
      const over = new AbortController();
      const verifying = verifyAgain(address, auditor.token, over.signal);
      const rate = await load();
      over.abort();
      verifications += await verifying;
      return rate;
    };
    const compared = await alternate(options.rounds, beside, load);
    await sized.end();
    return { ...compared, notes: { events, connections: CONNECTIONS, seconds, verifications } };
  },
};

/** After each comment its thread is read. */
function withReads(requests: readonly LoadRequest[]): LoadRequest[] {
  return requests.flatMap((write) => [write, { method: 'GET' as const, path: write.path, headers: {} }]);
}

/** One after the other until the signal; the last one then ends with nothing beside it. Each must find the view equal. */
async function verifyAgain(address: string, token: string, signal: AbortSignal): Promise<number> {
  let verifications = 0;
  while (!signal.aborted) {
    const answer = await fetch(`${address}/api/v1/audit/views/thread/verifications`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    const found = await answer.text();
    if (answer.status !== 200 || !found.includes('"equal":true')) {
      throw new Error(`the view was not verified: ${answer.status} ${found}`);
    }
    verifications += 1;
  }
  return verifications;
}
