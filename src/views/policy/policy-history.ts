import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { PolicyVersion, SentRule } from '../../../libs/client/index.ts';
import {
  EVENT_STORE,
  type EventStore,
  type NumberedStreams,
  newestNumbered,
  numberedEvent,
  type RecordedEvent,
} from '../../../libs/event-store/index.ts';
import { Slices } from '../../../libs/kernel/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { FIRST_POLICY, type PolicySet, wholePolicy } from '../../domain/policy/policy.events.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { newest } from '../newest.ts';
import { openText, readability } from '../sealed-text.ts';
import { isOneOf, type StoredOf } from '../stored.ts';
import type { PolicyHead } from './policy.query-types.ts';

const EVENT_TYPES = ['PolicySet.v1'] as const;
/** The heads in memory: some hundred bytes each, with their notes still sealed. */
const MOST_HEADS = 1_000;

/** A version without its rules. */
type KeptHead = Pick<StoredOf<'PolicySet.v1'>, 'stream' | 'id' | 'type' | 'sealed' | 'actor' | 'occurredAt'> & {
  readonly version: number;
  readonly restores: number | null;
};

const FIRST: PolicyVersion = {
  version: 0,
  rules: sent(FIRST_POLICY),
  note: null,
  restores: null,
  setBy: null,
  setAt: null,
};

/** The versions of the policy, read from the log, where each is a stream of one event. A version may be some megabytes long. */
@Injectable()
export class PolicyHistory {
  readonly #streams: NumberedStreams;
  readonly #vault: Vault;
  readonly #members: MemberDirectory;
  readonly #heads = new LRUCache<number, KeptHead>({ max: MOST_HEADS });
  #newest = 0;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(VAULT) vault: Vault,
    @Inject(MemberDirectory) members: MemberDirectory,
  ) {
    this.#streams = { store, nameOf: (version) => `policy-${version}` };
    this.#vault = vault;
    this.#members = members;
  }

  /** The number of the version in force. */
  async newest(): Promise<number> {
    const found = await newestNumbered(this.#streams, this.#newest);
    this.#newest = Math.max(this.#newest, found?.number ?? 0);
    return this.#newest;
  }

  /** Null for a version that does not exist. */
  async version(version: number): Promise<PolicyVersion | null> {
    if (version === 0) return FIRST;
    const event = await this.#event(version);
    return event && { ...(await this.#opened(this.#keep(event))), rules: sent(wholePolicy(event.data.policy)) };
  }

  /** The version without its rules, read once. */
  async head(version: number): Promise<PolicyHead | null> {
    if (version === 0) return FIRST;
    const kept = this.#heads.get(version);
    if (kept !== undefined) return this.#opened(kept);
    const event = await this.#event(version);
    return event && this.#opened(this.#keep(event));
  }

  async #event(version: number): Promise<StoredOf<'PolicySet.v1'> | null> {
    const stored = await numberedEvent(this.#streams, version);
    const event: RecordedEvent | null = stored && newest(stored);
    return event !== null && isOneOf(event, EVENT_TYPES) ? event : null;
  }

  #keep({ stream, id, type, sealed, actor, occurredAt, data }: StoredOf<'PolicySet.v1'>): KeptHead {
    const { version, restores } = data;
    const head = { stream, id, type, sealed, actor, occurredAt, version, restores };
    this.#heads.set(version, head);
    return head;
  }

  async #opened({ version, restores, actor, occurredAt: setAt, sealed, ...at }: KeptHead): Promise<PolicyHead> {
    const note = await openText(this.#vault, sealed && Buffer.from(sealed), at, 'note');
    return {
      version,
      restores,
      setBy: await this.#members.author(actor),
      setAt,
      note: note.text,
      ...readability(note),
    };
  }
}

/** Each rule as plain fields, whichever rule it is. */
function sent({ rules }: PolicySet['data']['policy']): readonly SentRule[] {
  return rules.map((rule) => ({ ...rule }));
}

/** Versions downwards from one, in turns of the event loop, until `isFull` says that those read are enough. */
export async function downwards<Version>(
  from: number,
  read: (version: number) => Promise<Version | null>,
  isFull: (versions: readonly Version[]) => boolean,
): Promise<{ readonly versions: readonly Version[]; readonly next: number | null }> {
  const slices = new Slices();
  const versions: Version[] = [];
  for (let version = from; version >= 0; version -= 1) {
    if (isFull(versions)) return { versions, next: version + 1 };
    await slices.pause();
    const found = await read(version);
    if (found !== null) versions.push(found);
  }
  return { versions, next: null };
}
