import { randomUUID } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { LRUCache } from 'lru-cache';
import type { EventStore, RecordedEvent } from '../event-store/index.ts';
import { type Fact, isErased, isUnreadable, type Remembered, Slices } from '../kernel/index.ts';
import { type DataKey, KeyGone, keyIdIn, type Vault } from '../vault/index.ts';
import type { Decoder } from './decode.ts';

/** Events since a fold was kept after which it is kept anew: shorter streams are read whole each time. */
const MANY = 32;
/** The most bytes kept of all streams of one kind. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Of an event's id and position, about. */
const BYTES_OF_ID = 150;
/** The type under which a kept state is sealed; no event has it. */
const SEALED_AS = 'KeptFold';

/** How the events of one kind of stream become what its rules know. */
export interface Folding<State, F extends Fact> {
  readonly initial: () => State;
  readonly evolve: (state: State, fact: Remembered<F>) => State;
}

/** A stream as it was read. The state is the caller's own. */
export interface Loaded<State> {
  readonly state: State;
  /** Of the newest event; 0n and -1n for a stream without events. */
  readonly position: bigint;
  readonly revision: bigint;
  /** The key of the stream's personal parts. */
  readonly key: DataKey | null;
  /** Where an event of the stream stands, by its id. */
  readonly positionOf: (id: string) => bigint | undefined;
}

interface Kept extends Omit<Loaded<never>, 'state' | 'positionOf'> {
  /** The state, serialized; sealed with the stream's key as soon as anything personal may be in it. */
  readonly bytes: Uint8Array;
  /** Null for what holds nothing personal. */
  readonly sealedFor: string | null;
  readonly ids: ReadonlyMap<string, bigint>;
}

/** Of one fold over one log: many handlers share it. */
type KeptFolds = LRUCache<string, Kept>;

const known = new WeakMap<EventStore, WeakMap<object, KeptFolds>>();

/** The kept states of streams that are folded so, for one log. */
export function keptFoldsOf<State, F extends Fact>(store: EventStore, folding: Folding<State, F>): KeptFolds {
  const ofStore = known.get(store) ?? new WeakMap<object, KeptFolds>();
  known.set(store, ofStore);
  const kept: KeptFolds =
    ofStore.get(folding) ??
    new LRUCache({ maxSize: MOST_BYTES, sizeCalculation: ({ bytes, ids }) => bytes.length + ids.size * BYTES_OF_ID });
  ofStore.set(folding, kept);
  return kept;
}

/**
 * Reads streams completely, each time as current as the log. The fold of a long stream is kept between two reads, and
 * the next one continues from there. It is sealed with the stream's own key, so nothing personal outlives that key:
 * where the key was destroyed, in whatever process, the stream is read from its first event again.
 */
export class StreamFolds<State, F extends Fact> {
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #folding: Folding<State, F>;
  readonly #decoder: Decoder<F>;
  readonly #ignored: ReadonlySet<string>;
  readonly #kept: KeptFolds;

  constructor(
    { store, vault }: { readonly store: EventStore; readonly vault: Vault },
    source: {
      readonly folding: Folding<State, F>;
      readonly decoder: Decoder<F>;
      readonly ignores?: readonly F['type'][];
    },
  ) {
    this.#store = store;
    this.#vault = vault;
    this.#folding = source.folding;
    this.#decoder = source.decoder;
    this.#ignored = new Set(source.ignores);
    this.#kept = keptFoldsOf(store, source.folding);
  }

  /** As of a stream without events. */
  nothing(): Loaded<State> {
    return new Reading(this.#folding.initial(), null);
  }

  /** Throws UnknownEventType, SealBroken, StoreUnavailable. */
  async load(stream: string): Promise<Loaded<State>> {
    const reading = await this.#begin(stream);
    const slices = new Slices();
    for await (const event of this.#store.readStream(stream, reading.revision + 1n)) {
      await slices.pause();
      const fact = await this.#decoder.open(event, this.#vault, this.#ignored);
      reading.add(event, fact.personal);
      reading.state = this.#folding.evolve(reading.state, fact);
    }
    if (reading.added.size >= MANY) await this.#keep(stream, reading);
    return reading;
  }

  async #begin(stream: string): Promise<Reading<State>> {
    const kept = this.#kept.get(stream);
    if (kept !== undefined) {
      const bytes = await this.#opened(stream, kept);
      if (bytes !== null) return new Reading<State>(deserialize(bytes), kept);
      this.#kept.delete(stream);
    }
    return new Reading(this.#folding.initial(), null);
  }

  async #keep(stream: string, { state, position, revision, ...reading }: Reading<State>): Promise<void> {
    if (!reading.mayBeKept) return;
    const sealedFor = reading.isPersonal ? randomUUID() : null;
    const bytes = await this.#sealed(stream, { key: reading.key, sealedFor, bytes: serialize(state) });
    const ids = new Map([...reading.idsBefore, ...reading.added]);
    if (bytes !== null) this.#kept.set(stream, { position, revision, key: reading.key, bytes, sealedFor, ids });
  }

  /** Null when the key was destroyed meanwhile. */
  async #sealed(
    stream: string,
    { key, sealedFor: id, bytes }: Pick<Kept, 'key' | 'sealedFor' | 'bytes'>,
  ): Promise<Uint8Array | null> {
    if (id === null || key === null) return bytes;
    try {
      const state = Buffer.from(bytes).toString('base64');
      return await this.#vault.seal(key, { state }, { stream, type: SEALED_AS, id });
    } catch (error) {
      if (error instanceof KeyGone) return null;
      throw error;
    }
  }

  /** Null when it does not open any more. */
  async #opened(stream: string, { bytes, sealedFor: id }: Kept): Promise<Uint8Array | null> {
    if (id === null) return bytes;
    const opened = await this.#vault.open(bytes, { stream, type: SEALED_AS, id });
    return 'state' in opened && typeof opened.state === 'string' ? Buffer.from(opened.state, 'base64') : null;
  }
}

class Reading<State> implements Loaded<State> {
  state: State;
  position = 0n;
  revision = -1n;
  key: DataKey | null = null;
  /** Something was opened that must disappear with a destroyed key. */
  isPersonal = false;
  /** One key seals all of it, and all of it could be read. */
  mayBeKept = true;
  readonly idsBefore: ReadonlyMap<string, bigint>;
  readonly added = new Map<string, bigint>();

  constructor(state: State, kept: Kept | null) {
    this.state = state;
    this.idsBefore = kept?.ids ?? new Map();
    if (kept === null) return;
    const { position, revision, key, sealedFor } = kept;
    Object.assign(this, { position, revision, key, isPersonal: sealedFor !== null });
  }

  readonly positionOf = (id: string): bigint | undefined => this.added.get(id) ?? this.idsBefore.get(id);

  add({ id, position, revision, sealed }: RecordedEvent, personal: object | null): void {
    this.position = position;
    this.revision = revision;
    this.added.set(id, position);
    if (sealed === null) return;
    // A seal whose head was altered names no key.
    const keyId = keyIdIn(sealed);
    if (keyId !== undefined) this.key ??= { id: keyId };
    if (isUnreadable(personal) || keyId !== this.key?.id) this.mayBeKept = false;
    if (!isErased(personal)) this.isPersonal = true;
  }
}
