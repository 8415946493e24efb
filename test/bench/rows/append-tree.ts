import { join } from 'node:path';
import { openSqliteEventStore } from '../../../libs/event-store/index.ts';
import { openLogTree } from '../../../libs/log-tree/index.ts';
import { alternate, seconds } from '../measure.ts';
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
    const behind: number[] = [];
    const compared = await alternate(
      options.rounds,
      () => inScratch((dir) => withTree(dir, count, behind)),
      () => inScratch((dir) => withoutTree(dir, count)),
    );
    const worst = Math.max(...behind).toFixed(2);
    return { ...compared, notes: { events: count, treeIsThereAfterSeconds: worst } } satisfies Measured;
  },
};

async function withoutTree(dir: string, count: number): Promise<number> {
  const store = await openSqliteEventStore({ file: join(dir, 'log.db') });
  const took = await appendAll(store, count);
  await store.close();
  return took;
}

async function withTree(dir: string, count: number, behind: number[]): Promise<number> {
  const file = join(dir, 'log.db');
  const store = await openSqliteEventStore({ file });
  const tree = openLogTree({ dir: join(dir, 'tree'), worker, log: { file, signal: store.commitSignal } });
  await tree.reached(0n);
  const took = await appendAll(store, count);
  behind.push(
    await seconds(async () => {
      while (tree.size() < count) await tree.reached(BigInt(count)).catch(() => undefined);
    }),
  );
  await tree.close();
  await store.close();
  return took;
}
