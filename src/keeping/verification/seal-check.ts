import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { isErased } from '../../../libs/kernel/index.ts';
import { destroyedKeyIn, type KeyStore, keyIdIn, SealBroken, sealVersionOf } from '../../../libs/vault/index.ts';
import type { DataInput, DataLog } from './data-input.ts';
import { reasonIn } from './findings.ts';

/** Events that are named one by one, of each kind of fault. */
const MOST_NAMED = 10;

/** The seals of a log, and whether each opens. */
export interface SealsFound {
  /** Seals of version 1 do not commit to their text: see docs/AUDIT.md. */
  readonly version1: number;
  readonly version2: number;
  /** Seals whose key was destroyed by an event of the log. */
  readonly erased: number;
  readonly faults: readonly string[];
}

/**
 * Opens every seal of a log. Each must open, or have a key that an event destroyed; anything else is a fault that names
 * the event. An obstacle to the check is a fault, too. Throws the signal's reason.
 */
export async function checkSeals(log: DataLog | null, { openKeys, signal }: DataInput): Promise<SealsFound> {
  const seals = new Seals();
  if (log === null) return seals.found(['no seal was opened, since the log cannot be read']);
  let keys: KeyStore | undefined;
  try {
    keys = await openKeys();
    for await (const event of log.readAll()) {
      signal.throwIfAborted();
      await seals.check(event, keys);
    }
    return seals.found(await seals.unfinished(keys));
  } catch (error) {
    signal.throwIfAborted();
    return seals.found([`the seals could not all be opened: ${reasonIn(error)}`]);
  } finally {
    await keys?.close();
  }
}

interface Gone {
  readonly first: string;
  count: number;
}

class Seals {
  readonly #counts = { version1: 0, version2: 0 };
  /** Keys that events destroyed, with the positions of these. */
  readonly #destroyed = new Map<string, bigint>();
  /** Keys that are gone, with what they sealed. */
  readonly #gone = new Map<string, Gone>();
  readonly #broken: string[] = [];
  #brokenCount = 0;

  async check(event: RecordedEvent, keys: KeyStore): Promise<void> {
    const destroyed = destroyedKeyIn(event);
    if (destroyed !== null) this.#destroyed.set(destroyed, event.position);
    if (event.sealed === null) return;
    const version = sealVersionOf(event.sealed);
    if (version !== undefined) this.#counts[`version${version}`] += 1;
    try {
      if (isErased(await keys.open(event.sealed, event))) this.#isGone(keyIdIn(event.sealed) ?? '', event);
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      this.#brokenCount += 1;
      if (this.#broken.length < MOST_NAMED)
        this.#broken.push(`the seal of ${placeOf(event)} does not open: ${error.message}`);
    }
  }

  /** Keys that an event destroyed and the vault still has. */
  async unfinished(keys: KeyStore): Promise<readonly string[]> {
    const faults: string[] = [];
    for (const [id, position] of this.#destroyed) {
      if ((await keys.stateOf(id)) !== 'kept') continue;
      faults.push(
        `the vault still has key ${id}, which the event at position ${position} destroyed: the next start of the forum destroys it`,
      );
    }
    return named(faults, faults.length);
  }

  found(further: readonly string[]): SealsFound {
    const taken = [...this.#gone].filter(([id]) => !this.#destroyed.has(id));
    const erased = [...this.#gone]
      .filter(([id]) => this.#destroyed.has(id))
      .reduce((sum, [, { count }]) => sum + count, 0);
    const faults = taken
      .slice(0, MOST_NAMED)
      .map(
        ([id, { first, count }]) =>
          `key ${id} is gone, and no event of the log destroyed it: ${first}${count === 1 ? '' : `, and ${count - 1} more of its events,`} cannot be read. Somebody took the key away; or it was erased by a program from before destructions were recorded, which the log cannot show`,
      );
    return {
      ...this.#counts,
      erased,
      faults: [...named(this.#broken, this.#brokenCount), ...named(faults, taken.length), ...further],
    };
  }

  #isGone(id: string, event: RecordedEvent): void {
    const gone = this.#gone.get(id);
    if (gone === undefined) this.#gone.set(id, { first: placeOf(event), count: 1 });
    else gone.count += 1;
  }
}

function named(faults: readonly string[], count: number): readonly string[] {
  const shown = faults.slice(0, MOST_NAMED);
  return count > shown.length ? [...shown, `and ${count - shown.length} more like the last`] : shown;
}

function placeOf({ position, type, stream }: RecordedEvent): string {
  return `the event at position ${position} (${type}, ${stream})`;
}

/** For people, in a few lines. */
export function sealLines({ version1, version2, erased }: SealsFound): readonly string[] {
  const lines = [`seals:         ${version1 + version2}, of which ${erased} were erased by an event of the log`];
  if (version1 === 0) return lines;
  return [
    ...lines,
    `               ${version1} of them are of version 1: the log holds the forum to their bytes, which may open as more than one text (docs/AUDIT.md)`,
  ];
}
