type Step = 'form' | 'subject' | 'path' | 'key' | 'signature';
type Told = Readonly<Partial<Record<'passed' | 'failed' | 'withheld' | 'unable', string>>>;

/**
 * The data that the receipt's page leaves for its program: the receipt's comment, and the reader's words for results.
 */
export interface ReceiptPageData {
  readonly commentId: string;
  /** Checkpoints at which the log's key was changed, as the log has them. */
  readonly changes: readonly string[];
  readonly words: {
    readonly steps: Readonly<Record<Step, Told>>;
    readonly verdicts: Readonly<Record<'passed' | 'failed' | 'unsure', string>>;
    readonly skipped: string;
    readonly insecure: string;
  };
}
