/** The log and its tree differ; nothing is overwritten then. */
export class TreeMismatch extends Error {
  override readonly name = 'TreeMismatch';

  /** The first differing position in the log, or null when only the tree's own files are damaged. */
  readonly position: bigint | null;

  constructor(position: bigint | null, reason: string) {
    super(reason);
    this.position = position;
  }
}
