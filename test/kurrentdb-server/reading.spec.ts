import { status } from '@grpc/grpc-js';
import { describe, expect, jest, test } from '@jest/globals';
import { eventTypeFilter, type Filter, jsonEvent, streamNameFilter } from '@kurrent/kurrentdb-client';
import { followed } from './followed.ts';
import { readRaw } from './raw-read.ts';
import { all, shown, thing, tryServer } from './tried-server.ts';

describe('reading a stream', () => {
  test('gives what was appended, in both directions', async () => {
    const { client } = await tryServer();
    const events = [thing(1), thing(2), thing(3)];
    const { position } = await client.appendToStream('post-1', events, { streamState: 'no_stream' });
    const forwards = await all(client.readStream('post-1'));
    expect(forwards.map(shown)).toEqual(
      events.map(({ id, type, data }, index) => ({
        streamId: 'post-1',
        revision: BigInt(index),
        type,
        id,
        data,
        position: index === 2 ? position?.commit : expect.any(BigInt),
      })),
    );
    const backwards = await all(client.readStream('post-1', { direction: 'backwards', fromRevision: 'end' }));
    expect(backwards.map(shown)).toEqual(forwards.map(shown).reverse());
  });

  test('begins with the revision that is named, and gives no more than asked for', async () => {
    const { client } = await tryServer();
    await client.appendToStream(
      'post-1',
      Array.from({ length: 100 }, (_, n) => thing(n)),
    );
    const revisions = async (options: Parameters<typeof client.readStream>[1]) =>
      (await all(client.readStream('post-1', options))).map(({ event }) => event?.revision);
    expect(await revisions({ fromRevision: 97n })).toEqual([97n, 98n, 99n]);
    expect(await revisions({ fromRevision: 40n, maxCount: 2 })).toEqual([40n, 41n]);
    expect(await revisions({ fromRevision: 2n, direction: 'backwards' })).toEqual([2n, 1n, 0n]);
    expect(await revisions({ fromRevision: 500n, direction: 'backwards', maxCount: 1 })).toEqual([99n]);
    expect(await revisions({ fromRevision: 100n })).toEqual([]);
    expect(await revisions({})).toHaveLength(100);
  });

  test('that is not there is refused by name', async () => {
    const { client } = await tryServer();
    await expect(all(client.readStream('post-1'))).rejects.toMatchObject({
      type: 'stream-not-found',
      streamName: 'post-1',
    });
  });

  test('shows what its metadata leaves: the newest ones, from a revision on, younger than an age', async () => {
    const { client } = await tryServer();
    const revisions = async () => (await all(client.readStream('post-1'))).map(({ event }) => event?.revision);
    await client.appendToStream(
      'post-1',
      Array.from({ length: 50 }, (_, n) => thing(n)),
    );
    await client.setStreamMetadata('post-1', { maxCount: 2 });
    expect(await revisions()).toEqual([48n, 49n]);
    await client.setStreamMetadata('post-1', { truncateBefore: 47 });
    expect(await revisions()).toEqual([47n, 48n, 49n]);
    await client.setStreamMetadata('post-1', { maxAge: 3600 });
    expect(await revisions()).toHaveLength(50);
    await client.setStreamMetadata('post-1', { maxAge: 0 });
    expect(await revisions()).toHaveLength(50);
    expect(await client.getStreamMetadata('post-1')).toMatchObject({ metadata: { maxAge: 0 } });
  });
});

describe('a stream whose events grow too old', () => {
  test('shows the young ones, however many old ones stand before them', async () => {
    const { client } = await tryServer();
    const revisions = async () => (await all(client.readStream('node-1'))).map(({ event }) => event?.revision);
    const anHourAgo = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
    await client.appendToStream(
      'node-1',
      Array.from({ length: 100 }, (_, n) => thing(n)),
    );
    anHourAgo.mockRestore();
    await client.setStreamMetadata('node-1', { maxAge: 60 });
    expect(await revisions()).toEqual([]);
    await client.appendToStream('node-1', thing(100));
    expect(await revisions()).toEqual([100n]);
    const following = followed(client.subscribeToStream('node-1'));
    await following.until('caught up');
    expect(following.told).toEqual(['node-1@100', 'caught up']);
  });
});

