import type { EventStore, RecordedEvent } from '../../libs/event-store/index.ts';
import { isErased, mailboxOf, Slices, versionsUpTo } from '../../libs/kernel/index.ts';
import { inForumWords } from '../../libs/nest-decider/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import { decoders } from './decoders.ts';
import type { EmailNames } from './email-name.ts';
import { streams } from './streams.ts';

/** A guest's comment whose letter went to a mailbox. */
export interface GuestLetter {
  readonly commentId: string;
  /** Milliseconds since 1970, by the log's clock. */
  readonly at: number;
}

interface FoundLetter extends GuestLetter {
  /** The keyed hash. */
  readonly mailbox: string;
}

/** How long a letter is remembered: the limits of letters reach no further. */
const REMEMBERED_MS = 3_600_000;

/**
 * The letters to guests of the last hour, on whichever node they were asked for, by the keyed hash of their mailbox. It is
 * in memory alone: the log has the address sealed, and only while the comment waits. The log is read once, at the first
 * question, and later from where reading stopped.
 */
export class GuestLetters {
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #names: EmailNames;
  /** In the order of the log. */
  #recent: readonly FoundLetter[] = [];
  #from = 0n;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(log: { readonly store: EventStore; readonly vault: Vault }, names: EmailNames) {
    this.#store = log.store;
    this.#vault = log.vault;
    this.#names = names;
  }

  /** The oldest first, as current as the log. Throws DomainError storage_unavailable. */
  async sentTo(email: string, now: number): Promise<readonly GuestLetter[]> {
    const mailbox = this.#hashOf(email);
    const read = this.#turn.then(() => this.#readOn(now));
    this.#turn = read.catch(() => undefined);
    await read;
    return this.#recent.filter((letter) => letter.mailbox === mailbox);
  }

  #hashOf(email: string): string {
    return this.#names.hidden(mailboxOf(email));
  }

  /** Other requests are heard between the events. */
  async #readOn(now: number): Promise<void> {
    const slices = new Slices();
    const since = now - REMEMBERED_MS;
    const filter = { types: versionsUpTo('GuestCommentSent.v1'), streamPrefixes: [streams.guest('')] };
    const came: FoundLetter[] = [];
    try {
      for await (const event of this.#store.readAll({ after: this.#from, filter })) {
        await slices.pause();
        const letter = await this.#letterIn(event, since);
        if (letter !== null) came.push(letter);
        this.#from = event.position;
      }
    } catch (error) {
      throw inForumWords(error);
    } finally {
      this.#recent = [...this.#recent, ...came].filter(({ at }) => at > since);
    }
  }

  /** Null for one that is older, or whose comment was confirmed and moved, or forgotten. */
  async #letterIn(event: RecordedEvent, since: number): Promise<FoundLetter | null> {
    const at = Date.parse(event.recordedAt);
    if (at <= since) return null;
    const fact = await decoders.guest.open(event, this.#vault);
    if (fact.type !== 'GuestCommentSent.v1' || isErased(fact.personal)) return null;
    return { commentId: fact.data.commentId, at, mailbox: this.#hashOf(fact.personal.email) };
  }
}
