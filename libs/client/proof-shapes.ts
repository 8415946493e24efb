/** That an event stands in the log (RFC 6962, 2.1.1); hashes are base64, the leaf's sibling first. */
export interface InclusionAnswer {
  /** The event's ordinal in the log, from 0. */
  readonly index: number;
  /** Events in the tree that the checkpoint signs. */
  readonly size: number;
  readonly leafHash: string;
  readonly hashes: readonly string[];
  /** A C2SP signed note. */
  readonly checkpoint: string;
}

/** That the log of `to` events begins with all `from` events of before (RFC 6962, 2.1.2). */
export interface ConsistencyAnswer {
  readonly from: number;
  readonly to: number;
  readonly hashes: readonly string[];
}

/** Checkpoints that were signed at intervals, newest first. */
export interface SignedCheckpoints {
  readonly items: readonly {
    /** RFC 3339, UTC: when it was signed; nobody vouches for that. */
    readonly at: string;
    readonly checkpoint: string;
  }[];
}
