import { join } from 'node:path';
import { openSqliteEventStore } from '../../../libs/event-store/index.ts';
import { openLogTree } from '../../../libs/log-tree/index.ts';
import { alternate, median, seconds } from '../measure.ts';
import { atMost, type Measured, type Row } from '../row.ts';
import { appendAll, inScratch } from './appends.ts';

const worker = new URL('../../../src/composition/tree.worker.ts', import.meta.url);

/** The same appends twice: while the tree's thread follows the log, and without it. */
export const appendTree: Row = {
  name: 'append-tree',
  what: 'durable appends, 64 waiting, with the tree that follows the log',
  against: 'the same without the tree',
  unit: 's',
  bound: atMost(1.1),
  run: async (options) => {
    const count = options.quick ? 25_600 : 128_000;
    const behind: Behind[] = [];
    const compared = await alternate(
      options.rounds,
      () => inScratch((dir) => withTree(dir, count, behind)),
      () => inScratch((dir) => withoutTree(dir, count)),
    );
    const untilThere = compared.ours.map((took, round) => took + (behind[round]?.seconds ?? Number.NaN));
    const ratios = untilThere.map((took, round) => took / (compared.base[round] ?? Number.NaN));
    const notes = {
      events: count,
      mostEventsBehindAtTheEnd: Math.max(...behind.map(({ events }) => events)),
      treeIsThereAfterSeconds: Math.max(...behind.map(({ seconds }) => seconds)).toFixed(3),
      ratioUntilTheTreeIsThere: median(ratios).toFixed(2),
    };
    return { ...compared, notes } satisfies Measured;
  },
};

async function withoutTree(dir: string, count: number): Promise<number> {
  const store = await openSqliteEventStore({ file: join(dir, 'log.db') });
  const took = await appendAll(store, count);
  await store.close();
  return took;
}

/** How far the tree was behind when the last append was answered, and how long it took to be there. */
interface Behind {
  readonly events: number;
  readonly seconds: number;
}

async function withTree(dir: string, count: number, behind: Behind[]): Promise<number> {
  const file = join(dir, 'log.db');
  const store = await openSqliteEventStore({ file });
  const tree = openLogTree({ dir: join(dir, 'tree'), worker, log: { file, signal: store.commitSignal } });
  await tree.reached(0n);
  const took = await appendAll(store, count);
  const events = count - tree.size();
  const late = await seconds(async () => {
    while (tree.size() < count) await tree.reached(BigInt(count)).catch(() => undefined);
  });
  behind.push({ events, seconds: late });
  await tree.close();
  await store.close();
  return took;
}
