import type { Measure, RuleName } from '../../../libs/words/index.ts';

/** One rule that caught a comment, and with what: the part of the text, or what was counted. */
export interface RuleFinding {
  readonly rule: RuleName;
  readonly measure: Measure;
  /** As it stands in the text (a word, a link), or in words (`6 links`). Of the author's making, so it is sealed with the text. */
  readonly matched: string;
}

/** What the policy says of one text: the hardest measure of all findings, or null when no rule objects. */
export interface PolicyVerdict {
  readonly measure: Measure | null;
  readonly policyVersion: number;
  /** In the policy's order. */
  readonly findings: readonly RuleFinding[];
}

const HARDNESS: Readonly<Record<Measure, number>> = { report: 1, hold: 2, reject: 3 };

export function hardest(measures: readonly Measure[]): Measure | null {
  return measures.reduce<Measure | null>(
    (most, measure) => (most === null || HARDNESS[measure] > HARDNESS[most] ? measure : most),
    null,
  );
}
