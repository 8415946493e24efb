/** The reactor that tells the hub (WebSub) of changed feeds, and its only task. */
export const HUB_TASK = 'hub';
/** The reactor that hands issues of the newsletter to their readers, and its only task. */
export const NEWSLETTER_TASK = 'newsletter';

/** Why somebody gets the newsletter no more. */
export const SUBSCRIPTION_ENDS = ['left', 'bounced', 'complaint', 'erased'] as const;
export type SubscriptionEnd = (typeof SUBSCRIPTION_ENDS)[number];

/** What came back of a mail of the newsletter: there is no such mailbox, it was not taken this time, or its reader complained of it. */
export const ISSUE_RETURNS = ['bounced', 'refused', 'complaint'] as const;
export type IssueReturn = (typeof ISSUE_RETURNS)[number];

/** What an editor does about an issue of the newsletter. */
export const ISSUE_ACTS = ['test', 'send', 'stop', 'resume'] as const;
export type IssueAct = (typeof ISSUE_ACTS)[number];
