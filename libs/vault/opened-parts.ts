import type { EventBatch, LogReader, LogSource, RecordedEvent } from '../event-store/index.ts';
import { isErased } from '../kernel/index.ts';
import { openServerKeyStore } from './key-servers.ts';
import type { KeyStore } from './keys.ts';
import { SealBroken } from './port.ts';
import { openSqliteKeyStore } from './sqlite/key-store.ts';

/** Seals that are opened together; a server's answers overlap. */
const AT_ONCE = 32;

const parts = new WeakMap<RecordedEvent, object | null>();

/**
 * The personal part of an event that an `openingReader` gave; null where there is none, where its key was destroyed, and
 * where nothing opens it. Throws Error for an event that was read otherwise.
 */
export function openedPartOf(event: RecordedEvent): object | null {
  const part = parts.get(event);
  if (part === undefined) throw new Error(`what is sealed in ${event.type} was not opened when the log was read`);
  return part;
}

/** An event that is read as a newer version has the opened part of the stored one. */
export function keepOpened(stored: RecordedEvent, current: RecordedEvent): void {
  const part = parts.get(stored);
  if (part !== undefined) parts.set(current, part);
}

/**
 * The same log, whose events of these types are given out with their sealed parts opened, for a fold that cannot wait
 * (`openedPartOf`). The vault is opened with the first such event. Reading throws StoreUnavailable when the keys are away.
 */
export function openingReader(
  log: LogReader,
  openVault: () => Promise<Opener>,
  types: readonly string[],
): LogReader & { closeKeys(): Promise<void> } {
  const wanted = new Set(types);
  let vault: Promise<Opener> | null = null;
  const open = async (events: readonly RecordedEvent[]): Promise<void> => {
    const sealed = events.filter(({ type }) => wanted.has(type));
    for (let start = 0; start < sealed.length; start += AT_ONCE) {
      vault ??= openVault().catch((error: unknown) => {
        vault = null;
        throw error;
      });
      const keys = await vault;
      const some = sealed.slice(start, start + AT_ONCE);
      const opening = (): readonly Promise<void>[] => some.map((event) => openPart(event, keys));
      await Promise.all(keys.together?.(opening) ?? opening());
    }
  };
  const closeKeys = async (): Promise<void> => {
    await vault?.then((opened) => opened.close()).catch(() => undefined);
    vault = null;
  };
  return {
    head: () => log.head(),
    ...(log.sealedAt && { sealedAt: log.sealedAt.bind(log) }),
    subscribe: (options) => batchesOf(log.subscribe(options), open),
    readAll: (options) => eventsOf(log.readAll(options), open),
    closeKeys,
    close: async () => {
      await log.close();
      await closeKeys();
    },
  };
}

/** What opens seals: a vault, or the keys of one that another thread has open. */
type Opener = Pick<KeyStore, 'open' | 'close' | 'together'>;

/**
 * The keys of a log that another thread has opened, for reading alone, since two that write one file of keys harm it. Null
 * where the thread was not told of them. Throws StoreUnavailable.
 */
export function keysBeside(source: LogSource): Promise<Opener> | null {
  if ('url' in source) return openServerKeyStore({ url: source.url });
  const { vaultFile: file } = source;
  return file === undefined ? null : Promise.resolve(openSqliteKeyStore({ file, readOnly: true }));
}

async function openPart(event: RecordedEvent, keys: Opener): Promise<void> {
  parts.set(event, await partOf(event, keys));
}

async function partOf(event: RecordedEvent, vault: Pick<Opener, 'open'>): Promise<object | null> {
  if (event.sealed === null) return null;
  try {
    const opened = await vault.open(event.sealed, event);
    return isErased(opened) ? null : opened;
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

async function* batchesOf(
  batches: AsyncIterable<EventBatch>,
  open: (events: readonly RecordedEvent[]) => Promise<void>,
): AsyncGenerator<EventBatch> {
  for await (const batch of batches) {
    await open(batch.events);
    yield batch;
  }
}

async function* eventsOf(
  events: AsyncIterable<RecordedEvent>,
  open: (events: readonly RecordedEvent[]) => Promise<void>,
): AsyncGenerator<RecordedEvent> {
  for await (const event of events) {
    await open([event]);
    yield event;
  }
}
