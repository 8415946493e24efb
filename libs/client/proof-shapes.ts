import type { Base64Hash, Count, PositionText, Timestamp } from './formats.ts';

/** The proof that an event stands in the log (RFC 6962, 2.1.1); hashes are base64, the leaf's sibling first. */
export interface InclusionAnswer {
  /** The event's ordinal in the log, from 0. */
  readonly index: Count;
  /** Events in the tree that the checkpoint signs. */
  readonly size: Count;
  readonly leafHash: Base64Hash;
  readonly hashes: readonly Base64Hash[];
  /** A C2SP signed note. */
  readonly checkpoint: string;
}

/** The proof that the log of `to` events begins with all `from` earlier events (RFC 6962, 2.1.2). */
export interface ConsistencyAnswer {
  readonly from: Count;
  readonly to: Count;
  readonly hashes: readonly Base64Hash[];
}

/** The keys that sign or signed the log's checkpoints, newest first: the first item is the present key. */
export interface LogKeyHistory {
  readonly items: readonly {
    /** A C2SP note verifier key. */
    readonly key: string;
    /** The position of the event that changed to it; null for the first key. */
    readonly position: PositionText | null;
    /** The time of recording, RFC 3339, UTC. */
    readonly at: Timestamp | null;
    /** The checkpoint of the change: a C2SP signed note that names both keys and is signed by both. */
    readonly note: string | null;
  }[];
}

/** Checkpoints that were signed at intervals, newest first. */
export interface SignedCheckpoints {
  readonly items: readonly {
    /** The time of signing, RFC 3339, UTC; nobody vouches for it. */
    readonly at: Timestamp;
    readonly checkpoint: string;
  }[];
}
