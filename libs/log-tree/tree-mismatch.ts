/** The log, and what was kept of it in the tree, do not tell the same; nothing is written over then. */
export class TreeMismatch extends Error {
  override readonly name = 'TreeMismatch';

  /** Where the two part: the position in the log, or null when only the tree's own files are damaged. */
  readonly position: bigint | null;

  constructor(position: bigint | null, reason: string) {
    super(reason);
    this.position = position;
  }
}
