import { randomUUID } from 'node:crypto';
import { credentials, type ServiceError, status } from '@grpc/grpc-js';
import { describe, expect, test } from '@jest/globals';
import { jsonEvent, MaxAppendSizeExceededError, WrongExpectedVersionError } from '@kurrent/kurrentdb-client';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { all, shown, thing, tryServer } from './tried-server.ts';

/** The client's two ways to append: over one stream of messages, and with a call each. */
const WAYS = [
  ['batch', {}],
  ['a call each', { noBatchAppend: true }],
] as const;

async function refusal(appended: Promise<unknown>): Promise<unknown> {
  const error = await appended.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof WrongExpectedVersionError)) return error;
  const { streamName, expectedState, actualState } = error;
  return { streamName, expectedState, actualState };
}

/** Appends an event to a stream whose name is these bytes, which the client itself cannot send; gives the error. */
function appendRaw(port: number, name: Uint8Array): Promise<ServiceError | null> {
  const raw = new streamsService.StreamsClient(`127.0.0.1:${port}`, credentials.createInsecure());
  return new Promise((resolve) => {
    const call = raw.append((error) => {
      raw.close();
      resolve(error);
    });
    const identifier = new shared.StreamIdentifier().setStreamName(name);
    const options = new streams.AppendReq.Options().setStreamIdentifier(identifier).setAny(new shared.Empty());
    call.write(new streams.AppendReq().setOptions(options));
    call.end();
  });
}

test('a stream whose name is no UTF-8 is refused', async () => {
  const { server } = await tryServer();
  expect(await appendRaw(server.port, Buffer.from('post-ä', 'latin1'))).toMatchObject({
    code: status.INVALID_ARGUMENT,
    details: expect.stringContaining('UTF-8'),
  });
  expect(await appendRaw(server.port, Buffer.from('post-ä', 'utf8'))).toBeNull();
});

