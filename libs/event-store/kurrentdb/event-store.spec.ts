import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKurrentDbServer } from '../../../test/kurrentdb-server/server.ts';
import { describeEventStore, type OpenedLog } from '../contract/event-store.contract.ts';
import { openKurrentEventStore } from './event-store.ts';

describeEventStore('KurrentDB protocol', async (): Promise<OpenedLog> => {
  const dir = await mkdtemp(join(tmpdir(), 'colloquy-kurrentdb-'));
  const server = await startKurrentDbServer({ dir });
  const store = await openKurrentEventStore({ url: server.url });
  return {
    store,
    another: () => openKurrentEventStore({ url: server.url }),
    eventsRead: () => store.stats().eventsRead,
    held: () => store.stats().openSubscriptions,
    dispose: async () => {
      await store.close();
      await server.close();
      await rm(dir, { recursive: true });
    },
  };
});
