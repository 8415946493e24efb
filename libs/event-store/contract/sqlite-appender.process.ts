import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Appended, type ExpectedRevision, type NewEvent, StoreUnavailable } from '../port.ts';
import { openSqliteEventStore } from '../sqlite/event-store.ts';
import { newEvent, newStream } from './new-events.ts';

/**
 * A process that appends until it is killed, or as often as told: `FILE APPENDERS [APPENDS]`. It writes a line for each
 * acknowledged append: position, stream, revision and id of the event; or `refused REASON`.
 */
const [file = '', appenders = '1', appends = 'Infinity'] = process.argv.slice(2);
const store = await openSqliteEventStore({ file });
let left = Number(appends);

async function appendOn(): Promise<void> {
  const stream = newStream();
  for (let revision = -1n; left > 0; revision += 1n) {
    left -= 1;
    const id = randomUUID();
    const answer = await persist(stream, newEvent({ id }), revision < 0n ? 'no-stream' : revision);
    process.stdout.write(`${answer.position} ${stream} ${answer.revision} ${id}\n`);
  }
}

/** Repeats the append, every 20 ms, for as long as the log is unavailable. */
async function persist(stream: string, event: NewEvent, expected: ExpectedRevision): Promise<Appended> {
  for (; ; await setTimeout(20)) {
    try {
      return await store.append(stream, [event], expected);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      process.stdout.write(`refused ${error.reason}\n`);
    }
  }
}

await Promise.all(Array.from({ length: Number(appenders) }, appendOn));
await store.close();
