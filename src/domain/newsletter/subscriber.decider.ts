import {
  type Decider,
  DomainError,
  type Erased,
  isErased,
  linkUsed,
  type Remembered,
  unreachable,
} from '../../../libs/kernel/index.ts';
import type { IssueReturn, SubscriptionEnd } from '../../../libs/words/index.ts';
import { linkNotFound } from '../link/link.decider.ts';
import { emailOf } from '../member/email.ts';
import type {
  AskSubscription,
  ConfirmSubscription,
  EndSubscription,
  IssueSubscriptionLink,
  ReturnIssue,
  SubscriberCommand,
} from './subscriber.commands.ts';
import type { SubscriberEvent, SubscriptionAsked } from './subscriber.events.ts';

/** How long the holder of the address has to confirm, in minutes. */
export const SUBSCRIPTION_LINK_MINUTES = 2 * 24 * 60;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The letters to a mailbox within an hour, whichever node they are asked of. */
export const MOST_ASKS_AN_HOUR = 5;
/** Within a day: whoever asks for somebody else, again and again, fills no mailbox. */
export const MOST_ASKS_A_DAY = 8;
/** The mails that a mailbox may refuse one time each; with the last of them it is taken for one that is none. */
export const MOST_REFUSED = 5;

interface Ask {
  readonly askId: string;
  /** RFC 3339. */
  readonly at: string;
  readonly expiresAt: string;
  /** Erased once its time was over, or another question was confirmed. */
  readonly personal: SubscriptionAsked['personal'] | Erased;
  readonly hashes: Set<string>;
}

export interface SubscriberState {
  /** The questions since the last end. */
  readonly asks: Map<string, Ask>;
  /** The question that was confirmed last; null for nobody who gets the newsletter. */
  standing: string | null;
  /** When that was (RFC 3339). */
  confirmedAt: string;
  /** What came back so far, of which mail. */
  readonly returned: Set<string>;
  /** How many mails were refused since. */
  refused: number;
}

/** A mailbox gets the newsletter once its holder has confirmed it, until it ends; each question has a link of its own. */
export const subscriberDecider: Decider<SubscriberState, SubscriberCommand, SubscriberEvent, null> = {
  initial: () => ({ asks: new Map(), standing: null, confirmedAt: '', returned: new Set(), refused: 0 }),
  decide: (command, state) => {
    switch (command.type) {
      case 'AskSubscription':
        return ask(command, state);
      case 'IssueSubscriptionLink':
        return issue(command, state);
      case 'ConfirmSubscription':
        return confirm(command, state);
      case 'EndSubscription':
        return end(command, state);
      case 'ReturnIssue':
        return comeBack(command, state);
      default:
        return unreachable(command);
    }
  },
  evolve: (state, fact: Remembered<SubscriberEvent>) => {
    switch (fact.type) {
      case 'SubscriptionAsked.v1': {
        const { askId, expiresAt } = fact.data;
        state.asks.set(askId, {
          askId,
          at: fact.envelope.recordedAt,
          expiresAt,
          personal: fact.personal,
          hashes: new Set(),
        });
        return state;
      }
      case 'SubscriptionLinkIssued.v1':
        state.asks.get(fact.data.askId)?.hashes.add(fact.data.hash);
        return state;
      case 'SubscriptionConfirmed.v1':
        state.standing = fact.data.askId;
        state.confirmedAt = fact.envelope.recordedAt;
        state.refused = 0;
        return state;
      case 'SubscriptionEnded.v1':
        state.asks.clear();
        state.standing = null;
        return state;
      case 'IssueReturned.v1':
        state.returned.add(nameOf(fact.data));
        state.refused += fact.data.because === 'refused' ? 1 : 0;
        return state;
      default:
        return unreachable(fact);
    }
  },
};

