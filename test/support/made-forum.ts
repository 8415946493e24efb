import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newEvent, newStream } from '../../libs/event-store/contract/new-events.ts';
import { type EventStore, type NewEvent, openSqliteEventStore } from '../../libs/event-store/index.ts';
import { type ErasingVault, openSqliteVault } from '../../libs/vault/index.ts';
import { loadSecrets } from '../../src/composition/secrets.ts';

const AT_ONCE = 64;
/** Every so many comments one is erased. */
const ERASED_OF = 10;

/** The data directory of a forum of so many comments, each sealed with a key of its own, edited, and some erased. */
export async function makeForum(comments: number): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'colloquy-made-'));
  loadSecrets({ dataDir, sessionSecret: null });
  const store = await openSqliteEventStore({ file: join(dataDir, 'log.db') });
  const vault = await openSqliteVault({ file: join(dataDir, 'vault.db'), poolSize: 64 });
  await addComments(store, vault, comments);
  await store.close();
  await vault.close();
  return dataDir;
}

/** Three events for each comment: posted and held in one append, edited in another. */
export async function addComments(store: EventStore, vault: ErasingVault, comments: number): Promise<void> {
  for (let start = 0; start < comments; start += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, comments - start) }, (_, index) => start + index);
    await Promise.all(numbers.map((number) => addComment(store, vault, number)));
  }
}

async function addComment(store: EventStore, vault: ErasingVault, number: number): Promise<void> {
  const stream = newStream();
  const key = await vault.takeKey();
  const sealed = async (event: NewEvent): Promise<NewEvent> => {
    const personal = { source: `Bình luận ${number}` };
    return { ...event, sealed: await vault.seal(key, personal, { ...event, stream }) };
  };
  const posted = await sealed(newEvent({ data: { number, ข้อ: [0.1, null] } }));
  const held = newEvent({ type: 'CommentHeld.v1', data: { reasons: ['links'] }, causationId: posted.id });
  await store.append(stream, [posted, held], 'no-stream');
  const edited = await sealed(newEvent({ type: 'CommentEdited.v1' }));
  await store.append(stream, [edited], 1n);
  if (number % ERASED_OF === 0) await vault.destroy(key);
}
