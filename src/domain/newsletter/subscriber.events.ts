import type { Fact } from '../../../libs/kernel/index.ts';
import { ISSUE_RETURNS, type IssueReturn, SUBSCRIPTION_ENDS, type SubscriptionEnd } from '../../../libs/words/index.ts';
import { anyOf, type Catalogue, MEANING } from '../catalogue-entry.ts';

/** Stream `subscriber-<subscriberId>`: a mailbox that is to get the newsletter; whose it is stands sealed, with a key for each time it was asked. */
export type SubscriptionAsked = Fact<
  'SubscriptionAsked.v1',
  {
    readonly subscriberId: string;
    readonly askId: string;
    /** From when the link in the letter opens nothing and the address is destroyed (RFC 3339). */
    readonly expiresAt: string;
  },
  { readonly email: string; readonly locale: string }
>;
/** A question has several of them when a node died between this and its mail. */
export type SubscriptionLinkIssued = Fact<
  'SubscriptionLinkIssued.v1',
  { readonly subscriberId: string; readonly askId: string; readonly hash: string },
  null
>;
export type SubscriptionConfirmed = Fact<
  'SubscriptionConfirmed.v1',
  { readonly subscriberId: string; readonly askId: string },
  null
>;
export type SubscriptionEnded = Fact<
  'SubscriptionEnded.v1',
  { readonly subscriberId: string; readonly because: SubscriptionEnd },
  null
>;
/** Once for each mail and what came back of it. */
export type IssueReturned = Fact<
  'IssueReturned.v1',
  {
    readonly subscriberId: string;
    readonly postId: string;
    readonly mailId: string;
    readonly because: IssueReturn;
    /** RFC 3463; null where none was given. */
    readonly status: string | null;
  },
  null
>;

export type SubscriberEvent =
  | SubscriptionAsked
  | SubscriptionLinkIssued
  | SubscriptionConfirmed
  | SubscriptionEnded
  | IssueReturned;

const STREAM = 'subscriber-<subscriberId>';
const DATA = {
  subscriberId:
    'Made of the mailbox with the key of the forum, so that each is there once and tells nobody whose it is.',
  askId: 'The time that somebody asked for the newsletter at this mailbox.',
};

export const SUBSCRIBER_EVENTS: Catalogue<SubscriberEvent> = {
  'SubscriptionAsked.v1': {
    stream: STREAM,
    sentence: 'Somebody asked for the newsletter at an address, whose holder is asked by a letter whether that is so.',
    data: {
      ...DATA,
      expiresAt: 'From when the link in the letter opens nothing, and the address is destroyed (RFC 3339).',
    },
    personal: {
      email: 'The address that the letter goes to.',
      locale: 'The language of the letter and the newsletter.',
    },
  },
  'SubscriptionLinkIssued.v1': {
    stream: STREAM,
    sentence: 'The secret of the link was made for the letter that carries it.',
    data: { ...DATA, hash: 'SHA-256 of the secret, in hex; the secret stands in the mail alone.' },
    personal: null,
  },
  'SubscriptionConfirmed.v1': {
    stream: STREAM,
    sentence: 'The holder of the address wants the newsletter; it goes to the address of this question from now on.',
    data: DATA,
    personal: null,
  },
  'SubscriptionEnded.v1': {
    stream: STREAM,
    sentence: 'The mailbox gets the newsletter no more; its address is destroyed.',
    data: {
      subscriberId: DATA.subscriberId,
      because: `${anyOf(SUBSCRIPTION_ENDS)}: its holder left, its server knows it no more, its holder complained of a mail, or the account with the address was erased.`,
    },
    personal: null,
  },
  'IssueReturned.v1': {
    stream: STREAM,
    sentence:
      'A mail of the newsletter came back, or its reader complained of it; it named its Message-ID, which nobody else knows.',
    data: {
      subscriberId: DATA.subscriberId,
      postId: MEANING.post,
      mailId: 'The mail, whose Message-ID has this id.',
      because: `${anyOf(ISSUE_RETURNS)}: there is no such mailbox, it was not taken this time, or its reader complained.`,
      status: 'The code of the mail server that gave it back (RFC 3463); null for none.',
    },
    personal: null,
  },
};
