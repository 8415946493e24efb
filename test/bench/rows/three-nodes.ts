import { readFileSync } from 'node:fs';
import { startThreeNodes, type ThreeNodes } from '../../nodes/three-nodes.ts';
import { newAccount, newPost, sendJson } from '../../support/forum-account.ts';
import { httpLoad } from '../load/run-http-load.ts';
import { alternate, median } from '../measure.ts';
import { atLeast, type Row } from '../row.ts';
import { sampleComment } from '../sample.ts';

const CONNECTIONS = 63;
const COMMENTS = 200;
/** Linux counts a process' time in ticks of so many milliseconds. */
const TICK_MS = 10;

export const threeNodes: Row = {
  name: 'three-nodes',
  what: `GET first page of a ${COMMENTS}-comment thread from three nodes, ${CONNECTIONS} connections spread over them`,
  against: 'the same client, all of it at one of the three; one client on the same cores is the limit of both',
  unit: 'requests/s',
  // Where three nodes have cores of their own and the client has more of them, this is near 3.
  bound: atLeast(0.7),
  run: async (options) => {
    const seconds = options.quick ? 4 : 10;
    const three = await startThreeNodes({ env: { NODE_ENV: 'production', LOG_LEVEL: 'error' } });
    try {
      const path = `/api/v1/posts/${await discussedPost(three)}/comments`;
      const all = three.nodes.map(({ address }) => address);
      const cost = { three: [] as number[], one: [] as number[] };
      const load = async (addresses: readonly string[], costs: number[]): Promise<number> => {
        const before = cpuMs(three);
        const rate = await httpLoad({ addresses, connections: CONNECTIONS, seconds }, [
          [{ method: 'GET', path, headers: {} }],
        ]);
        costs.push((cpuMs(three) - before) / (rate * seconds));
        return rate;
      };
      const compared = await alternate(
        options.rounds,
        () => load(all, cost.three),
        () => load(all.slice(0, 1), cost.one),
      );
      const costs = { cpuMsPerRequestThree: median(cost.three), cpuMsPerRequestOne: median(cost.one) };
      return { ...compared, notes: { connections: CONNECTIONS, comments: COMMENTS, seconds, ...costs } };
    } finally {
      await three.remove();
    }
  },
};

async function discussedPost(three: ThreeNodes): Promise<string> {
  const { address } = three.nodes[0];
  const admin = await newAccount(address, 'bench-admin');
  const postId = await newPost(address, admin, 'A post that many discuss');
  let position = '0';
  for (let at = 0; at < COMMENTS; at += 1) {
    const path = `${address}/api/v1/posts/${postId}/comments`;
    const answer = await sendJson<{ position: string }>(path, 'POST', { body: sampleComment(at) }, admin.token);
    position = answer.position;
  }
  await three.reached(position);
  return postId;
}

/** What the nodes' processes have taken of the processors so far, together; Linux alone tells. */
function cpuMs({ nodes }: ThreeNodes): number {
  const ticks = nodes.map(({ pid }) => {
    // Behind the program's name, which may hold spaces: the fields of proc_pid_stat(5) from the third on.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[14 - 3]) + Number(fields[15 - 3]);
  });
  return ticks.reduce((sum, one) => sum + one, 0) * TICK_MS;
}
