import type { Measure, RuleName } from '../../../libs/words/index.ts';
import type { FoldedText } from './folded-text.ts';
import type { RuleCheck } from './rule-check.ts';
import type { JudgedText } from './subject.ts';

/** What all rules have; each has settings of its own besides. */
export interface RuleOf<Name extends RuleName> {
  readonly rule: Name;
  readonly on: boolean;
}

/** With what a rule caught a text: a part of it, or what was counted. */
export interface Caught {
  readonly measure: Measure;
  readonly matched: string;
}

/** One rule of the policy, whole: what can be set, what is accepted, and what it catches. */
export interface PolicyRule<R extends RuleOf<RuleName>> {
  /** As it stands in a forum whose moderators have set nothing. */
  readonly first: R;
  /** Whether it looks at what the author has written before. */
  readonly asksForRecord?: true;
  /** The settings as they are kept; unless given, as they were sent. */
  readonly tidied?: (rule: R) => R;
  /** Tells what is wrong with the settings, the measure aside. */
  readonly check?: (rule: R, check: RuleCheck) => void;
  /** Null when the text passes. */
  readonly caught: (rule: R, judged: JudgedText, text: FoldedText) => Caught | null;
}
