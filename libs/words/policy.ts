import { MEASURES, type Measure, type ReportReason } from './moderation.ts';

/** The effects on somebody who registers or writes without an account: a moderator decides, or nothing is recorded. */
export const ARRIVAL_MEASURES = ['hold', 'reject'] as const satisfies readonly Measure[];
export type ArrivalMeasure = (typeof ARRIVAL_MEASURES)[number];

/** The rules of the policy, each with its possible measures: none where its effect is fixed. */
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
  'confirmed-address': [],
  'form-time': ARRIVAL_MEASURES,
  'hidden-field': ARRIVAL_MEASURES,
  'proof-of-work': ARRIVAL_MEASURES,
  'disposable-address': ARRIVAL_MEASURES,
  registrations: ARRIVAL_MEASURES,
} as const satisfies Readonly<Record<string, readonly Measure[]>>;

export type RuleName = keyof typeof RULE_MEASURES;
export type MeasureOf<Name extends RuleName> = (typeof RULE_MEASURES)[Name][number];

export function isRuleName(name: string): name is RuleName {
  return Object.hasOwn(RULE_MEASURES, name);
}

/** The usual reason of a decision on a comment that these rules caught. */
export const LIKELY_REASONS: Readonly<Partial<Record<RuleName, ReportReason>>> = {
  links: 'spam',
  'repeated-text': 'spam',
  flooding: 'spam',
};
