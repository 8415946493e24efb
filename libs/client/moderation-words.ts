/** The words of moderation, in the order in which lists and forms offer them. */
export const QUEUE_LISTS = ['reported', 'held', 'rejected'] as const;
export type QueueListName = (typeof QUEUE_LISTS)[number];

export const REPORT_REASONS = ['spam', 'abuse', 'off-topic', 'privacy', 'illegal', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

export const DECISION_ACTIONS = ['approve', 'hold', 'reject', 'remove', 'restore'] as const;
export type DecisionAction = (typeof DECISION_ACTIONS)[number];

export const SANCTION_KINDS = ['warning', 'pre-moderation', 'suspension', 'ban'] as const;
export type SanctionKind = (typeof SANCTION_KINDS)[number];

/** Kinds of line in the moderation log. */
export const LOG_KINDS = [
  'decision',
  'policy-verdict',
  'removed-by-author',
  'report',
  'sanction',
  'sanction-lifted',
  'warning-acknowledged',
  'appeal',
  'appeal-decided',
  'note',
  'policy-set',
  'roles-changed',
  'discussion-changed',
  'post-withdrawn',
] as const;
export type LogKind = (typeof LOG_KINDS)[number];
