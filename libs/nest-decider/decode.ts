import type { RecordedEvent } from '../event-store/index.ts';
import {
  ERASED,
  type EventEnvelope,
  type Fact,
  type Remembered,
  type StoredFact,
  trusted,
  type Upcasters,
  upcast,
  type WithoutPersonal,
} from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';

const NONE: ReadonlySet<string> = new Set();

/** The log holds a type that this program does not know: a newer program wrote it, or the stream is another kind's. */
export class UnknownEventType extends Error {
  override readonly name = 'UnknownEventType';

  constructor({ type, stream, position }: RecordedEvent) {
    super(`${stream} holds an event of the unknown type ${type} at position ${position}`);
  }
}

/**
 * Reads events of one kind of stream back as facts in their newest versions. The contents are trusted as written,
 * since only deciders write them, and the golden files hold every stored version to what is read here.
 */
export class Decoder<F extends Fact> {
  readonly #types: ReadonlySet<string>;
  readonly #upcasters: Upcasters;

  /** `types` are the newest versions, all of F's. */
  constructor(types: readonly string[], upcasters: Upcasters = {}) {
    this.#types = new Set(types);
    this.#upcasters = upcasters;
  }

  /**
   * Opens the personal part, or gives ERASED where its key was destroyed, and for the newest types that are `ignored`.
   * Throws UnknownEventType, SealBroken.
   */
  async open(event: RecordedEvent, vault: Vault, ignored: ReadonlySet<string> = NONE): Promise<Remembered<F>> {
    const fact = { ...(await this.#opened(event, vault, ignored)), envelope: envelopeOf(event) };
    this.#mustKnow(fact, event);
    return trusted<Remembered<F>>(fact);
  }

  /** Without looking at its personal part. Throws UnknownEventType. */
  read(event: RecordedEvent): WithoutPersonal<F> {
    const { type, data } = this.#newest(event, null);
    const fact = { type, data, envelope: event };
    this.#mustKnow(fact, event);
    return trusted<WithoutPersonal<F>>(fact);
  }

  async #opened(event: RecordedEvent, vault: Vault, ignored: ReadonlySet<string>): Promise<StoredFact> {
    if (event.sealed === null) return this.#newest(event, null);
    const unopened = ignored.size > 0 ? this.#newest(event, null) : null;
    if (unopened !== null && ignored.has(unopened.type)) return { ...unopened, personal: ERASED };
    return this.#newest(event, await vault.open(event.sealed, event));
  }

  #newest(event: RecordedEvent, personal: object | null): StoredFact {
    return upcast({ type: event.type, data: event.data, personal }, this.#upcasters);
  }

  #mustKnow({ type }: { readonly type: string }, event: RecordedEvent): void {
    if (!this.#types.has(type)) throw new UnknownEventType(event);
  }
}

function envelopeOf(event: RecordedEvent): EventEnvelope {
  const { id, stream, revision, position, recordedAt, occurredAt, actor, correlationId, causationId } = event;
  return { id, stream, revision, position, recordedAt, occurredAt, actor, correlationId, causationId };
}
