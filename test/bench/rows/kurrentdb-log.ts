import { join } from 'node:path';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { openServerStore } from '../../../libs/event-store/index.ts';
import { type SpawnedServer, spawnKurrentDbServer } from '../../kurrentdb-server/spawned-server.ts';
import { all, bareEvent, bareReader, sampleEvent } from '../baselines/kurrentdb-client.ts';
import { alternate, type Compared, median, seconds } from '../measure.ts';
import { atLeast, type Row } from '../row.ts';
import { newId } from '../sample.ts';
import { inScratch } from './appends.ts';

const WRITERS = [1, 16, 64];

/** The adapter beside the client alone, with 1, 16 and 64 writers at the server of the tests: the worst of the three counts. */
export const kurrentdbAppend: Row = {
  name: 'kurrentdb-append',
  what: `appends to KurrentDB (the server of the tests) by ${WRITERS.join(', ')} writers, the worst of these`,
  against: 'the client alone, the same events by as many writers',
  unit: 'events/s',
  bound: atLeast(0.7),
  run: (options) =>
    atServer(async ({ url }) => {
      const each = options.quick ? 400 : 2_000;
      const store = await openServerStore({ url });
      const client = KurrentDBClient.connectionString(url);
      const found: { readonly writers: number; readonly compared: Compared; readonly ratio: number }[] = [];
      for (const writers of WRITERS) {
        const count = writers === 1 ? each : each * 4;
        const compared = await alternate(
          options.rounds,
          () => rate(count, writers, (stream) => store.append(stream, [sampleEvent()], 'no-stream')),
          () =>
            rate(count, writers, (stream) => client.appendToStream(stream, bareEvent(), { streamState: 'no_stream' })),
        );
        const ratio = median(compared.ours.map((ours, at) => ours / (compared.base[at] ?? Number.NaN)));
        found.push({ writers, compared, ratio });
      }
      await store.close();
      await client.dispose();
      const [worst] = found.toSorted((a, b) => a.ratio - b.ratio);
      if (worst === undefined) throw new Error('nothing was measured');
      const ratios = found.map(({ writers, ratio }) => [`ratioAt${writers}`, Math.round(ratio * 100) / 100] as const);
      return { ...worst.compared, notes: { writers: worst.writers, ...Object.fromEntries(ratios) } };
    }),
};

export const kurrentdbRead: Row = {
  name: 'kurrentdb-read',
  what: 'reads of a stream of one event from KurrentDB (the server of the tests), one after the other',
  against: 'the same call of bare grpc-js',
  unit: 'reads/s',
  bound: atLeast(0.8),
  run: (options) =>
    atServer(async ({ url, port }) => {
      const count = options.quick ? 1_000 : 5_000;
      const store = await openServerStore({ url });
      await store.append('comment-read', [sampleEvent()], 'no-stream');
      const bare = bareReader(port);
      const compared = await alternate(
        options.rounds,
        () => rate(count, 1, () => all(store.readStream('comment-read'))),
        () => rate(count, 1, () => bare.read('comment-read')),
      );
      bare.close();
      await store.close();
      return { ...compared, notes: { reads: count } };
    }),
};

function atServer<Result>(work: (server: SpawnedServer) => Promise<Result>): Promise<Result> {
  return inScratch(async (dir) => {
    const server = await spawnKurrentDbServer({ dir: join(dir, 'log') });
    try {
      return await work(server);
    } finally {
      await server.kill();
    }
  });
}

/** So many calls a second, by callers that each wait for their own. */
async function rate(count: number, callers: number, call: (stream: string) => Promise<unknown>): Promise<number> {
  let left = count;
  const caller = async (): Promise<void> => {
    for (left -= 1; left >= 0; left -= 1) await call(`comment-${newId()}`);
  };
  return count / (await seconds(async () => void (await Promise.all(Array.from({ length: callers }, caller)))));
}
