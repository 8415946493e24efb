/** The steps of the check of a kept checkpoint, in order; after a failed one nothing more is checked. */
export const VERIFY_STEPS = ['form', 'key', 'signature', 'newest', 'beginning'] as const;
export type VerifyStep = (typeof VERIFY_STEPS)[number];
/** `unable`: this browser has no Ed25519. `skipped`: an earlier step failed. */
export type VerifyOutcome = 'passed' | 'failed' | 'unable' | 'skipped';

/**
 * `failed`: the log differs from what was signed. `uncheckable`: the text is no checkpoint, or no known key signed it,
 * which says nothing about the log. `unsure`: nothing is wrong, but something could not be checked.
 */
export type VerifyVerdict = 'passed' | 'failed' | 'uncheckable' | 'unsure';

/** The data that the page leaves for its program: the key's changes, and the reader's words for results. */
export interface VerifyPageData extends VerifyWords {
  /** Checkpoints at which the log's key was changed, as the log has them. */
  readonly changes: readonly string[];
}

export interface VerifyWords {
  readonly steps: Readonly<Record<VerifyStep, Readonly<Record<'passed' | 'failed', string>>>>;
  readonly unable: string;
  readonly skipped: string;
  readonly verdicts: Readonly<Record<VerifyVerdict, string>>;
  readonly insecure: string;
  readonly unreachable: string;
}
