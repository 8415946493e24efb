import { randomUUID } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore, StoreUnavailable } from '../../../libs/event-store/index.ts';
import { TreeWriter } from '../../../libs/log-tree/tree-writer.ts';
import { openSqliteVault } from '../../../libs/vault/index.ts';
import { acknowledgement, DISK_FAILED } from './trace.ts';

/**
 * A program that writes as the forum does: `FOLDER TRACE GROUPS END`. Each group is many events at once, each sealed with a key of its own;
 * what is acknowledged is added to the trace. END is `close` or `drop`. When the disk has failed it says so, and is killed before it writes
 * anything more: an exit would wait for threads that may be loading.
 */
const [dir = '', trace = '', groups = '1', end = 'close'] = process.argv.slice(2);
const EVENTS = 6;
const CHAINS = 3;
const KEYS = 64;

const told = openSync(trace, 'a');

function failed(reason: unknown): never {
  if (!(reason instanceof StoreUnavailable) || reason.reason !== 'disk-failed') throw reason;
  stopped();
}

function stopped(): never {
  writeSync(1, DISK_FAILED);
  process.kill(process.pid, 'SIGKILL');
  throw new Error('the program was killed, and goes on');
}

const store = await openSqliteEventStore({ file: join(dir, 'log.db'), checkpointEvents: 50, onFault: failed }).catch(
  failed,
);
const vault = await openSqliteVault({ file: join(dir, 'vault.db'), poolSize: KEYS, onFault: failed }).catch(failed);
const tree = new TreeWriter(join(dir, 'tree'));

async function append(): Promise<string> {
  const id = randomUUID();
  const stream = `comment-${id}`;
  const type = 'CommentPosted.v1';
  const sealed = await vault.seal(await vault.takeKey(), { id }, { id, stream, type });
  const event = { id, type, data: { text: 'x'.repeat(700) }, sealed };
  const rest = { occurredAt: '2015-10-09T08:07:06.005Z', actor: 'member-1', correlationId: id, causationId: null };
  await store.append(stream, [{ ...event, ...rest }], 'no-stream');
  return id;
}

/** Several go on at once, so that commits come while others wait. */
async function chain(groups: number): Promise<void> {
  for (let left = groups; left > 0; left -= 1) {
    const ids = await Promise.all(Array.from({ length: EVENTS }, append));
    writeSync(told, acknowledgement(ids));
  }
}

async function grow(): Promise<void> {
  for await (const { events } of store.subscribe({ after: tree.position })) {
    tree.add(events);
    tree.sync();
  }
}

try {
  const growing = grow();
  const chains = Array.from({ length: CHAINS }, () => chain(Number(groups)));
  await Promise.race([Promise.all(chains), growing]);
  if (end === 'drop') process.kill(process.pid, 'SIGKILL');
  await store.close();
  await growing;
  tree.close();
  await vault.close();
  closeSync(told);
} catch (error) {
  const isTreeFault = error instanceof Error && 'syscall' in error;
  if (!isTreeFault) failed(error);
  stopped();
}