describe('reading $all', () => {
  test('gives all streams in the order of their positions, with gaps, and system events', async () => {
    const { client } = await tryServer();
    await client.appendToStream('post-1', [thing(1), thing(2)]);
    await client.appendToStream('post-2', [thing(3)]);
    const forwards = (await all(client.readAll())).map(shown);
    expect(forwards.map(({ streamId, revision }) => [streamId, revision])).toEqual([
      ['$$$scavenges', 0n],
      ['post-1', 0n],
      ['post-1', 1n],
      ['post-2', 0n],
    ]);
    const positions = forwards.map(({ position = 0n }) => position);
    expect(positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? 0n) + 1n)).toBe(
      true,
    );
    const backwards = await all(client.readAll({ direction: 'backwards', fromPosition: 'end' }));
    expect(backwards.map(shown)).toEqual([...forwards].reverse());
  });

  test('forwards from a position includes it, backwards does not', async () => {
    const { client } = await tryServer();
    await client.appendToStream('post-1', thing(1));
    const { position } = await client.appendToStream('post-1', thing(2));
    await client.appendToStream('post-1', thing(3));
    if (position === undefined) throw new Error('an append has a position');
    const forwards = await all(client.readAll({ fromPosition: position }));
    expect(forwards.map(({ event }) => event?.revision)).toEqual([1n, 2n]);
    const backwards = await all(client.readAll({ fromPosition: position, direction: 'backwards', maxCount: 1 }));
    expect(backwards.map(({ event }) => event?.revision)).toEqual([0n]);
  });

  test.each([
    ['24.2', 'Unexpected ReadAllResult: InvalidPosition', 'Unexpected FilteredReadAllResult: InvalidPosition'],
    ['23.10', 'Unexpected ReadAllResult: Error', 'Unexpected FilteredReadAllResult: Error'],
  ] as const)('from where no event is, is refused (%s)', async (version, details, filtered) => {
    const { client, server } = await tryServer({ version });
    const { position } = await client.appendToStream('post-1', [thing(1), thing(2)]);
    const commit = (position?.commit ?? 0n) - 1n;
    expect(await readRaw(server.port, commit)).toMatchObject({ code: status.UNKNOWN, details });
    expect(await readRaw(server.port, commit, 'post-')).toMatchObject({ code: status.UNKNOWN, details: filtered });
    for (const direction of ['forwards', 'backwards'] as const) {
      const wrong = { commit, prepare: commit };
      await expect(all(client.readAll({ fromPosition: wrong, direction }))).rejects.toMatchObject({
        type: 'unavailable',
        message: expect.not.stringMatching(/position/i),
      });
    }
  });

  test('from beyond the end there is nothing', async () => {
    const { client } = await tryServer();
    const { position } = await client.appendToStream('post-1', [thing(1), thing(2)]);
    const commit = position?.commit ?? 0n;
    const beyond = { commit: commit + 10_000n, prepare: commit + 10_000n };
    expect(await all(client.readAll({ fromPosition: beyond }))).toEqual([]);
  });

  test('shows what a filter lets pass: by stream or type, by prefix or pattern', async () => {
    const { client } = await tryServer();
    await client.appendToStream('post-1', thing(1));
    await client.appendToStream('vault-1', jsonEvent({ type: 'KeyMade.v1', data: {} }));
    await client.appendToStream('node-1', jsonEvent({ type: 'Told.v1', data: {} }));
    const streams = async (filter: Filter) =>
      (await all(client.readAll({ filter }))).map(({ event }) => event?.streamId);
    expect(await streams(streamNameFilter({ prefixes: ['vault-', 'post-'] }))).toEqual(['post-1', 'vault-1']);
    expect(await streams(streamNameFilter({ regex: '^(?!\\$|vault-|node-)' }))).toEqual(['post-1']);
    expect(await streams(eventTypeFilter({ prefixes: ['KeyMade'] }))).toEqual(['vault-1']);
    expect(await streams(eventTypeFilter({ regex: '\\.v1$' }))).toEqual(['post-1', 'vault-1', 'node-1']);
    expect(await streams(eventTypeFilter({ regex: '(?i)^told' }))).toEqual(['node-1']);
  });

  test('knows the patterns of .NET: ends of the text, groups that give nothing back, classes without some', async () => {
    const { client } = await tryServer();
    for (const stream of ['post-1', 'aaab', 'pq']) await client.appendToStream(stream, thing(1));
    const streams = async (regex: string) =>
      (await all(client.readAll({ filter: streamNameFilter({ regex }) }))).map(({ event }) => event?.streamId);
    expect(await streams('\\Apost')).toEqual(['post-1']);
    expect(await streams('1\\z')).toEqual(['post-1']);
    expect(await streams('^(?>a+)b')).toEqual(['aaab']);
    expect(await streams('^(?>a+)ab')).toEqual([]);
    expect(await streams('^[a-z-[p]]')).toEqual(['aaab']);
  });

  test('a wrong pattern is an error of no kind, one that cannot be translated is refused', async () => {
    const { server } = await tryServer();
    const thrown = { code: status.UNKNOWN, details: 'Exception was thrown by handler.' };
    expect(await readRaw(server.port, 0n, undefined, '(unclosed')).toMatchObject(thrown);
    expect(await readRaw(server.port, 0n, undefined, '\\p{IsThai}')).toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  test('keeps what its streams no longer show', async () => {
    const { client } = await tryServer();
    await client.appendToStream('post-1', [thing(1), thing(2)]);
    await client.setStreamMetadata('post-1', { maxCount: 1 });
    const shownIn = await all(client.readAll({ filter: streamNameFilter({ prefixes: ['post-'] }) }));
    expect(shownIn.map(({ event }) => event?.revision)).toEqual([0n, 1n]);
  });
});
