import type { EventStore } from '../../libs/event-store/index.ts';
import { type CommandMeta, deriveId, type Position, stepOf } from '../../libs/kernel/index.ts';
import { type Commands, inForumWords, StreamFolds } from '../../libs/nest-decider/index.ts';
import { keyIdIn, type Vault } from '../../libs/vault/index.ts';
import type { SubscriptionEnd } from '../../libs/words/index.ts';
import { linkNotFound } from '../domain/link/link.decider.ts';
import { EndSubscription, IssueSubscriptionLink, ReturnIssue } from '../domain/newsletter/subscriber.commands.ts';
import {
  confirmableSubscription,
  type SubscriberState,
  standingOf,
  subscriberDecider,
} from '../domain/newsletter/subscriber.decider.ts';
import type { SubscriberEvent } from '../domain/newsletter/subscriber.events.ts';
import { decoders } from './decoders.ts';
import type { KeyDestruction } from './key-destruction.ts';
import { linkTokenIn, newLinkToken } from './link-token.ts';
import { streams } from './streams.ts';

/** A question as the holder of its link finds it. */
export interface FoundSubscription {
  readonly subscriberId: string;
  readonly hash: string;
  readonly email: string;
}

export interface SubscribersParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly commands: Commands;
  readonly destruction: Pick<KeyDestruction, 'destroyAll'>;
}

/** Those who asked for the newsletter: their links, their addresses, and the end of what nobody needs any more. */
export class Subscribers {
  readonly #parts: SubscribersParts;
  readonly #folds: StreamFolds<SubscriberState, SubscriberEvent>;

  constructor(parts: SubscribersParts) {
    this.#parts = parts;
    this.#folds = new StreamFolds(parts, { folding: subscriberDecider, decoder: decoders.subscriber });
  }

  /** `<subscriberId>.<secret>`, once the log has its hash; null for a question that is over or was answered. */
  async issueLink(subscriberId: string, askId: string, meta: CommandMeta): Promise<string | null> {
    const { asks, standing } = await this.#load(subscriberId);
    const ask = asks.get(askId);
    if (ask === undefined || standing === askId || Date.parse(meta.now) >= Date.parse(ask.expiresAt)) return null;
    const { token, hash } = newLinkToken(subscriberId);
    const data = { subscriberId, askId, hash };
    await this.#parts.commands.execute(new IssueSubscriptionLink(data, { ...meta, commandId: deriveId(askId, hash) }));
    return token;
  }

  /** Whether a token is for the newsletter, of mailboxes that ever asked. */
  async isOfSubscriber(token: string): Promise<boolean> {
    const found = linkTokenIn(token);
    return found !== undefined && (await this.#folds.load(streams.subscriber(found.linkId))).revision >= 0n;
  }

  /** Throws DomainError link_not_found, link_used, link_expired, storage_unavailable. */
  async find(token: string, now: string): Promise<FoundSubscription> {
    const found = linkTokenIn(token);
    if (found === undefined) throw linkNotFound();
    const { linkId: subscriberId, hash } = found;
    const { email } = confirmableSubscription(await this.#load(subscriberId), { hash, now });
    return { subscriberId, hash, email };
  }

  /** Where the newsletter goes, and in which language; null for one who gets none. Throws DomainError storage_unavailable. */
  async addressOf(subscriberId: string): Promise<{ readonly email: string; readonly locale: string } | null> {
    return standingOf(await this.#load(subscriberId));
  }

  /** Also for one that is over already. The address is destroyed with it. Throws DomainError storage_unavailable. */
  async end(subscriberId: string, because: SubscriptionEnd, meta: CommandMeta): Promise<Position> {
    const { position } = await this.#parts.commands.execute(new EndSubscription({ subscriberId, because }, meta));
    await this.forget(subscriberId, stepOf(meta, 'keys'));
    return position;
  }

  /** Records what came back of a mail, and what that ends. A repeat changes nothing. Throws DomainError storage_unavailable. */
  async returned(wish: ReturnIssue['data'], meta: CommandMeta): Promise<Position> {
    const { position } = await this.#parts.commands.execute(new ReturnIssue(wish, meta));
    await this.forget(wish.subscriberId, stepOf(meta, 'keys'));
    return position;
  }

  /**
   * Destroys the addresses that nobody needs any more: of questions that ran out, and all of a subscription
   * that ended. A repeat changes nothing. Throws DomainError storage_unavailable.
   */
  async forget(subscriberId: string, meta: CommandMeta): Promise<void> {
    const stream = streams.subscriber(subscriberId);
    const { all, needed } = await this.#keysIn(stream, Date.parse(meta.now));
    const keys = [...all].filter((keyId) => !needed.has(keyId)).map((keyId) => ({ keyId, stream }));
    await this.#parts.destruction.destroyAll(keys, { ...meta, commandId: deriveId(stream, 'forgotten') });
  }

  /** Keys that are destroyed already are left out. */
  async #keysIn(stream: string, now: number): Promise<{ readonly all: Set<string>; readonly needed: Set<string> }> {
    const keys = new Map<string, string>();
    const all = new Set<string>();
    try {
      for await (const stored of this.#parts.store.readStream(stream)) {
        const { type, data } = decoders.subscriber.read(stored);
        const id = stored.sealed === null ? undefined : keyIdIn(stored.sealed);
        if (type === 'SubscriptionAsked.v1' && id !== undefined) {
          keys.set(data.askId, id);
          if ((await this.#parts.vault.stateOf({ id })) !== 'destroyed') all.add(id);
        }
      }
      const { asks, standing } = await this.#load(stream.slice(streams.subscriber('').length));
      const waiting = [...asks.values()].filter(({ expiresAt }) => Date.parse(expiresAt) > now);
      const needed = [standing ?? '', ...waiting.map(({ askId }) => askId)];
      return { all, needed: new Set(needed.flatMap((askId) => keys.get(askId) ?? [])) };
    } catch (error) {
      throw inForumWords(error);
    }
  }

  async #load(subscriberId: string): Promise<SubscriberState> {
    try {
      return (await this.#folds.load(streams.subscriber(subscriberId))).state;
    } catch (error) {
      throw inForumWords(error);
    }
  }
}
