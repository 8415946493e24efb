/** The reactor that tells the hub (WebSub) of changed feeds, and its only task. */
export const HUB_TASK = 'hub';

/** Why somebody gets the newsletter no more. */
export const SUBSCRIPTION_ENDS = ['left', 'bounced', 'complaint', 'erased'] as const;
export type SubscriptionEnd = (typeof SUBSCRIPTION_ENDS)[number];
