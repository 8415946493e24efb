import type { Measure, RuleName } from '../../../libs/words/index.ts';
import type { ArrivalFacts } from './arrival.ts';
import type { RuleCheck } from './rule-check.ts';
import type { JudgedText } from './subject.ts';
import type { TextForms } from './text-forms.ts';

/** The fields of every rule; each rule has settings of its own besides. */
export interface RuleOf<Name extends RuleName> {
  readonly rule: Name;
  readonly on: boolean;
}

/** The find of a rule in a text: a part of it, or a count. */
export interface Caught {
  readonly measure: Measure;
  readonly matched: string;
}

/** One rule of the policy: its settings, their check, and what it catches. */
export interface PolicyRule<R extends RuleOf<RuleName>> {
  /** The rule in a new forum. */
  readonly first: R;
  /** Whether it uses the author's earlier comments. */
  readonly asksForRecord?: true;
  /** The settings as they are stored; without this, they are stored as they were sent. */
  readonly tidied?: (rule: R) => R;
  /** Reports what is wrong with the settings, except for the measure. */
  readonly check?: (rule: R, check: RuleCheck) => void;
  /** Null when the text passes. */
  readonly caught: (rule: R, judged: JudgedText, forms: TextForms) => Caught | null;
  /** Null when somebody may register or write as a guest; without this, the rule says nothing about them. */
  readonly stops?: (rule: R, arrival: ArrivalFacts) => Caught | null;
}
