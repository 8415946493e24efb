/** What a rule does with a comment that it catches: `report` publishes it and puts it before the moderators. */
export type Measure = 'report' | 'hold' | 'reject';

interface RuleOf<Name extends string> {
  readonly rule: Name;
  readonly on: boolean;
}

/** Shorter or longer than this is held back: characters, after trimming. */
export interface LengthRule extends RuleOf<'length'> {
  readonly least: number;
  readonly most: number;
  readonly measure: Measure;
}
/** Discussions close by themselves so many days after the post was published. */
export interface ClosedDiscussionRule extends RuleOf<'closed-discussion'> {
  readonly afterDays: number;
}
export interface BannedWordsRule extends RuleOf<'banned-words'> {
  readonly words: readonly string[];
  readonly measure: 'hold' | 'reject';
}
/** Published, and reported to the moderators. */
export interface SuspectWordsRule extends RuleOf<'suspect-words'> {
  readonly words: readonly string[];
}
/** More links than `most`; those to `trustedHosts` and below them do not count. */
export interface LinksRule extends RuleOf<'links'> {
  readonly most: number;
  readonly trustedHosts: readonly string[];
  readonly measure: Measure;
}
/** The same text as one of the author's own within so many hours. */
export interface RepeatedTextRule extends RuleOf<'repeated-text'> {
  readonly withinHours: number;
  readonly measure: Measure;
}
/** More than `most` comments of one author within `withinSeconds`. */
export interface FloodingRule extends RuleOf<'flooding'> {
  readonly most: number;
  readonly withinSeconds: number;
  readonly measure: Measure;
}
/** The first comments of a member, or those of its first days; 0 leaves that out. */
export interface NewcomerRule extends RuleOf<'newcomer'> {
  readonly firstComments: number;
  readonly firstDays: number;
  readonly measure: 'report' | 'hold';
}
/** Whoever the moderators have put under pre-moderation. */
export type PremoderatedMemberRule = RuleOf<'pre-moderated-member'>;
/** Of the author's last comments that were decided on, so large a share was rejected or removed. */
export interface RecentRecordRule extends RuleOf<'recent-record'> {
  /** Of how many comments at least, and at most. */
  readonly ofLast: number;
  /** 0 to 1. */
  readonly share: number;
  readonly measure: 'report' | 'hold';
}
/** Everybody's comments wait for a moderator. */
export type PremoderateAllRule = RuleOf<'pre-moderate-all'>;

export type Rule =
  | LengthRule
  | ClosedDiscussionRule
  | BannedWordsRule
  | SuspectWordsRule
  | LinksRule
  | RepeatedTextRule
  | FloodingRule
  | NewcomerRule
  | PremoderatedMemberRule
  | RecentRecordRule
  | PremoderateAllRule;
export type RuleName = Rule['rule'];

/** The rules in the order in which they are asked; each stands in it once. */
export interface Policy {
  readonly rules: readonly Rule[];
}

export interface PolicyInForce {
  readonly version: number;
  readonly policy: Policy;
}

/** Version 0: a forum whose moderators have set nothing holds nobody back. */
export const FIRST_POLICY: Policy = {
  rules: [
    { rule: 'length', on: false, least: 1, most: 10_000, measure: 'hold' },
    { rule: 'closed-discussion', on: false, afterDays: 365 },
    { rule: 'banned-words', on: true, words: [], measure: 'reject' },
    { rule: 'suspect-words', on: true, words: [] },
    { rule: 'links', on: false, most: 5, trustedHosts: [], measure: 'hold' },
    { rule: 'repeated-text', on: false, withinHours: 24, measure: 'hold' },
    { rule: 'flooding', on: false, most: 20, withinSeconds: 300, measure: 'hold' },
    { rule: 'newcomer', on: false, firstComments: 1, firstDays: 0, measure: 'hold' },
    { rule: 'pre-moderated-member', on: true },
    { rule: 'recent-record', on: false, ofLast: 10, share: 0.5, measure: 'hold' },
    { rule: 'pre-moderate-all', on: false },
  ],
};
