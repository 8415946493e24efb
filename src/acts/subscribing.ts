import { DomainError, deriveId, mailboxOf, type Position } from '../../libs/kernel/index.ts';
import { isLocale } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { networkOf } from '../access/network.ts';
import { commandMeta } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { SubscriberTokens } from '../access/subscriber-tokens.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';
import type { Subscribers } from '../commands/subscribers.ts';
import { GUEST } from '../domain/guest/guest.commands.ts';
import { emailOf } from '../domain/member/email.ts';
import { AskSubscription, ConfirmSubscription } from '../domain/newsletter/subscriber.commands.ts';
import type { ForumWrites } from './forum-writes.ts';
import type { Screening } from './screening.ts';

export interface SubscribingParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly subscribers: Subscribers;
  readonly tokens: Pick<SubscriberTokens, 'read'>;
  readonly names: Pick<MemberLookup['names'], 'subscriber' | 'hidden'>;
  readonly screening: Pick<Screening, 'address'>;
  /** Whether readers may ask for the newsletter now. */
  readonly isOpen: () => boolean;
  readonly defaultLocale: () => string;
}

export interface SubscriptionAsk {
  readonly email: string;
  readonly locale?: string | undefined;
}

/** How readers come to get the newsletter, and leave it. Looking at a link changes nothing, since mail scanners open every link. */
export class Subscribing {
  readonly #parts: SubscribingParts;

  constructor(parts: SubscribingParts) {
    this.#parts = parts;
  }

  /**
   * Records that somebody asked for the newsletter at an address. A letter goes there whether or not it gets the newsletter
   * already, so work, events and answer are the same. Throws DomainError not_found where there is no newsletter, invalid,
   * disposable_address, rate_limited.
   */
  async ask({ email, locale }: SubscriptionAsk, asking: Asking): Promise<Position> {
    const { isOpen, limits, names, screening, writes, defaultLocale } = this.#parts;
    if (!isOpen()) throw new DomainError('not_found', 'This forum has no newsletter.');
    await limits.take('subscribe', networkOf(asking.address));
    const address = emailOf(email, 'email');
    await limits.take('subscribe-email', names.hidden(mailboxOf(address)));
    await screening.address(address);
    const wish = {
      subscriberId: names.subscriber(address),
      askId: deriveId(asking.commandId, 'subscription'),
      email: address,
      locale: locale !== undefined && isLocale(locale) ? locale : defaultLocale(),
    };
    const meta = commandMeta(GUEST, asking.commandId, asking.correlationId);
    return (await writes.send(new AskSubscription(wish, meta))).position;
  }

  /** Whether a link of a mail asks for the newsletter, or did. */
  isOfSubscriber(token: string): Promise<boolean> {
    return this.#parts.subscribers.isOfSubscriber(token);
  }

  /** The address that a link confirms. Throws DomainError link_not_found, link_used, link_expired, rate_limited. */
  async see(token: string, { address }: Asking): Promise<string> {
    await this.#parts.limits.take('link-use', networkOf(address));
    return (await this.#parts.subscribers.find(token, new Date().toISOString())).email;
  }

  /** Throws DomainError as `see` does. */
  async confirm(token: string, asking: Asking): Promise<Position> {
    const { limits, subscribers, writes } = this.#parts;
    await limits.take('link-use', networkOf(asking.address));
    const { subscriberId, hash } = await subscribers.find(token, new Date().toISOString());
    const meta = commandMeta(GUEST, deriveId('ConfirmSubscription', hash), asking.correlationId);
    return (await writes.send(new ConfirmSubscription({ subscriberId, hash }, meta))).position;
  }

  /** Who leaves by a link of a newsletter; null for any other link. */
  subscriberIn(token: string): string | null {
    return this.#parts.tokens.read(token);
  }

  /** Ends the newsletter for whoever holds a link of one of its mails, and forgets the address; also when it is pressed again. */
  async leave(subscriberId: string, asking: Asking): Promise<void> {
    const { subscribers, writes } = this.#parts;
    const meta = commandMeta(GUEST, deriveId(asking.commandId, 'leave', subscriberId), asking.correlationId);
    await writes.shown(await subscribers.end(subscriberId, 'left', meta));
  }
}
