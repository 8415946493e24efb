/** The words of moderation, in the order in which lists and forms offer them. */

/** Where a comment waits for moderators. The queue's view stores a list as its place here. */
export const QUEUE_LISTS = ['reported', 'held', 'rejected'] as const;
export type QueueListName = (typeof QUEUE_LISTS)[number];

/** The reasons of reports, decisions and sanctions. */
export const REPORT_REASONS = ['spam', 'abuse', 'off-topic', 'privacy', 'illegal', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

/**
 * The outcomes of a report; `moot` means that its comment went away before anybody decided on it. The queue's view
 * stores a place in this list.
 */
export const REPORT_OUTCOMES = ['open', 'upheld', 'dismissed', 'moot'] as const;
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number];

/** The decisions of a moderator on a comment. */
export const DECISION_ACTIONS = ['approve', 'hold', 'reject', 'remove', 'restore'] as const;
export type DecisionAction = (typeof DECISION_ACTIONS)[number];

/** The effects of a rule on a comment that it catches: `report` publishes it and shows it to moderators. */
export const MEASURES = ['report', 'hold', 'reject'] as const;
export type Measure = (typeof MEASURES)[number];

/** The effects of the policy on a comment, caught or not. */
export const TREATMENTS = ['published', ...MEASURES] as const;
export type Treatment = (typeof TREATMENTS)[number];

/** Moderators' outcome for a comment that the policy may have caught. */
export const RULED = ['kept', 'turned-down'] as const;
export type Ruled = (typeof RULED)[number];

/**
 * `warning` must be acknowledged before the next contribution. With `pre-moderation` every comment waits for a
 * moderator. With `suspension` the member reads but writes nothing until a time. `ban` closes every way in until it is
 * lifted.
 */
export const SANCTION_KINDS = ['warning', 'pre-moderation', 'suspension', 'ban'] as const;
export type SanctionKind = (typeof SANCTION_KINDS)[number];

/** Why a sanction was lifted. */
export const LIFTED_BY = ['moderator', 'appeal'] as const;
export type LiftedBy = (typeof LIFTED_BY)[number];

/** The comments of a member that are removed with a sanction. */
export const COMMENT_REMOVALS = ['none', 'last-week', 'all'] as const;
export type CommentRemoval = (typeof COMMENT_REMOVALS)[number];

/** The outcomes of an appeal; `granted` lifts the sanction. */
export const APPEAL_OUTCOMES = ['granted', 'refused'] as const;
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number];

/** The appeals that a list shows. */
export const APPEAL_STATES = ['open', 'decided'] as const;
export type AppealState = (typeof APPEAL_STATES)[number];

/** Kinds of line in the moderation log. */
export const LOG_KINDS = [
  'decision',
  'policy-verdict',
  'removed-by-author',
  'comment-purged',
  'report',
  'sanction',
  'sanction-lifted',
  'warning-acknowledged',
  'appeal',
  'appeal-decided',
  'note',
  'policy-set',
  'roles-changed',
  'member-approved',
  'member-refused',
  'discussion-changed',
  'post-withdrawn',
  'post-brought-back',
  'translation-removed',
  'translation-report',
  'translation-kept',
] as const;
export type LogKind = (typeof LOG_KINDS)[number];
