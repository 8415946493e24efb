import { type Decider, DomainError, isErased, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import { MOST_PUSH_DEVICES } from '../../../libs/words/index.ts';
import type { SubscribePush, SubscriptionCommand, UnsubscribePush } from './subscription.commands.ts';
import type { PushAddress, PushUnsubscribed, SubscriptionEvent } from './subscription.events.ts';

interface Subscribed {
  readonly sessionId: string;
  /** Null once it is erased. */
  readonly address: PushAddress | null;
}

/** By subscription: those that nobody took off. */
export type SubscriptionState = Map<string, Subscribed>;

export const subscriptionDecider: Decider<SubscriptionState, SubscriptionCommand, SubscriptionEvent, null> = {
  initial: () => new Map(),
  decide: (command, state) => {
    switch (command.type) {
      case 'SubscribePush':
        return subscribe(command, state);
      case 'UnsubscribePush':
        return unsubscribe(command, state);
      default:
        return unreachable(command);
    }
  },
  evolve: (state, fact: Remembered<SubscriptionEvent>) => {
    switch (fact.type) {
      case 'PushSubscribed.v1': {
        const { subscriptionId, sessionId } = fact.data;
        return state.set(subscriptionId, { sessionId, address: isErased(fact.personal) ? null : fact.personal });
      }
      case 'PushUnsubscribed.v1':
        state.delete(fact.data.subscriptionId);
        return state;
      default:
        return unreachable(fact);
    }
  },
};

/** The same device with the same keys in the same session is recorded once, unless it ended meanwhile. */
function subscribe({ data }: SubscribePush, state: SubscriptionState): readonly SubscriptionEvent[] {
  const { by, subscriptionId, sessionId, address, device, ended } = data;
  const over = new Set(
    ended.filter((one) => state.get(one.subscriptionId)?.sessionId === one.sessionId).map((one) => one.subscriptionId),
  );
  const known = over.has(subscriptionId) ? undefined : state.get(subscriptionId);
  if (known?.sessionId === sessionId && isSame(known.address, address)) return [];
  const others = [...state.keys()].filter((id) => id !== subscriptionId && !over.has(id));
  if (others.length >= MOST_PUSH_DEVICES) {
    throw new DomainError('conflict', `${MOST_PUSH_DEVICES} devices are told by push; take one off first.`);
  }
  const { memberId } = by;
  const { endpoint, p256dh, auth } = address;
  return [
    ...[...over]
      .filter((id) => id !== subscriptionId)
      .map((id): SubscriptionEvent => unsubscribed({ memberId, subscriptionId: id, because: 'session' })),
    {
      type: 'PushSubscribed.v1',
      data: { memberId, subscriptionId, sessionId },
      personal: { endpoint, p256dh, auth, device },
    },
  ];
}

/** One that was added again in another session meanwhile stays where only that of a session is meant. */
function unsubscribe({ data }: UnsubscribePush, state: SubscriptionState): readonly SubscriptionEvent[] {
  const { by, subscriptionId, because, inSession } = data;
  const known = state.get(subscriptionId);
  if (known === undefined || (inSession !== null && known.sessionId !== inSession)) return [];
  return [unsubscribed({ memberId: by.memberId, subscriptionId, because })];
}

function unsubscribed(data: PushUnsubscribed['data']): PushUnsubscribed {
  return { type: 'PushUnsubscribed.v1', data, personal: null };
}

function isSame(one: PushAddress | null, other: PushAddress): boolean {
  return one !== null && one.endpoint === other.endpoint && one.p256dh === other.p256dh && one.auth === other.auth;
}
