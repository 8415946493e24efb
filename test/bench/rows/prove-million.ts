import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveForum } from '../../support/served-forum.ts';
import { bigLogDir } from '../big-log.ts';
import type { LoadRequest } from '../load/http-load.ts';
import { httpLoad } from '../load/run-http-load.ts';
import { alternate } from '../measure.ts';
import type { Row } from '../row.ts';

const CONNECTIONS = 64;
const PROOFS = 100;
const MOST = 1.5;
const PATH = '/api/v1/audit/proofs/inclusion?position=';

/** Proofs of events all over the log; few, since the load is made ready for each connection before it begins. */
export const proveMillion: Row = {
  name: 'prove-million',
  what: `GET an inclusion proof, 1,000,000 events in the log, ${CONNECTIONS} connections`,
  against: 'a bare request to the same server, GET /health/live',
  unit: 'requests/s',
  bound: { text: `cost ≤ ${MOST} times`, ratio: (ours, base) => base / ours, met: (ratio) => ratio <= MOST },
  run: async (options) => {
    const [count, seconds] = options.quick ? [100_000, 3] : [1_000_000, 10];
    const scratch = mkdtempSync(join(tmpdir(), 'colloquy-bench-'));
    const dataDir = join(scratch, 'data');
    cpSync(await bigLogDir(count), dataDir, { recursive: true });
    const ours = await serveForum({ dataDir, env: { NODE_ENV: 'production', LOG_LEVEL: 'error' } });
    const proof = await whenProven(`${ours.address}${PATH}${Math.ceil(count / 3)}`);
    const load = (requests: readonly LoadRequest[]): Promise<number> =>
      httpLoad({ addresses: [ours.address], connections: CONNECTIONS, seconds }, [requests]);
    const positions = Array.from({ length: PROOFS }, (_, at) => 1 + Math.floor((at * count) / PROOFS));
    const compared = await alternate(
      options.rounds,
      () => load(positions.map((position) => get(`${PATH}${position}`))),
      () => load([get('/health/live')]),
    );
    await ours.end();
    rmSync(scratch, { recursive: true });
    return { ...compared, notes: { events: count, connections: CONNECTIONS, bytes: proof.length, seconds } };
  },
};

function get(path: string): LoadRequest {
  return { method: 'GET', path, headers: {} };
}

/** The first answer that is a proof: until the tree has read the log there is none. */
async function whenProven(address: string): Promise<string> {
  for (;;) {
    const answer = await fetch(address);
    if (answer.status === 200) return answer.text();
  }
}
