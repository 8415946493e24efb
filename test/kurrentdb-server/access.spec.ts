import { describe, expect, test } from '@jest/globals';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { followed } from './followed.ts';
import { all, thing, tryServer } from './tried-server.ts';

const KNOWN = { username: 'admin', password: 'changeit' };

describe('a server with TLS and credentials', () => {
  test('serves who trusts its certificate and knows name and password', async () => {
    const { client } = await tryServer({ tls: true, credentials: KNOWN });
    await client.appendToStream('post-1', thing(1));
    expect(await all(client.readStream('post-1'))).toHaveLength(1);
    const following = followed(client.subscribeToAll({ fromPosition: 'start' }));
    await following.until('post-1@0');
  });

  test('refuses another password, and none', async () => {
    const { client, server } = await tryServer({ tls: true, credentials: KNOWN });
    const wrong = { credentials: { username: 'admin', password: 'wrong' } };
    await expect(client.appendToStream('post-1', thing(1), wrong)).rejects.toMatchObject({ type: 'access-denied' });
    await expect(all(client.readStream('post-1', wrong))).rejects.toMatchObject({ type: 'access-denied' });
    const nameless = KurrentDBClient.connectionString(server.url.replace('admin:changeit@', ''));
    await expect(nameless.appendToStream('post-1', thing(1))).rejects.toMatchObject({ type: 'access-denied' });
    await expect(all(nameless.readStream('post-1'))).rejects.toMatchObject({ type: 'access-denied' });
    await nameless.dispose();
  });

  test('is not trusted without its certificate', async () => {
    const { server } = await tryServer({ tls: true, credentials: KNOWN });
    const stranger = KurrentDBClient.connectionString(server.url.replace(/&tlsCaFile=.*/, '&defaultDeadline=2000'));
    await expect(stranger.appendToStream('post-1', thing(1))).rejects.toThrow('UNAVAILABLE');
    await stranger.dispose();
  });

  test('keeps its certificate over a restart', async () => {
    const { client, restarted } = await tryServer({ tls: true, credentials: KNOWN });
    await client.appendToStream('post-1', thing(1));
    await restarted();
    expect(await all(client.readStream('post-1'))).toHaveLength(1);
  });
});

describe('a server that is not the leader', () => {
  const leader = { host: '127.0.0.1', port: 2113 };
  const refused = { type: 'not-leader', leader: { address: '127.0.0.1', port: 2113 } };

  test('refuses what requires one, and says who it is', async () => {
    const { client, server } = await tryServer({ faults: { noBatchAppend: true } });
    server.faults.set({ notLeader: leader });
    const required = { requiresLeader: true };
    await expect(client.appendToStream('post-1', thing(1), required)).rejects.toMatchObject(refused);
  });

  test('takes what does not; of the client, that is all but its reads', async () => {
    const { client, server } = await tryServer();
    server.faults.set({ notLeader: leader });
    await client.appendToStream('post-1', thing(1));
    const following = followed(client.subscribeToStream('post-1'));
    await following.until('post-1@0');
    await expect(all(client.readStream('post-1'))).rejects.toMatchObject(refused);
  });

  test('takes no write at all when it is read-only, on a batch stream neither', async () => {
    const { client, server } = await tryServer();
    await client.appendToStream('post-1', thing(1));
    server.faults.set({ readOnly: leader });
    await expect(client.appendToStream('post-1', thing(2))).rejects.toMatchObject(refused);
    expect(await all(client.readStream('post-1'))).toHaveLength(1);
  });
});

test('who looks for the cluster finds this node', async () => {
  const { server } = await tryServer();
  const client = KurrentDBClient.connectionString(`kurrentdb+discover://127.0.0.1:${server.port}?tls=false`);
  await client.appendToStream('post-1', thing(1));
  expect(await all(client.readStream('post-1'))).toHaveLength(1);
  await client.dispose();
});