function ask({ data, meta }: AskSubscription, { asks }: SubscriberState): readonly SubscriberEvent[] {
  const { subscriberId, askId, locale } = data;
  if (asks.has(askId)) return [];
  const within = (ms: number): number =>
    [...asks.values()].filter(({ at }) => Date.parse(at) > Date.parse(meta.now) - ms).length;
  if (within(HOUR_MS) >= MOST_ASKS_AN_HOUR || within(DAY_MS) >= MOST_ASKS_A_DAY) throw tooManyAsks();
  const expiresAt = new Date(Date.parse(meta.now) + SUBSCRIPTION_LINK_MINUTES * MINUTE_MS).toISOString();
  const personal = { email: emailOf(data.email, 'email'), locale };
  return [{ type: 'SubscriptionAsked.v1', data: { subscriberId, askId, expiresAt }, personal }];
}

function tooManyAsks(): DomainError {
  return new DomainError(
    'rate_limited',
    'This address was sent many letters. Try again in an hour.',
    [],
    HOUR_MS / 1_000,
  );
}

function issue({ data }: IssueSubscriptionLink, { asks }: SubscriberState): readonly SubscriberEvent[] {
  const asked = asks.get(data.askId);
  if (asked === undefined) throw linkNotFound();
  if (asked.hashes.has(data.hash)) return [];
  return [{ type: 'SubscriptionLinkIssued.v1', data, personal: null }];
}

function confirm({ data, meta }: ConfirmSubscription, state: SubscriberState): readonly SubscriberEvent[] {
  const { askId } = confirmableSubscription(state, { hash: data.hash, now: meta.now });
  return [{ type: 'SubscriptionConfirmed.v1', data: { subscriberId: data.subscriberId, askId }, personal: null }];
}

/** What was only asked for ends too, so that an old letter lets nobody in again. */
function end({ data }: EndSubscription, { asks }: SubscriberState): readonly SubscriberEvent[] {
  return asks.size === 0 ? [] : [{ type: 'SubscriptionEnded.v1', data, personal: null }];
}

/** A mail that is none of the present subscription is counted, and ends nothing. */
function comeBack({ data }: ReturnIssue, state: SubscriberState): readonly SubscriberEvent[] {
  const { sentAt, ...returned } = data;
  if (state.returned.has(nameOf(returned))) return [];
  const fact: SubscriberEvent = { type: 'IssueReturned.v1', data: returned, personal: null };
  const isOfThis = state.standing !== null && Date.parse(sentAt) >= Date.parse(state.confirmedAt);
  const because = endOf(returned.because, state.refused);
  if (!isOfThis || because === null) return [fact];
  const { subscriberId } = returned;
  return [fact, { type: 'SubscriptionEnded.v1', data: { subscriberId, because }, personal: null }];
}

/** Null for a subscription that goes on. */
function endOf(because: IssueReturn, refused: number): SubscriptionEnd | null {
  if (because === 'refused') return refused + 1 >= MOST_REFUSED ? 'bounced' : null;
  return because;
}

function nameOf({ mailId, because }: { readonly mailId: string; readonly because: IssueReturn }): string {
  return `${because} ${mailId}`;
}

/** Who gets the newsletter; null for nobody, or one whose address is destroyed. */
export function standingOf({ asks, standing }: SubscriberState): SubscriptionAsked['personal'] | null {
  const personal = standing === null ? undefined : asks.get(standing)?.personal;
  return personal === undefined || isErased(personal) ? null : personal;
}

/**
 * The question as the holder of its link finds it. Only the holder of the whole secret learns that a link was used or has
 * run out. Throws DomainError link_not_found, link_used and link_expired.
 */
export function confirmableSubscription(
  { asks, standing }: SubscriberState,
  { hash, now }: { readonly hash: string; readonly now: string },
): { readonly askId: string; readonly email: string; readonly locale: string } {
  const asked = [...asks.values()].find(({ hashes }) => hashes.has(hash));
  if (asked === undefined) throw linkNotFound();
  if (asked.askId === standing) throw linkUsed();
  const { askId, expiresAt, personal } = asked;
  if (Date.parse(now) >= Date.parse(expiresAt) || isErased(personal)) {
    throw new DomainError('link_expired', 'This link has run out. Ask for the newsletter again.');
  }
  return { askId, ...personal };
}
