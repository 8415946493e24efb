import { type EventStore } from '../../libs/event-store/index.ts';
import { inForumWords } from '../../libs/nest-decider/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import { type MemberState, memberDecider } from '../domain/member/member.decider.ts';
import type { Role } from '../domain/member/member.events.ts';
import { handleName } from '../domain/reservation/names.ts';
import { reservationDecider } from '../domain/reservation/reservation.decider.ts';
import { decoders } from './decoders.ts';
import { emailStream } from './email-name.ts';
import type { EmailKey } from './ports.ts';
import { streams } from './streams.ts';

const LONGEST_LOGIN = 254;

/** What signing in needs to know, read from the log itself, so that it works the moment after registering. */
export interface KnownMember {
  readonly memberId: string;
  readonly handle: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly locale: string;
  /** argon2id in PHC form. */
  readonly passwordHash: string;
}

/** Finds members by what they sign in with. Throws DomainError storage_unavailable. */
export class MemberLookup {
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #emailKey: EmailKey;

  constructor(store: EventStore, vault: Vault, emailKey: EmailKey) {
    this.#store = store;
    this.#vault = vault;
    this.#emailKey = emailKey;
  }

  /** By handle or e-mail address, in any case and normal form; undefined for one that signs nobody in. */
  async byLogin(login: string): Promise<KnownMember | undefined> {
    const text = login.trim();
    if (text === '' || text.length > LONGEST_LOGIN) return undefined;
    const name = text.includes('@') ? emailStream(text, this.#emailKey()) : handleName(text);
    const holder = await this.#holderOf(name);
    return holder === null ? undefined : this.byId(holder);
  }

  /** Undefined for one who never came to be, or was erased. */
  async byId(memberId: string): Promise<KnownMember | undefined> {
    try {
      let state: MemberState = memberDecider.initial();
      for await (const event of this.#store.readStream(streams.member(memberId))) {
        state = memberDecider.evolve(state, await decoders.member.open(event, this.#vault));
      }
      return known(state);
    } catch (error) {
      throw inForumWords(error);
    }
  }

  async #holderOf(name: string): Promise<string | null> {
    try {
      let state = reservationDecider.initial();
      for await (const event of this.#store.readStream(name)) {
        state = reservationDecider.evolve(state, await decoders.reservation.open(event, this.#vault));
      }
      return state.holder;
    } catch (error) {
      throw inForumWords(error);
    }
  }
}

function known({ memberId, handle, displayName, roles, locale, passwordHash }: MemberState): KnownMember | undefined {
  if (memberId === null || typeof displayName !== 'string' || typeof passwordHash !== 'string') return undefined;
  return { memberId, handle, displayName, roles, locale, passwordHash };
}
