import { randomUUID } from 'node:crypto';
import { openSqliteEventStore } from '../sqlite/event-store.ts';
import { newEvent, newStream } from './new-events.ts';

/**
 * A process that appends until it is killed, or as often as it is told: `FILE APPENDERS [APPENDS]`.
 * Writes a line for each acknowledged append: position, stream, revision, id of the event.
 */
const [file = '', appenders = '1', appends = 'Infinity'] = process.argv.slice(2);
const store = await openSqliteEventStore({ file });
let left = Number(appends);

async function appendOn(): Promise<void> {
  const stream = newStream();
  for (let revision = -1n; left > 0; revision += 1n) {
    left -= 1;
    const id = randomUUID();
    const answer = await store.append(stream, [newEvent({ id })], revision < 0n ? 'no-stream' : revision);
    process.stdout.write(`${answer.position} ${stream} ${answer.revision} ${id}\n`);
  }
}

await Promise.all(Array.from({ length: Number(appenders) }, appendOn));
await store.close();
