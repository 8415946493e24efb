import { MEASURES, type Measure, type ReportReason } from './moderation.ts';

/** The rules of the policy, each with the measures that one can choose for it: none where what it does is fixed. */
export const RULE_MEASURES = {
  length: MEASURES,
  'closed-discussion': [],
  'banned-words': ['hold', 'reject'],
  'suspect-words': [],
  links: MEASURES,
  'repeated-text': MEASURES,
  flooding: MEASURES,
  newcomer: ['report', 'hold'],
  'pre-moderated-member': [],
  'recent-record': ['report', 'hold'],
  'pre-moderate-all': [],
} as const satisfies Readonly<Record<string, readonly Measure[]>>;

export type RuleName = keyof typeof RULE_MEASURES;
export type MeasureOf<Name extends RuleName> = (typeof RULE_MEASURES)[Name][number];

export function isRuleName(name: string): name is RuleName {
  return Object.hasOwn(RULE_MEASURES, name);
}

/** The reason that a decision mostly has on what these rules caught. */
export const LIKELY_REASONS: Readonly<Partial<Record<RuleName, ReportReason>>> = {
  links: 'spam',
  'repeated-text': 'spam',
  flooding: 'spam',
};