describe.each(WAYS)('an append (%s)', (_way, faults) => {
  test('to a stream of any state is recorded with its next revision', async () => {
    const { client } = await tryServer({ faults });
    const first = await client.appendToStream('post-1', [thing(1), thing(2)], { streamState: 'any' });
    const second = await client.appendToStream('post-1', thing(3), { streamState: 'any' });
    expect([first, second]).toEqual([
      { success: true, nextExpectedRevision: 1n, position: expect.anything() },
      { success: true, nextExpectedRevision: 2n, position: expect.anything() },
    ]);
    const read = await all(client.readStream('post-1'));
    expect(read.map(({ event }) => event?.revision)).toEqual([0n, 1n, 2n]);
    expect(read.at(-1)?.event?.position).toEqual(second.position);
  });

  test('that expects no stream is refused when there is one, with its revision', async () => {
    const { client } = await tryServer({ faults });
    await client.appendToStream('post-1', [thing(1), thing(2)], { streamState: 'no_stream' });
    expect(await refusal(client.appendToStream('post-1', thing(3), { streamState: 'no_stream' }))).toEqual({
      streamName: 'post-1',
      expectedState: 'no_stream',
      actualState: 1n,
    });
  });

  test('that expects a stream is refused when there is none', async () => {
    const { client } = await tryServer({ faults });
    const refused = { streamName: 'post-1', expectedState: 'stream_exists', actualState: 'no_stream' };
    expect(await refusal(client.appendToStream('post-1', thing(1), { streamState: 'stream_exists' }))).toEqual(refused);
    await client.appendToStream('post-1', thing(1), { streamState: 'no_stream' });
    await client.appendToStream('post-1', thing(2), { streamState: 'stream_exists' });
    expect(await all(client.readStream('post-1'))).toHaveLength(2);
  });

  test('that expects a revision is refused at any other', async () => {
    const { client } = await tryServer({ faults });
    const at = (streamState: bigint) => client.appendToStream('post-1', thing(9), { streamState });
    expect(await refusal(at(0n))).toEqual({ streamName: 'post-1', expectedState: 0n, actualState: 'no_stream' });
    await client.appendToStream('post-1', [thing(1), thing(2)], { streamState: 'no_stream' });
    expect(await refusal(at(0n))).toEqual({ streamName: 'post-1', expectedState: 0n, actualState: 1n });
    expect(await refusal(at(2n))).toEqual({ streamName: 'post-1', expectedState: 2n, actualState: 1n });
    expect(await at(1n)).toMatchObject({ success: true, nextExpectedRevision: 2n });
  });

  test('that is sent again is answered as the first time, and recorded once', async () => {
    const { client } = await tryServer({ faults });
    await client.appendToStream('post-1', thing(0), { streamState: 'no_stream' });
    const events = [thing(1), thing(2)];
    const first = await client.appendToStream('post-1', events, { streamState: 0n });
    await client.appendToStream('post-1', thing(3), { streamState: 2n });
    for (const streamState of [0n, 'any', 'stream_exists'] as const) {
      expect(await client.appendToStream('post-1', events, { streamState })).toEqual(first);
    }
    expect(await all(client.readStream('post-1'))).toHaveLength(4);
  });

  test('of which only a part stands there already is refused, whatever it expects', async () => {
    const { client } = await tryServer({ faults });
    const [one, two] = [thing(1), thing(2)];
    await client.appendToStream('post-1', [one], { streamState: 'no_stream' });
    for (const streamState of ['no_stream', 'any', 'stream_exists'] as const) {
      expect(await refusal(client.appendToStream('post-1', [one, two], { streamState }))).toEqual({
        streamName: 'post-1',
        expectedState: streamState,
        actualState: 0n,
      });
    }
  });

  test('with ids that stand at another place is new there, and refused where it names the wrong one', async () => {
    const { client } = await tryServer({ faults });
    const [one, two] = [thing(1), thing(2)];
    await client.appendToStream('post-1', [one, two], { streamState: 'no_stream' });
    await client.appendToStream('post-2', [one], { streamState: 'any' });
    expect(await refusal(client.appendToStream('post-1', [two], { streamState: 'no_stream' }))).toEqual({
      streamName: 'post-1',
      expectedState: 'no_stream',
      actualState: 1n,
    });
    expect((await all(client.readStream('post-2'))).map(shown)).toMatchObject([{ id: one.id, revision: 0n }]);
  });

  test('of more than the greatest size is refused whole', async () => {
    const { client } = await tryServer({ faults, maxAppendBytes: 1000 });
    const large = jsonEvent({ type: 'ThingDone.v1', data: { text: 'x'.repeat(1000) } });
    const error = await refusal(client.appendToStream('post-1', [thing(1), large]));
    expect(error).toBeInstanceOf(MaxAppendSizeExceededError);
    expect(error).toMatchObject({ maxAppendSize: 1000 });
    await expect(all(client.readStream('post-1'))).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  test('without a stream, with an empty id or with what is no id is refused', async () => {
    const { client } = await tryServer({ faults });
    const wrongIds = ['00000000-0000-0000-0000-000000000000', 'one', ''];
    for (const id of wrongIds) {
      const event = { ...thing(1), id };
      expect(await refusal(client.appendToStream('post-1', event))).toMatchObject({ type: 'unknown' });
    }
    for (const stream of ['', '$$']) {
      expect(await refusal(client.appendToStream(stream, thing(1)))).toMatchObject({ type: 'unknown' });
    }
  });

  test('after its deadline is refused, and recorded or not', async () => {
    const { client, server } = await tryServer({ faults });
    server.faults.set({ delayMs: 300 });
    const id = randomUUID();
    const late = client.appendToStream('post-1', { ...thing(1), id }, { deadline: 100 });
    expect(await refusal(late)).toMatchObject({ type: 'deadline-exceeded' });
  });

  test('many at the same time each get a place of their own', async () => {
    const { client } = await tryServer({ faults });
    const appends = Array.from({ length: 40 }, (_, n) => client.appendToStream(`post-${n % 4}`, thing(n)));
    const positions = (await Promise.all(appends)).map(({ position }) => position?.commit);
    expect(new Set(positions).size).toBe(40);
    for (const stream of ['post-0', 'post-1', 'post-2', 'post-3']) {
      const read = await all(client.readStream(stream));
      expect(read.map(({ event }) => event?.revision)).toEqual(Array.from({ length: 10 }, (_, n) => BigInt(n)));
    }
  });
});
