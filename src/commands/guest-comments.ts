import { type EventStore } from '../../libs/event-store/index.ts';
import { type CommandMeta, deriveId, isErased } from '../../libs/kernel/index.ts';
import { type Commands, inForumWords, StreamFolds } from '../../libs/nest-decider/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import { IssueGuestLink } from '../domain/guest/guest.commands.ts';
import { confirmable, type GuestState, guestDecider, type WaitingGuestComment } from '../domain/guest/guest.decider.ts';
import type { GuestEvent } from '../domain/guest/guest.events.ts';
import { linkNotFound } from '../domain/link/link.decider.ts';
import { decoders } from './decoders.ts';
import type { KeyDestruction } from './key-destruction.ts';
import { linkTokenIn, newLinkToken } from './link-token.ts';
import { streams } from './streams.ts';

/** A guest's comment with the hash of the secret that its holder has. */
export interface FoundGuestComment {
  readonly comment: WaitingGuestComment;
  readonly hash: string;
}

/** Guests' comments before they are comments: their links, and the end of what nobody confirms. */
export class GuestComments {
  readonly #guests: StreamFolds<GuestState, GuestEvent>;
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #commands: Commands;
  readonly #keys: Pick<KeyDestruction, 'destroy'>;

  constructor(
    log: { readonly store: EventStore; readonly vault: Vault },
    commands: Commands,
    keys: Pick<KeyDestruction, 'destroy'>,
  ) {
    this.#guests = new StreamFolds(log, { folding: guestDecider, decoder: decoders.guest });
    this.#store = log.store;
    this.#vault = log.vault;
    this.#commands = commands;
    this.#keys = keys;
  }

  /** `<commentId>.<secret>`, once the log has its hash; null when the comment needs no confirmation any more. */
  async issueLink(commentId: string, meta: CommandMeta): Promise<string | null> {
    const { sent, confirmed } = await this.#load(commentId);
    if (sent === null || confirmed || Date.parse(meta.now) >= Date.parse(sent.expiresAt)) return null;
    const { token, hash } = newLinkToken(commentId);
    await this.#commands.execute(
      new IssueGuestLink({ commentId, hash }, { ...meta, commandId: deriveId(commentId, hash) }),
    );
    return token;
  }

  /** Whether a token is for a guest's comment, of those that exist or were destroyed. */
  async isOfGuest(token: string): Promise<boolean> {
    const found = linkTokenIn(token);
    return found !== undefined && (await this.#load(found.linkId)).sent !== null;
  }

  /** Throws DomainError link_not_found, link_used, link_expired, storage_unavailable. */
  async find(token: string, now: string): Promise<FoundGuestComment> {
    const found = linkTokenIn(token);
    if (found === undefined) throw linkNotFound();
    const { hash, linkId: commentId } = found;
    return { comment: confirmable(await this.#load(commentId), { hash, now }), hash };
  }

  /** Destroys what was written before the confirmation: text, name and address. A repeat changes nothing. */
  async forget(commentId: string, meta: CommandMeta): Promise<bigint> {
    const stream = streams.guest(commentId);
    let newest = 0n;
    for await (const { sealed } of this.#store.readStream(stream)) {
      if (sealed === null) continue;
      const { id: keyId } = this.#vault.keyOf(sealed);
      const commandId = deriveId(keyId, 'forget');
      newest = (await this.#keys.destroy({ keyId, stream }, { ...meta, commandId })).position;
    }
    return newest;
  }

  /** The address that the guest who wrote a comment confirmed; null for another's, and for an erased one. */
  async addressOf(commentId: string): Promise<string | null> {
    for await (const event of this.#store.readStream(streams.comment(commentId))) {
      const fact = await decoders.comment.open(event, this.#vault);
      if (fact.type !== 'CommentPosted.v1' || isErased(fact.personal)) return null;
      const { author } = fact.personal;
      return author?.guest === true ? author.email : null;
    }
    return null;
  }

  async #load(commentId: string): Promise<GuestState> {
    try {
      return (await this.#guests.load(streams.guest(commentId))).state;
    } catch (error) {
      throw inForumWords(error);
    }
  }
}
