import type { RuleName } from '../../../libs/words/index.ts';
import type { ArrivalFacts } from './arrival.ts';
import type { Caught, PolicyRule } from './rule.ts';
import type { RuleCheck } from './rule-check.ts';
import { bannedWordsRule } from './rules/banned-words.ts';
import { closedDiscussionRule } from './rules/closed-discussion.ts';
import { confirmedAddressRule } from './rules/confirmed-address.ts';
import { disposableAddressRule } from './rules/disposable-address.ts';
import { floodingRule } from './rules/flooding.ts';
import { formTimeRule } from './rules/form-time.ts';
import { hiddenFieldRule } from './rules/hidden-field.ts';
import { lengthRule } from './rules/length.ts';
import { linksRule } from './rules/links.ts';
import { newcomerRule } from './rules/newcomer.ts';
import { premoderateAllRule } from './rules/pre-moderate-all.ts';
import { premoderatedMemberRule } from './rules/pre-moderated-member.ts';
import { proofOfWorkRule } from './rules/proof-of-work.ts';
import { recentRecordRule } from './rules/recent-record.ts';
import { registrationsRule } from './rules/registrations.ts';
import { repeatedTextRule } from './rules/repeated-text.ts';
import { suspectWordsRule } from './rules/suspect-words.ts';
import type { JudgedText } from './subject.ts';
import type { TextForms } from './text-forms.ts';

/** Every rule, in the order in which a new forum asks them. */
const EVERY_RULE = {
  length: lengthRule,
  'closed-discussion': closedDiscussionRule,
  'banned-words': bannedWordsRule,
  'suspect-words': suspectWordsRule,
  links: linksRule,
  'repeated-text': repeatedTextRule,
  flooding: floodingRule,
  newcomer: newcomerRule,
  'pre-moderated-member': premoderatedMemberRule,
  'recent-record': recentRecordRule,
  'pre-moderate-all': premoderateAllRule,
  'confirmed-address': confirmedAddressRule,
  'form-time': formTimeRule,
  'hidden-field': hiddenFieldRule,
  'proof-of-work': proofOfWorkRule,
  'disposable-address': disposableAddressRule,
  registrations: registrationsRule,
};

/** The rules that programs written for the first policies do not know. */
export const CAME_LATER: readonly RuleName[] = [
  'confirmed-address',
  'form-time',
  'hidden-field',
  'proof-of-work',
  'disposable-address',
  'registrations',
];

type RuleByName = { readonly [Name in RuleName]: (typeof EVERY_RULE)[Name]['first'] };
/** A rule with its name, whether it is on, and its settings. */
export type RuleNamed<Name extends RuleName> = {
  readonly [One in Name]: { readonly rule: One } & RuleByName[One];
}[Name];
export type Rule = RuleNamed<RuleName>;

const RULES: { readonly [Name in RuleName]: PolicyRule<RuleByName[Name]> } = EVERY_RULE;

export const FIRST_RULES: readonly Rule[] = Object.values(EVERY_RULE).map(({ first }) => first);

export function caughtBy<Name extends RuleName>(
  rule: RuleNamed<Name>,
  judged: JudgedText,
  forms: TextForms,
): Caught | null {
  return RULES[rule.rule].caught(rule, judged, forms);
}

export function stoppedBy<Name extends RuleName>(rule: RuleNamed<Name>, arrival: ArrivalFacts): Caught | null {
  return RULES[rule.rule].stops?.(rule, arrival) ?? null;
}

/** Whether a rule is about those who register or write as guests. */
export function isAboutArrivals(name: RuleName): boolean {
  return RULES[name].stops !== undefined;
}

export function tidied<Name extends RuleName>(rule: RuleNamed<Name>): Rule {
  return RULES[rule.rule].tidied?.(rule) ?? rule;
}

export function checkSettings<Name extends RuleName>(rule: RuleNamed<Name>, check: RuleCheck): void {
  RULES[rule.rule].check?.(rule, check);
}

/** Whether a rule uses the author's earlier comments. */
export function asksForRecord(name: RuleName): boolean {
  return RULES[name].asksForRecord === true;
}
