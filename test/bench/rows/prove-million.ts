import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServedForum } from '../../support/served-forum.ts';
import { bigLogDir } from '../big-log.ts';
import type { LoadRequest } from '../load/http-load.ts';
import { oneByOne } from '../load/one-by-one.ts';
import { httpLoad } from '../load/run-http-load.ts';
import { alternate, mainThreadMs, median } from '../measure.ts';
import { serveMeasured } from '../measured-forum.ts';
import type { BenchOptions, Row } from '../row.ts';

const CONNECTIONS = 64;
/** Few for each connection, since a load is made ready before it begins; each has its own. */
const PROOFS = 100;
const MOST = 1.5;
const BARE = '/health/live';
const PATH = '/api/v1/audit/proofs/inclusion?position=';
/** Requests in turn, of which the first are left out. */
const ALONE = 3_000;
const FIRST = 1_000;

/** Proofs of 6,400 events that lie evenly over the whole log. */
export const proveMillion: Row = {
  name: 'prove-million',
  what: `GET an inclusion proof, 1,000,000 events in the log, ${CONNECTIONS} connections`,
  against: `a bare request to the same server, GET ${BARE}`,
  unit: 'requests/s',
  bound: { text: `cost ≤ ${MOST} times`, ratio: (ours, base) => base / ours, met: (ratio) => ratio <= MOST },
  run: async (options) => {
    const [count, seconds] = options.quick ? [100_000, 3] : [1_000_000, 10];
    const scratch = mkdtempSync(join(tmpdir(), 'colloquy-bench-'));
    const dataDir = join(scratch, 'data');
    cpSync(await bigLogDir(count), dataDir, { recursive: true });
    const ours = await served(dataDir, options);
    const proof = await whenProven(`${ours.address}${PATH}${Math.ceil(count / 3)}`);
    const proofs = proofsFor(count);
    const cost = { proof: [] as number[], bare: [] as number[] };
    const load = async (sequences: readonly (readonly LoadRequest[])[], costs: number[]): Promise<number> => {
      const before = mainThreadMs(ours.process.pid);
      const rate = await httpLoad({ addresses: [ours.address], connections: CONNECTIONS, seconds }, sequences);
      costs.push(((mainThreadMs(ours.process.pid) - before) * 1_000) / (rate * seconds));
      return rate;
    };
    const compared = await alternate(
      options.rounds,
      () => load(proofs, cost.proof),
      () => load([[get(BARE)]], cost.bare),
    );
    const alone = await aloneMs(ours.address, proofs.flat());
    await ours.end();
    rmSync(scratch, { recursive: true });
    const cpu = { cpuUsPerProof: median(cost.proof), cpuUsPerBare: median(cost.bare) };
    const size = { events: count, connections: CONNECTIONS, bytes: proof.length, seconds };
    return { ...compared, notes: { ...size, ...cpu, ...alone } };
  },
};

function served(dataDir: string, { profileDir }: BenchOptions): Promise<ServedForum> {
  const nodeArgs = profileDir === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  return serveMeasured({ dataDir, nodeArgs });
}

function proofsFor(count: number): readonly (readonly LoadRequest[])[] {
  return Array.from({ length: CONNECTIONS }, (_, connection) =>
    Array.from({ length: PROOFS }, (_, at) => {
      const share = (at * CONNECTIONS + connection) / (PROOFS * CONNECTIONS);
      return get(`${PATH}${1 + Math.floor(share * count)}`);
    }),
  );
}

/** Medians of one request at a time over one connection, proofs and bare ones in turn. */
async function aloneMs(address: string, proofs: readonly LoadRequest[]): Promise<Record<string, number>> {
  const paths = Array.from({ length: ALONE }, (_, at) => [proofs[(at * 7) % proofs.length]?.path ?? BARE, BARE]).flat();
  const times = (await oneByOne(address, paths)).slice(FIRST);
  const every = (parity: number): number => median(times.filter((_, at) => at % 2 === parity));
  return { aloneP50MsProof: every(0), aloneP50MsBare: every(1) };
}

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
