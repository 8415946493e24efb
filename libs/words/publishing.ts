/** The reactor that tells the hub (WebSub) of changed feeds, and its only task. */
export const HUB_TASK = 'hub';
/** The reactor that hands issues of the newsletter to their readers, and its only task. */
export const NEWSLETTER_TASK = 'newsletter';

/** Why somebody gets the newsletter no more. */
export const SUBSCRIPTION_ENDS = ['left', 'bounced', 'complaint', 'erased'] as const;
export type SubscriptionEnd = (typeof SUBSCRIPTION_ENDS)[number];
