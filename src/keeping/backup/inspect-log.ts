import { ChainedDigest, eventLine, openSqliteEventStore, type RecordedEvent } from '../../../libs/event-store/index.ts';
import type { Position } from '../../../libs/kernel/index.ts';
import { type KeyStore, keyIdIn } from '../../../libs/vault/index.ts';
import { BackupFault } from './backup-fault.ts';

export interface InspectOptions {
  readonly file: string;
  /** The vault that should open what is sealed; null to look at the log alone. */
  readonly keys: KeyStore | null;
  /** The last position to look at; all unless told. */
  readonly until?: Position;
  /** Called for each event without a key in the vault, with the key's id where the event names one. */
  readonly onUnreadable?: (event: RecordedEvent, keyId: string | undefined) => Promise<void>;
  /** Told how many events of all were read. */
  readonly onProgress?: (done: number, all: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface Inspected {
  readonly events: number;
  readonly position: Position;
  readonly digest: string;
  readonly unreadable: number;
}

/** Reads a log from its first event on, keeping one page of it. Throws BackupFault for a gap, StoreUnavailable. */
export async function inspectLog(options: InspectOptions): Promise<Inspected> {
  const log = await openSqliteEventStore({ file: options.file, readOnly: true });
  try {
    const until = options.until ?? (await log.head());
    const digest = new ChainedDigest();
    let unreadable = 0;
    for await (const event of log.readAll()) {
      if (event.position > until) break;
      options.signal?.throwIfAborted();
      digest.add(eventLine(event));
      if (event.position !== BigInt(digest.count)) {
        throw new BackupFault(`${options.file}: position ${event.position} stands where ${digest.count} should`);
      }
      if (!(await isReadable(event, options))) unreadable += 1;
      options.onProgress?.(digest.count, Number(until));
    }
    return { events: digest.count, position: BigInt(digest.count), digest: digest.hex(), unreadable };
  } finally {
    await log.close();
  }
}

async function isReadable(event: RecordedEvent, { keys, onUnreadable }: InspectOptions): Promise<boolean> {
  if (event.sealed === null || keys === null) return true;
  const id = keyIdIn(event.sealed);
  if (id !== undefined && (await keys.stateOf(id)) !== 'unknown') return true;
  await onUnreadable?.(event, id);
  return false;
}
