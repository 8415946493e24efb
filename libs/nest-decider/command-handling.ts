import { setTimeout as pause } from 'node:timers/promises';
import { type EventStore, type NewEvent, WrongExpectedRevision } from '../event-store/index.ts';
import { type Command, type Decider, DomainError, deriveId, type Fact, type Json, trusted } from '../kernel/index.ts';
import type { DataKey, Vault } from '../vault/index.ts';
import type { Decoder } from './decode.ts';
import type { Commands, Recorded } from './recorded.ts';
import { inForumWords } from './store-faults.ts';
import { type Loaded, StreamFolds } from './stream-folds.ts';
import { Turns } from './turns.ts';

const MOST_ATTEMPTS = 6;
const LONGEST_PAUSE_MS = 20;

/** The needs of the commands of one kind of stream besides their decider. */
export interface Handling<State, C extends Command, F extends Fact, Needed> {
  readonly decider: Decider<State, C, F, Needed>;
  readonly decoder: Decoder<F>;
  readonly stream: (command: C) => string;
  /** Facts from elsewhere; asked again at each attempt, with the state that the decision will see. */
  readonly needs: (command: C, state: State) => Promise<Needed>;
  /**
   * True for a command that mostly starts its stream: it is decided and appended without reading first. Its decider
   * recognises a repeat by its contents, so the same id with other contents is refused.
   */
  readonly starts?: (command: C) => boolean;
  /** The actor of a fact when it is not the command's sender: the policy, which decides on members' texts. */
  readonly actor?: (fact: F) => string | undefined;
  /** Facts whose personal part the rules do not use: it is not opened. */
  readonly ignores?: readonly F['type'][];
  /** True where each personal part has a key of its own, so that one is destroyed while others stay; otherwise a stream has one. */
  readonly keyForEach?: boolean;
  /** A command that must be recorded before this one, in another stream; sent when this one was allowed. */
  readonly first?: (command: C, needed: Needed) => Command | undefined;
}

/** The events that the same command has recorded in the stream already. */
interface Before {
  readonly events: number;
  readonly position: bigint;
}

/** Load, decide, seal, append, and again when somebody else was faster: the only way in which anything is recorded. */
export class CommandHandling<State, C extends Command, F extends Fact, Needed> {
  readonly #handling: Handling<State, C, F, Needed>;
  readonly #folds: StreamFolds<State, F>;
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #commands: Commands;
  readonly #turns = new Turns();

  constructor(handling: Handling<State, C, F, Needed>, tools: { store: EventStore; vault: Vault; commands: Commands }) {
    const { decider: folding, decoder, ignores = [] } = handling;
    this.#handling = handling;
    this.#folds = new StreamFolds(tools, { folding, decoder, ignores });
    this.#store = tools.store;
    this.#vault = tools.vault;
    this.#commands = tools.commands;
  }

  /** Throws DomainError: the decider's, `conflict` after six attempts in vain, `erased`, `storage_unavailable`. */
  async handle(command: C): Promise<Recorded> {
    try {
      const starts = this.#handling.starts?.(command) === true;
      return (starts ? await this.#start(command) : null) ?? (await this.#change(command, starts));
    } catch (error) {
      throw inForumWords(error);
    }
  }

  /** Null when the stream exists already, or the command is refused as its start: then the stream is read. */
  async #start(command: C): Promise<Recorded | null> {
    try {
      const recorded = await this.#decide(command, this.#folds.nothing());
      return recorded.repeated ? null : recorded;
    } catch (error) {
      if (error instanceof WrongExpectedRevision || error instanceof DomainError) return null;
      throw error;
    }
  }

  async #change(command: C, starts: boolean): Promise<Recorded> {
    const stream = this.#handling.stream(command);
    if (!this.#turns.isWaitedFor(stream)) {
      const recorded = await this.#attempt(command, starts);
      if (recorded !== null) return recorded;
    }
    // A command that sends another first keeps nobody waiting meanwhile: the other one's line might lead back here.
    if (this.#handling.first !== undefined) return this.#again(command, starts);
    return this.#turns.take(stream, () => this.#again(command, starts));
  }

  async #again(command: C, starts: boolean): Promise<Recorded> {
    for (let attempt = 2; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const recorded = await this.#attempt(command, starts);
      if (recorded !== null) return recorded;
      await pause(Math.random() * LONGEST_PAUSE_MS);
    }
    throw new DomainError('conflict', 'Too many changes at once; try again.', [], 1);
  }

  /** Null when somebody else was faster. */
  async #attempt(command: C, starts: boolean): Promise<Recorded | null> {
    const loaded = await this.#folds.load(this.#handling.stream(command));
    const before = recordedBefore(command, loaded.positionOf);
    if (before.events > 0 && !starts) return alreadyRecorded(before.position, loaded.revision);
    try {
      return await this.#decide(command, loaded, before.events);
    } catch (error) {
      if (error instanceof WrongExpectedRevision) return null;
      throw error;
    }
  }

  async #decide(command: C, loaded: Loaded<State>, firstIndex = 0): Promise<Recorded> {
    const { decider, needs, first, stream } = this.#handling;
    const { position, revision } = loaded;
    const needed = await needs(command, loaded.state);
    const facts = decider.decide(command, loaded.state, needed);
    if (facts.length === 0) return alreadyRecorded(position, revision);
    const before = first?.(command, needed);
    if (before !== undefined) await this.#commands.execute(before);
    const events = await this.#seal(command, facts, { firstIndex, key: loaded.key });
    const appended = await this.#store.append(stream(command), events, revision < 0n ? 'no-stream' : revision);
    return { ...appended, facts: appended.repeated ? [] : facts };
  }

  async #seal(
    command: C,
    facts: readonly F[],
    at: { firstIndex: number; key: DataKey | null },
  ): Promise<readonly NewEvent[]> {
    const { commandId, now: occurredAt, correlationId, causationId } = command.meta;
    const stream = this.#handling.stream(command);
    const events: NewEvent[] = [];
    let { key } = at;
    for (const fact of facts) {
      const { type, data, personal } = fact;
      const actor = this.#handling.actor?.(fact) ?? command.meta.actor;
      const id = deriveId(commandId, at.firstIndex + events.length);
      let sealed: Uint8Array | null = null;
      if (personal !== null) {
        if (key === null || this.#handling.keyForEach === true) key = await this.#vault.takeKey();
        sealed = await this.#vault.seal(key, personal, { stream, type, id });
      }
      events.push({ id, type, data: asJson(data), sealed, occurredAt, actor, correlationId, causationId });
    }
    return events;
  }
}

function alreadyRecorded(position: bigint, revision: bigint): Recorded {
  return { position, revision, repeated: true, facts: [] };
}

/** Events of a command have ids by their index; a name that was reserved, released and is reserved again goes on counting. */
function recordedBefore({ meta }: Command, positionOf: Loaded<unknown>['positionOf']): Before {
  let events = 0;
  let position = 0n;
  for (let at = positionOf(deriveId(meta.commandId, 0)); at !== undefined; ) {
    position = at;
    events += 1;
    at = positionOf(deriveId(meta.commandId, events));
  }
  return { events, position };
}

function asJson(data: object): Json {
  if (Object.getPrototypeOf(data) === Object.prototype) return trusted<Json>(data);
  throw new TypeError('the data of an event is a plain object');
}
