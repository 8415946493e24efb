/** What is checked of a kept checkpoint, one after the other; after the first that fails nothing more is. */
export const VERIFY_STEPS = ['form', 'key', 'signature', 'newest', 'beginning'] as const;
export type VerifyStep = (typeof VERIFY_STEPS)[number];
/** `unable`: this browser has no Ed25519. `skipped`: an earlier step failed. */
export type VerifyOutcome = 'passed' | 'failed' | 'unable' | 'skipped';

/**
 * `failed`: the log is not what was signed. `uncheckable`: what was given is no checkpoint, or no known key signed it, which
 * says nothing of the log. `unsure`: nothing is wrong, and something could not be checked.
 */
export type VerifyVerdict = 'passed' | 'failed' | 'uncheckable' | 'unsure';

/** What the page leaves for its program: what its key leads to, and the reader's words for what is found. */
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
