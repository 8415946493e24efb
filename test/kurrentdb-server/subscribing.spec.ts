import { describe, expect, test } from '@jest/globals';
import { type Position, streamNameFilter } from '@kurrent/kurrentdb-client';
import { followed } from './followed.ts';
import { thing, tryServer } from './tried-server.ts';

const FORUM = { regex: '^(?!\\$|vault-|node-)' };

describe('a subscription to $all', () => {
  test('tells what is there, that it caught up, and then what comes', async () => {
    const { client } = await tryServer();
    await client.appendToStream('post-1', [thing(1), thing(2)]);
    const following = followed(client.subscribeToAll({ fromPosition: 'start' }));
    await following.until('caught up');
    await client.appendToStream('post-2', thing(3));
    await following.until('post-2@0');
    expect(following.told).toEqual(['$$$scavenges@0', 'post-1@0', 'post-1@1', 'caught up', 'post-2@0']);
  });

  test('begins after the position that is named', async () => {
    const { client } = await tryServer();
    const { position } = await client.appendToStream('post-1', thing(1));
    if (position === undefined) throw new Error('an append has a position');
    await client.appendToStream('post-1', thing(2));
    const following = followed(client.subscribeToAll({ fromPosition: position }));
    await following.until('caught up');
    expect(following.told).toEqual(['post-1@1', 'caught up']);
  });

  test('from the end tells only what comes', async () => {
    const { client } = await tryServer();
    await client.appendToStream('post-1', thing(1));
    const following = followed(client.subscribeToAll({ fromPosition: 'end' }));
    await following.until('caught up');
    await client.appendToStream('post-1', thing(2));
    await following.until('post-1@1');
    expect(following.told).toEqual(['caught up', 'post-1@1']);
  });

  test('from where no event is, is refused', async () => {
    const { client } = await tryServer();
    const { position } = await client.appendToStream('post-1', [thing(1), thing(2)]);
    const commit = (position?.commit ?? 0n) - 1n;
    const following = followed(client.subscribeToAll({ fromPosition: { commit, prepare: commit } }));
    await following.until('failed unknown');
    expect(following.told).toEqual(['failed unknown']);
  });

  test('with a filter tells those that pass, and checkpoints by how many it looked at', async () => {
    const { client } = await tryServer();
    const forum = await client.appendToStream('post-1', thing(0));
    await client.appendToStream(
      'node-1',
      Array.from({ length: 100 }, (_, n) => thing(n)),
    );
    const checkpoints: Position[] = [];
    const filter = streamNameFilter({
      ...FORUM,
      maxSearchWindow: 10,
      checkpointInterval: 2,
      checkpointReached: async (_subscription, position) => {
        checkpoints.push(position);
      },
    });
    const following = followed(client.subscribeToAll({ fromPosition: 'start', filter }));
    await following.until('caught up');
    expect(following.told).toEqual(['post-1@0', 'caught up']);
    const whileCatchingUp = checkpoints.length;
    expect(whileCatchingUp).toBe(6);
    expect(checkpoints.every(({ commit }) => commit >= (forum.position?.commit ?? 0n))).toBe(true);
    const resumed = followed(client.subscribeToAll({ fromPosition: checkpoints[2] ?? 'start', filter }));
    await resumed.until('caught up');
    expect(resumed.told).toEqual(['caught up']);
  });

  test('tells live checkpoints of events that do not pass, and none while nothing comes', async () => {
    const { client } = await tryServer();
    const checkpoints: Position[] = [];
    const filter = streamNameFilter({
      ...FORUM,
      maxSearchWindow: 5,
      checkpointReached: async (_subscription, position) => {
        checkpoints.push(position);
      },
    });
    const following = followed(client.subscribeToAll({ fromPosition: 'start', filter }));
    await following.until('caught up');
    const before = checkpoints.length;
    let fifth: Position | undefined;
    for (let n = 1; n <= 7; n += 1) {
      const { position } = await client.appendToStream('node-1', thing(n));
      if (n === 5) fifth = position;
    }
    await client.appendToStream('post-1', thing(8));
    await following.until('post-1@0');
    expect(checkpoints.slice(before)).toEqual([fifth]);
  });

  test('shows a tombstone, and metadata, to who follows by prefix', async () => {
    const { client } = await tryServer();
    const filter = streamNameFilter({ prefixes: ['vault-', '$$vault-'] });
    const following = followed(client.subscribeToAll({ fromPosition: 'start', filter }));
    await client.appendToStream('vault-1', thing(1));
    await client.setStreamMetadata('vault-1', { maxCount: 1 });
    await client.tombstoneStream('vault-1');
    await following.until(`vault-1@${2n ** 63n - 1n}`);
    expect(following.told.filter((word) => word !== 'caught up')).toEqual([
      'vault-1@0',
      '$$vault-1@0',
      `vault-1@${2n ** 63n - 1n}`,
    ]);
  });

  test('that gets more at once than it holds catches up, without a word of having fallen behind', async () => {
    const { client } = await tryServer();
    const following = followed(client.subscribeToAll({ fromPosition: 'end' }));
    await following.until('caught up');
    await client.appendToStream(
      'post-1',
      Array.from({ length: 100 }, (_, n) => thing(n)),
    );
    await following.until('caught up', 2);
    expect(following.told).toEqual(['caught up', ...Array.from({ length: 100 }, (_, n) => `post-1@${n}`), 'caught up']);
  });

  test('many at once all see all, in the same order', async () => {
    const { client } = await tryServer();
    const followers = Array.from({ length: 10 }, () => followed(client.subscribeToAll({ fromPosition: 'end' })));
    await Promise.all(followers.map((following) => following.until('caught up')));
    await Promise.all(Array.from({ length: 50 }, (_, n) => client.appendToStream(`post-${n}`, thing(n))));
    await Promise.all(followers.map((following) => following.events(50)));
    const events = followers.map(({ told }) => told.filter((word) => word.includes('@')).join());
    expect(new Set(events).size).toBe(1);
  });
});

describe('a subscription to a stream', () => {
  test('begins after the revision that is named, and goes on', async () => {
    const { client } = await tryServer();
    await client.appendToStream('post-1', [thing(1), thing(2), thing(3)]);
    const following = followed(client.subscribeToStream('post-1', { fromRevision: 0n }));
    await following.until('caught up');
    await client.appendToStream('post-2', thing(4));
    await client.appendToStream('post-1', thing(5));
    await following.until('post-1@3');
    expect(following.told).toEqual(['post-1@1', 'post-1@2', 'caught up', 'post-1@3']);
  });

  test('that is not there waits for it', async () => {
    const { client } = await tryServer();
    const following = followed(client.subscribeToStream('post-1', { fromRevision: 'start' }));
    await client.appendToStream('post-2', thing(0));
    await client.appendToStream('post-1', thing(1));
    await following.until('caught up');
    expect(following.told).toEqual(['post-1@0', 'caught up']);
  });

  test('ends with an error when the stream gets its tombstone, and is refused after that', async () => {
    const { client } = await tryServer();
    await client.appendToStream('post-1', thing(1));
    const following = followed(client.subscribeToStream('post-1', { fromRevision: 'end' }));
    await following.until('caught up');
    await client.tombstoneStream('post-1');
    await following.until('failed stream-deleted');
    const late = followed(client.subscribeToStream('post-1'));
    await late.until('failed stream-deleted');
  });
});
