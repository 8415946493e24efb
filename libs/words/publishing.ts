/** The reactor that tells the hub (WebSub) of changed feeds, and its only task. */
export const HUB_TASK = 'hub';
