import type { Measure, RuleName } from '../../../libs/words/index.ts';

/** A rule that caught a comment, with what it caught: a part of the text, or a count. */
export interface RuleFinding {
  readonly rule: RuleName;
  readonly measure: Measure;
  /**
   * A part of the text (a word, a link) or a count in words (`6 links`). It comes from the author, so it is sealed with
   * the text.
   */
  readonly matched: string;
}

/** The policy's verdict on one text: the strictest measure of all findings, or null when no rule objects. */
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
