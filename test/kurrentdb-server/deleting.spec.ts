import { describe, expect, test } from '@jest/globals';
import { all, shown, thing, tryServer } from './tried-server.ts';

const GREATEST = 2n ** 63n - 1n;

describe('a tombstone', () => {
  test('ends a stream for ever: it can be neither read nor written', async () => {
    const { client } = await tryServer();
    await client.appendToStream('vault-1', thing(1));
    const { position } = await client.tombstoneStream('vault-1', { expectedRevision: 0n });
    const deleted = { type: 'stream-deleted', streamName: 'vault-1' };
    await expect(all(client.readStream('vault-1'))).rejects.toMatchObject(deleted);
    await expect(client.appendToStream('vault-1', thing(2))).rejects.toMatchObject(deleted);
    await expect(client.appendToStream('vault-1', thing(2), { streamState: 'no_stream' })).rejects.toMatchObject(
      deleted,
    );
    await expect(client.tombstoneStream('vault-1')).rejects.toMatchObject(deleted);
    await expect(client.deleteStream('vault-1')).rejects.toMatchObject(deleted);
    const [last] = await all(client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 }));
    expect(last === undefined ? undefined : shown(last)).toMatchObject({
      streamId: 'vault-1',
      revision: GREATEST,
      type: '$streamDeleted',
      position: position?.commit,
    });
  });

  test('can be set where no stream ever was', async () => {
    const { client } = await tryServer();
    await client.tombstoneStream('vault-1', { expectedRevision: 'no_stream' });
    await expect(client.appendToStream('vault-1', thing(1))).rejects.toMatchObject({ type: 'stream-deleted' });
  });

  test('of another revision than expected is refused', async () => {
    const { client } = await tryServer();
    await client.appendToStream('vault-1', [thing(1), thing(2)]);
    await expect(client.tombstoneStream('vault-1', { expectedRevision: 0n })).rejects.toMatchObject({
      type: 'wrong-expected-version',
      streamName: 'vault-1',
      expectedState: 0n,
      actualState: 1n,
    });
    expect(await all(client.readStream('vault-1'))).toHaveLength(2);
  });
});

describe('a soft delete', () => {
  test('hides what a stream holds until it is written again, with its next revision', async () => {
    const { client } = await tryServer();
    await client.appendToStream('post-1', [thing(1), thing(2)]);
    await client.deleteStream('post-1');
    await expect(all(client.readStream('post-1'))).rejects.toMatchObject({ type: 'stream-not-found' });
    await expect(client.appendToStream('post-1', thing(3), { streamState: 'stream_exists' })).rejects.toMatchObject({
      type: 'stream-deleted',
    });
    await client.appendToStream('post-1', thing(3), { streamState: 'no_stream' });
    expect((await all(client.readStream('post-1'))).map(({ event }) => event?.revision)).toEqual([2n]);
  });

  test('is taken back by new metadata, which keeps hidden what was deleted', async () => {
    const { client } = await tryServer();
    await client.appendToStream('post-1', [thing(1), thing(2)]);
    await client.deleteStream('post-1');
    await client.setStreamMetadata('post-1', { maxCount: 5 });
    expect(await client.getStreamMetadata('post-1')).toMatchObject({ metadata: { maxCount: 5, truncateBefore: 2 } });
    expect(await all(client.readStream('post-1'))).toEqual([]);
  });

  test('shows in $all as metadata, and leaves the events there', async () => {
    const { client } = await tryServer();
    await client.appendToStream('post-1', thing(1));
    await client.deleteStream('post-1');
    const events = (await all(client.readAll())).map(shown);
    expect(events.map(({ streamId, type }) => [streamId, type])).toEqual([
      ['$$$scavenges', '$metadata'],
      ['post-1', 'ThingDone.v1'],
      ['$$post-1', '$metadata'],
    ]);
  });

  test('of a stream that never was is refused', async () => {
    const { client } = await tryServer();
    await expect(client.deleteStream('post-1')).rejects.toMatchObject({
      type: 'wrong-expected-version',
      streamName: 'post-1',
    });
  });
});
