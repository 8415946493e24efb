import type { EventStore, RecordedEvent } from '../../libs/event-store/index.ts';
import { versionsUpTo } from '../../libs/kernel/index.ts';
import type { Role } from '../../libs/words/index.ts';
import { composed } from '../../libs/words/index.ts';
import { glancesOf, looksOfName, readingsOf, withoutUnseen } from '../domain/member/look-alikes.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

const KEY_DESTROYED = versionsUpTo('KeyDestroyed.v1');
const TYPES = ['MemberRegistered.v2', 'MemberRolesChanged.v1', 'MemberRenamed.v1', 'MemberErased.v1'].flatMap(
  versionsUpTo,
);
/** A handle as people write it in a text; a name that begins so is read as somebody's handle. */
const AS_HANDLE = /^@([\p{L}\p{M}\p{N}_.-]+)/u;

/** The looks of the names of a member who holds a role, also at a glance. */
interface RoleHolder {
  readonly handle: readonly string[];
  readonly names: readonly string[];
}

const NOBODY: RoleHolder = { handle: [], names: [] };

/** The names of a member; undefined for an erased one. */
export type NamesOf = (memberId: string) => Promise<MemberNames | undefined>;

interface MemberNames {
  readonly handle: string;
  readonly displayName: string;
}

/**
 * The looks of all members' handles, and of all names of members who hold a role. The log is read once, at the first
 * question, and later from where reading stopped. Display names are sealed; they are opened at the first question about
 * them, and again after a change.
 */
export class KnownNames {
  readonly #store: EventStore;
  readonly #namesOf: NamesOf;
  readonly #holders = new Map<string, string>();
  /** The same by what the handles look like at a glance. */
  readonly #glances = new Map<string, string>();
  /** Role holders by member id; null until the names are opened. */
  readonly #ofRoles = new Map<string, RoleHolder | null>();
  #from = 0n;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: EventStore, namesOf: NamesOf) {
    this.#store = store;
    this.#namesOf = namesOf;
  }

  /**
   * Whether the handle is read as another member's; for a role holder's handle, whether it looks the
   * same at a glance.
   */
  isLookAlike(handle: string, memberId: string): Promise<boolean> {
    const glances = glancesOf(handle);
    return this.#inTurn(async () => {
      if (this.#isOfAnother(handle, memberId)) return true;
      const holders = await this.#otherRoleHolders(memberId);
      return holders.some((holder) => holder.handle.some((glance) => glances.includes(glance)));
    });
  }

  /**
   * Whether a display name passes for another member: for the name or handle of a role holder, or, written with @, for
   * anybody's handle. Other people may share a name.
   */
  passesForAnother(displayName: string, memberId: string): Promise<boolean> {
    const asHandle = AS_HANDLE.exec(composed(withoutUnseen(displayName), 'NFKC').trim())?.[1];
    const looks = [...looksOfName(displayName), ...glancesOf(displayName)];
    return this.#inTurn(async () => {
      if (asHandle !== undefined && this.#isOfAnother(asHandle, memberId)) return true;
      const holders = await this.#otherRoleHolders(memberId);
      return holders.some(({ names }) => names.some((look) => looks.includes(look)));
    });
  }

  /** Whether a name looks at a glance like anybody's handle, which is asked of guests, since readers take them for the member. */
  isHandleAtAGlance(name: string): Promise<boolean> {
    const glances = glancesOf(name);
    return this.#inTurn(async () => glances.some((glance) => this.#glances.has(glance)));
  }

  #isOfAnother(handle: string, memberId: string): boolean {
    return readingsOf(handle).some((look) => (this.#holders.get(look) ?? memberId) !== memberId);
  }

  #otherRoleHolders(memberId: string): Promise<readonly RoleHolder[]> {
    const others = [...this.#ofRoles.keys()].filter((id) => id !== memberId);
    return Promise.all(others.map((id) => this.#roleHolder(id)));
  }

  async #roleHolder(memberId: string): Promise<RoleHolder> {
    const known = this.#ofRoles.get(memberId);
    if (known) return known;
    const names = await this.#namesOf(memberId);
    const holder = names === undefined ? NOBODY : looksOf(names);
    this.#ofRoles.set(memberId, holder);
    return holder;
  }

  /** Answers one question after the other, each with everything recorded before it. */
  #inTurn<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
    const answered = this.#turn.then(() => this.#readOn()).then(answer);
    this.#turn = answered.catch(() => undefined);
    return answered;
  }

  async #readOn(): Promise<void> {
    const filter = { types: [...TYPES, ...KEY_DESTROYED], streamPrefixes: [streams.member(''), streams.key('')] };
    for await (const event of this.#store.readAll({ after: this.#from, filter })) {
      this.#learn(event);
      this.#from = event.position;
    }
  }

  #learn(event: RecordedEvent): void {
    if (KEY_DESTROYED.includes(event.type)) {
      for (const memberId of this.#ofRoles.keys()) this.#ofRoles.set(memberId, null);
      return;
    }
    const fact = decoders.member.read(event);
    const { memberId } = fact.data;
    if (fact.type === 'MemberRegistered.v2') {
      for (const look of readingsOf(fact.data.handle)) {
        if (!this.#holders.has(look)) this.#holders.set(look, memberId);
      }
      for (const glance of glancesOf(fact.data.handle)) {
        if (!this.#glances.has(glance)) this.#glances.set(glance, memberId);
      }
      this.#hasRoles(memberId, fact.data.roles);
    } else if (fact.type === 'MemberErased.v1') this.#forget(memberId);
    else if (fact.type === 'MemberRolesChanged.v1') this.#hasRoles(memberId, fact.data.roles);
    else if (this.#ofRoles.has(memberId)) this.#ofRoles.set(memberId, null);
  }

  /** The handle of an erased member is free for others. */
  #forget(memberId: string): void {
    this.#ofRoles.delete(memberId);
    for (const looks of [this.#holders, this.#glances]) {
      for (const [look, holder] of looks) if (holder === memberId) looks.delete(look);
    }
  }

  #hasRoles(memberId: string, roles: readonly Role[]): void {
    if (roles.some((role) => role !== 'member')) this.#ofRoles.set(memberId, null);
    else this.#ofRoles.delete(memberId);
  }
}

function looksOf({ handle, displayName }: MemberNames): RoleHolder {
  const names = [handle, displayName].flatMap((name) => [...looksOfName(name), ...glancesOf(name)]);
  return { handle: glancesOf(handle), names };
}
