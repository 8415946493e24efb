/** What a command handler answers: where its events stand. */
export interface Recorded {
  /** Of the command's last event; of the stream's newest event when nothing needed to change. */
  readonly position: bigint;
  /** The stream's newest revision. */
  readonly revision: bigint;
  /** True when the same command was recorded before, or nothing needed to change. */
  readonly repeated: boolean;
}
