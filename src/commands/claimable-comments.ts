import type { EventStore, RecordedEvent } from '../../libs/event-store/index.ts';
import { emailIdentity, isErased, Slices, versionsUpTo } from '../../libs/kernel/index.ts';
import { inForumWords } from '../../libs/nest-decider/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import { decoders } from './decoders.ts';
import type { EmailNames } from './email-name.ts';
import { streams } from './streams.ts';

/** A comment that nobody of the forum has written, by its address. */
export interface ClaimableComment {
  readonly commentId: string;
  /** The kind of the import; null for a guest's. */
  readonly source: string | null;
}

const POSTED = versionsUpTo('CommentPosted.v1');
const LEAVING = ['CommentClaimed.v1', 'CommentErased.v1', 'KeyDestroyed.v1'].flatMap(versionsUpTo);

/**
 * The imported comments and those of guests, by the keyed hash of their address, in memory alone: nothing of it is on a
 * disk. The log is read once, at the first question, and later from where reading stopped; so comments of imports from
 * before this version are found like all others.
 */
export class ClaimableComments {
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #names: EmailNames;
  readonly #found = new Map<string, Map<string, ClaimableComment>>();
  /** The hash of each comment's address. */
  readonly #hashes = new Map<string, string>();
  #from = 0n;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(log: { readonly store: EventStore; readonly vault: Vault }, names: EmailNames) {
    this.#store = log.store;
    this.#vault = log.vault;
    this.#names = names;
  }

  /** As current as the log. Throws DomainError storage_unavailable. */
  of(email: string): Promise<readonly ClaimableComment[]> {
    const answered = this.#turn
      .then(() => this.#readOn())
      .then(() => [...(this.#found.get(this.#hashOf(email))?.values() ?? [])]);
    this.#turn = answered.catch(() => undefined);
    return answered;
  }

  #hashOf(email: string): string {
    return this.#names.hidden(emailIdentity(email));
  }

  /** Other requests are heard between the events. */
  async #readOn(): Promise<void> {
    const slices = new Slices();
    const filter = { types: [...POSTED, ...LEAVING], streamPrefixes: [streams.comment(''), streams.key('')] };
    try {
      for await (const event of this.#store.readAll({ after: this.#from, filter })) {
        await slices.pause();
        await this.#learn(event);
        this.#from = event.position;
      }
    } catch (error) {
      throw inForumWords(error);
    }
  }

  async #learn(event: RecordedEvent): Promise<void> {
    if (!POSTED.includes(event.type)) return this.#forget(commentIn(event));
    const { data } = decoders.comment.read(event);
    if (!('authorId' in data) || data.authorId !== null) return;
    const { personal } = await decoders.comment.open(event, this.#vault);
    if (personal === null || isErased(personal) || !('author' in personal)) return;
    const email = personal.author?.email ?? null;
    if (email === null) return;
    const { commentId, source } = data;
    const hash = this.#hashOf(email);
    this.#hashes.set(commentId, hash);
    const comments = this.#found.get(hash) ?? new Map<string, ClaimableComment>();
    this.#found.set(hash, comments.set(commentId, { commentId, source: source?.kind ?? null }));
  }

  #forget(commentId: string): void {
    const hash = this.#hashes.get(commentId);
    if (hash === undefined) return;
    this.#hashes.delete(commentId);
    this.#found.get(hash)?.delete(commentId);
  }
}

/** The comment that is claimed or erased, or whose key is destroyed. */
function commentIn({ stream, data }: RecordedEvent): string {
  const about: unknown = stream.startsWith(streams.key('')) ? Reflect.get(Object(data), 'stream') : stream;
  return String(about).slice(streams.comment('').length);
}
