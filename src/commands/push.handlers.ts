import { handlersFor } from '../../libs/nest-decider/index.ts';
import { RecordPushFault, SettlePush } from '../domain/push/push.commands.ts';
import { pushDecider } from '../domain/push/push.decider.ts';
import { SubscribePush, UnsubscribePush } from '../domain/push/subscription.commands.ts';
import { subscriptionDecider } from '../domain/push/subscription.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const pushHandlers = [
  ...handlersFor({
    decider: subscriptionDecider,
    decoder: decoders.subscription,
    commands: [SubscribePush, UnsubscribePush],
    stream: ({ data }) => streams.subscriptions(data.by.memberId),
    needs: () => async () => null,
    keyForEach: true,
  }),
  ...handlersFor({
    decider: pushDecider,
    decoder: decoders.push,
    commands: [SettlePush, RecordPushFault],
    stream: ({ data }) => streams.push(data.pushId),
    needs: () => async () => null,
  }),
];
