import { Command } from '../../../libs/kernel/index.ts';
import type { PushEnd } from '../../../libs/words/index.ts';
import type { Actor } from '../member/actor.ts';
import type { PushAddress } from './subscription.events.ts';

export interface EndedSubscription {
  readonly subscriptionId: string;
  readonly sessionId: string;
}

export class SubscribePush extends Command<{
  readonly by: Actor;
  readonly subscriptionId: string;
  readonly sessionId: string;
  readonly address: PushAddress;
  readonly device: string;
  /** Those of the member's subscriptions that ended with their sessions, which leaves no event here. */
  readonly ended: readonly EndedSubscription[];
}> {
  readonly type = 'SubscribePush';
}

export class UnsubscribePush extends Command<{
  readonly by: Actor;
  readonly subscriptionId: string;
  readonly because: PushEnd;
  /** Only when it is of this session still; null for any. */
  readonly inSession: string | null;
}> {
  readonly type = 'UnsubscribePush';
}

export type SubscriptionCommand = SubscribePush | UnsubscribePush;
