import { describe, expect, test } from '@jest/globals';
import { followed } from './followed.ts';
import { all, thing, tryServer } from './tried-server.ts';

/** Long enough for an answer that comes at once, in milliseconds; what is awaited beside it never comes. */
const A_WHILE = 300;

async function settlesWithin(milliseconds: number, promise: Promise<unknown>): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), milliseconds));
  const settled = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, late]);
}

describe('switches of the whole server', () => {
  test('silent: nothing is answered while it is on, and what was asked is done when it is off', async () => {
    const { client, server } = await tryServer();
    await client.appendToStream('post-1', thing(1));
    const following = followed(client.subscribeToAll({ fromPosition: 'end' }));
    await following.until('caught up');
    server.faults.set({ silent: true });
    const append = client.appendToStream('post-1', thing(2));
    const read = all(client.readStream('post-1'));
    expect(await settlesWithin(A_WHILE, Promise.race([append, read]))).toBe(false);
    server.faults.clear();
    await append;
    await read;
    await following.until('post-1@1');
    expect(following.told).toEqual(['caught up', 'post-1@1']);
  });

  test('delay: every answer waits', async () => {
    const { client, server } = await tryServer();
    await client.appendToStream('post-1', thing(1));
    server.faults.set({ delayMs: A_WHILE });
    const started = performance.now();
    await client.appendToStream('post-1', thing(2));
    expect(performance.now() - started).toBeGreaterThanOrEqual(A_WHILE);
  });

  test('refused connections: all is cut, and served again on the same port when it is off', async () => {
    const { client, server, another } = await tryServer();
    await client.appendToStream('post-1', thing(1));
    const following = followed(client.subscribeToAll({ fromPosition: 'end' }));
    await following.until('caught up');
    server.faults.set({ refuseConnections: true });
    await following.until('failed unavailable');
    await expect(another().appendToStream('post-1', thing(2))).rejects.toThrow('UNAVAILABLE');
    server.faults.clear();
    await server.settled();
    const later = another();
    await expect(later.appendToStream('post-1', thing(2), { streamState: 0n })).resolves.toMatchObject({
      success: true,
    });
  });
});

describe('switches of appends', () => {
  test('acknowledged never: recorded all the same, and answered when it is sent again', async () => {
    const { client, server } = await tryServer();
    server.faults.set({ acknowledge: { afterMs: 'never', times: 1 } });
    const event = thing(1);
    const lost = client.appendToStream('post-1', event, { streamState: 'no_stream' });
    expect(await settlesWithin(A_WHILE, lost)).toBe(false);
    expect(await all(client.readStream('post-1'))).toHaveLength(1);
    const again = await client.appendToStream('post-1', event, { streamState: 'no_stream' });
    expect(again).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(await all(client.readStream('post-1'))).toHaveLength(1);
  });

  test('acknowledged late: only that many times', async () => {
    const { client, server } = await tryServer();
    server.faults.set({ acknowledge: { afterMs: A_WHILE, times: 1 } });
    const started = performance.now();
    await client.appendToStream('post-1', thing(1));
    expect(performance.now() - started).toBeGreaterThanOrEqual(A_WHILE);
    expect(server.faults.settings).toEqual({});
  });

  test.each([
    ['clean', true, 1],
    ['clean', false, 0],
    ['error', true, 1],
    ['error', false, 0],
  ] as const)('the batch stream ends (%s) with the append recorded: %s', async (end, recorded, events) => {
    const { client, server, another } = await tryServer();
    server.faults.set({ batchStream: { end, recorded, times: 1 } });
    const lost = client.appendToStream('post-1', thing(1));
    if (end === 'error') await expect(lost).rejects.toMatchObject({ type: 'unavailable' });
    else expect(await settlesWithin(A_WHILE, lost)).toBe(false);
    const read = await all(client.readStream('post-1')).catch(() => []);
    expect(read).toHaveLength(events);
    await another().appendToStream('post-1', thing(2));
    expect(await all(client.readStream('post-1'))).toHaveLength(events + 1);
  });
});

describe('switches of subscriptions', () => {
  test.each([
    ['clean', 'ended'],
    ['error', 'failed unavailable'],
  ] as const)('they end (%s), and the next ones do not', async (end, word) => {
    const { client, server, another } = await tryServer();
    const following = followed(client.subscribeToAll({ fromPosition: 'end' }));
    await following.until('caught up');
    server.faults.set({ subscriptions: { end, times: 1 } });
    await following.until(word);
    expect(following.told).toEqual(['caught up', word]);
    const next = followed(another().subscribeToAll({ fromPosition: 'end' }));
    await next.until('caught up');
  });

  test('they end after some further events', async () => {
    const { client, server } = await tryServer();
    server.faults.set({ subscriptions: { end: 'clean', afterEvents: 2, times: 1 } });
    const following = followed(client.subscribeToAll({ fromPosition: 'end' }));
    await following.until('caught up');
    await client.appendToStream('post-1', [thing(1), thing(2), thing(3)]);
    await following.until('ended');
    expect(following.told).toEqual(['caught up', 'post-1@0', 'post-1@1', 'ended']);
  });

  test('they fall silent and stay open, while others go on', async () => {
    const { client, server } = await tryServer();
    const deaf = followed(client.subscribeToAll({ fromPosition: 'end' }));
    await deaf.until('caught up');
    server.faults.set({ subscriptions: { end: 'silence', times: 1 } });
    const other = followed(client.subscribeToAll({ fromPosition: 'end' }));
    await other.until('caught up');
    await client.appendToStream('post-1', thing(1));
    await other.until('post-1@0');
    expect(deaf.told).toEqual(['caught up']);
  });

  test.each([
    ['twice', ['post-1@0', 'post-1@0', 'post-1@1', 'post-1@1', 'post-1@2', 'post-1@2']],
    ['older-again', ['post-1@0', 'post-1@1', 'post-1@0', 'post-1@2', 'post-1@1']],
    ['swapped', ['post-1@1', 'post-1@0', 'post-1@2']],
  ] as const)('they deliver %s', async (deliveries, told) => {
    const { client, server } = await tryServer();
    const following = followed(client.subscribeToAll({ fromPosition: 'end' }));
    await following.until('caught up');
    server.faults.set({ deliveries });
    await client.appendToStream('post-1', [thing(1), thing(2), thing(3)]);
    await following.events(told.length);
    expect(following.told).toEqual(['caught up', ...told]);
  });
});
