import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventStore, type OpenedLog } from '../contract/event-store.contract.ts';
import { openSqliteEventStore } from './event-store.ts';

async function openLog(): Promise<OpenedLog> {
  const directory = await mkdtemp(join(tmpdir(), 'colloquy-log-'));
  const file = join(directory, 'log.db');
  const store = await openSqliteEventStore({ file, pollMs: 20 });
  return {
    store,
    another: () => openSqliteEventStore({ file, pollMs: 20 }),
    eventsRead: () => store.stats().eventsRead,
    held: () => store.stats().openSubscriptions + process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
    dispose: async () => {
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
}

describeEventStore('SQLite', openLog);
