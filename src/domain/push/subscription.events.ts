import type { Fact } from '../../../libs/kernel/index.ts';
import { PUSH_ENDS, type PushEnd } from '../../../libs/words/index.ts';
import { anyOf, type Catalogue, MEANING } from '../catalogue-entry.ts';

/** Where a device is reached, and the keys that only the device can open a push with. */
export interface PushAddress {
  readonly endpoint: string;
  /** The public key of the device (P-256, uncompressed) and its secret for authentication, in base64url. */
  readonly p256dh: string;
  readonly auth: string;
}

/** Stream `subscriptions-<memberId>`: the devices that are told by push. */
export type PushSubscribed = Fact<
  'PushSubscribed.v1',
  {
    readonly memberId: string;
    readonly subscriptionId: string;
    /** The session in which it was made: the subscription ends with it. */
    readonly sessionId: string;
  },
  PushAddress & { readonly device: string }
>;
export type PushUnsubscribed = Fact<
  'PushUnsubscribed.v1',
  { readonly memberId: string; readonly subscriptionId: string; readonly because: PushEnd },
  null
>;

export type SubscriptionEvent = PushSubscribed | PushUnsubscribed;

const STREAM = 'subscriptions-<memberId>';
const DATA = {
  memberId: MEANING.member,
  subscriptionId: 'The subscription: made of the member and the address, so that a repeat is the same one.',
};

export const SUBSCRIPTION_EVENTS: Catalogue<SubscriptionEvent> = {
  'PushSubscribed.v1': {
    stream: STREAM,
    sentence: 'A member wants to be told by push on a device, or the device has other keys or another session now.',
    data: { ...DATA, sessionId: 'The session in which this was asked for; the subscription ends with it.' },
    personal: {
      endpoint: 'The address that the push service of the browser has for the device.',
      p256dh: 'The public key of the device (P-256, uncompressed, base64url).',
      auth: 'The secret that the device knows its pushes by (base64url).',
      device: 'The browser and system in few words; empty when nothing is known.',
    },
  },
  'PushUnsubscribed.v1': {
    stream: STREAM,
    sentence:
      'A device is told by push no more. One whose session has ended is told no more at once; that is noted by this event soon after.',
    data: {
      ...DATA,
      because: `${anyOf(PUSH_ENDS)}: the member took it off, its push service does not know it any more, or its session has ended.`,
    },
    personal: null,
  },
};
