import { type EventStore, eventLine, type RecordedEvent, StoreUnavailable } from '../../libs/event-store/index.ts';
import { DomainError } from '../../libs/kernel/index.ts';
import { keptRoot, newestKept } from '../../libs/log-tree/index.ts';
import {
  isSameKey,
  openKeyChange,
  orNull,
  parseNote,
  RootBuilder,
  sameHash,
  type Verifier,
  verifierKey,
} from '../../libs/transparency/index.ts';
import type { LogKeys, RecordedChange } from '../acts/proving/log-keys.ts';
import { streams } from '../commands/streams.ts';
import { ConfigError } from '../config.ts';

type Log = Pick<EventStore, 'readStream' | 'readAll'>;

/** The places that tell what key the log was signed with until now. */
export interface SignedLog {
  readonly log: Log;
  /** The tree's folder, with the kept checkpoints. */
  readonly dir: string;
}

/** The changes of the log's key that both keys signed, oldest first. Throws StoreUnavailable. */
export async function readChanges(log: Pick<EventStore, 'readStream'>): Promise<readonly RecordedChange[]> {
  const changes: RecordedChange[] = [];
  for await (const event of log.readStream(streams.logKey())) changes.push(...changeIn(event));
  return changes;
}

/**
 * Refuses a key that the log was not signed with: its last change of the key decides, or else the newest kept
 * checkpoint. A checkpoint that this key signed and that was altered since does not prove another key. Any key may be a
 * log's first. Gives the changes. Throws ConfigError, which says what to do, and StoreUnavailable.
 */
export async function mustFollow(key: Verifier, { log, dir }: SignedLog): Promise<readonly RecordedChange[]> {
  const changes = await readChanges(log);
  const last = changes.at(-1);
  if (last !== undefined && isSameKey(last.change.to, key)) return changes;
  if (last !== undefined && (await isOfThisLog(last, { log, dir }))) throw otherKey(verifierKey(last.change.to));
  const { other } = newestKept(dir, [key]);
  if (other !== null) throw otherKey(namesUnder(other.note));
  return changes;
}

function otherKey(before: string): ConfigError {
  return new ConfigError(
    `AUDIT_KEY: the log is signed with the key ${before}, and this is another. Put that one back; or, to change the key so that checkpoints of before stay good, end every server of this forum and run: colloquy audit-key rotate (docs/OPERATIONS.md, "The signed log")`,
  );
}

/**
 * A copy of a log at another place is a log of its own with a key of its own, so the first log's words about its key do
 * not apply. The tree beside the log knows its roots; where there is no tree yet, the log is read.
 */
async function isOfThisLog({ change: { checkpoint } }: RecordedChange, { log, dir }: SignedLog): Promise<boolean> {
  const root = keptRoot(dir, checkpoint.size) ?? (await rootOf(log, checkpoint.size));
  return root !== null && sameHash(root, checkpoint.root);
}

/** Null for a shorter log. */
async function rootOf(log: Log, size: number): Promise<Uint8Array | null> {
  const tree = new RootBuilder();
  if (size > 0) {
    for await (const event of log.readAll({ limit: size })) tree.add(Buffer.from(eventLine(event)));
  }
  return tree.size === size ? tree.root() : null;
}

function namesUnder(note: string): string {
  return parseNote(note)
    .signatures.map(({ name, keyId }) => `${name}+${keyId}`)
    .join(', ');
}

function changeIn({ position, recordedAt, data }: RecordedEvent): readonly RecordedChange[] {
  const note: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'note') : null;
  if (typeof note !== 'string') return [];
  const change = orNull(() => openKeyChange(note));
  return change === null ? [] : [{ position, at: recordedAt, note, change }];
}

/**
 * A server's knowledge of its log's keys: nothing is signed until its own key is known to continue from the earlier
 * ones.
 */
export class CheckedKeys implements LogKeys {
  readonly #check: () => Promise<readonly RecordedChange[]>;
  readonly #own: () => Verifier;
  readonly #refused = Promise.withResolvers<StoreUnavailable>();
  #known: readonly RecordedChange[] | undefined;
  #checking: Promise<void> | undefined;

  /** `check` reaches the log and does `mustFollow`; `own` is the key that signs, once the log is reached. */
  constructor(check: () => Promise<readonly RecordedChange[]>, own: () => Verifier) {
    this.#check = check;
    this.#own = own;
  }

  /** All keys that have signed, the present one first. Throws like `changes`. */
  get all(): readonly Verifier[] {
    return [this.#own(), ...this.changes.flatMap(({ change: { from, to } }) => [from, to])];
  }

  /**
   * Resolves when a log that was away at the start turns out to be signed with another key: then nothing may be signed.
   */
  get refused(): Promise<StoreUnavailable> {
    return this.#refused.promise;
  }

  /** Throws DomainError `storage_unavailable` until they are known. */
  get changes(): readonly RecordedChange[] {
    if (this.#known !== undefined) return this.#known;
    this.check().catch((error: unknown) => {
      if (error instanceof ConfigError) this.#refused.resolve(new StoreUnavailable('corrupt', error.message));
    });
    throw new DomainError('storage_unavailable', 'The key that the log is signed with is not known yet.');
  }

  /** Throws as `mustFollow`. */
  check(): Promise<void> {
    this.#checking ??= this.#check()
      .then((changes) => {
        this.#known = changes;
      })
      .finally(() => {
        this.#checking = undefined;
      });
    return this.#checking;
  }
}
