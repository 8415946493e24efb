import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { credentials } from '@grpc/grpc-js';
import { type EventData, KurrentDBClient } from '@kurrent/kurrentdb-client';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { type NewEvent, openKurrentEventStore } from '../../../libs/event-store/index.ts';
import { type SpawnedServer, spawnKurrentDbServer } from '../../kurrentdb-server/spawned-server.ts';
import { alternate, type Compared, median, seconds } from '../measure.ts';
import { atLeast, type Row } from '../row.ts';
import { newId } from '../sample.ts';
import { inScratch } from './appends.ts';

const WRITERS = [1, 16, 64];
const SEALED = randomBytes(400);

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
      const store = await openKurrentEventStore({ url });
      const client = KurrentDBClient.connectionString(url);
      const found: { readonly writers: number; readonly compared: Compared; readonly ratio: number }[] = [];
      for (const writers of WRITERS) {
        const count = writers === 1 ? each : each * 4;
        const compared = await alternate(
          options.rounds,
          () => rate(count, writers, (stream) => store.append(stream, [sample()], 'no-stream')),
          () => rate(count, writers, (stream) => client.appendToStream(stream, bare(), { streamState: 'no_stream' })),
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
      const store = await openKurrentEventStore({ url });
      await store.append('comment-read', [sample()], 'no-stream');
      const grpc = new streamsService.StreamsClient(`127.0.0.1:${port}`, credentials.createInsecure());
      const compared = await alternate(
        options.rounds,
        () => rate(count, 1, () => all(store.readStream('comment-read'))),
        () => rate(count, 1, () => bareRead(grpc, 'comment-read')),
      );
      grpc.close();
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

/** As a posted comment makes it: 250 bytes of data, 400 bytes sealed. */
function sample(): NewEvent {
  const [commentId, postId, actor] = [newId(), newId(), newId()];
  const data = { commentId, postId, parentId: null, rootId: commentId, depth: 0, authorId: actor, source: null };
  const envelope = { occurredAt: new Date().toISOString(), actor, correlationId: newId(), causationId: null };
  return { id: newId(), type: 'CommentPosted.v1', data, sealed: SEALED, ...envelope };
}

/** The same bytes, without an adapter. */
function bare(): EventData {
  const { id, type, data, occurredAt, actor, correlationId } = sample();
  const sealed = SEALED.toString('base64');
  const metadata = { id, occurredAt, actor, $correlationId: correlationId, sealed, append: newId() };
  return { id, type, contentType: 'application/json', data: { toJSON: () => data }, metadata };
}

async function all(items: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const list: unknown[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function bareRead(
  grpc: InstanceType<typeof streamsService.StreamsClient>,
  stream: string,
): Promise<readonly unknown[]> {
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));
  const options = new streams.ReadReq.Options()
    .setStream(new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier).setRevision('0'))
    .setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()))
    .setNoFilter(new shared.Empty())
    .setCount('1000');
  return all(grpc.read(new streams.ReadReq().setOptions(options)));
}
