export type ReadDirection = 'forwards' | 'backwards';

/** An event as a client proposes it. */
export interface NewRecord {
  /** UUID in lower case. */
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event as it stands in the log; commit and prepare position are the same, as for every append over gRPC. */
export interface StoredRecord extends NewRecord {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  /** When it was recorded, in 100 nanoseconds since 1970. */
  readonly createdTicks: bigint;
}

export type ExpectedRevision = 'any' | 'no-stream' | 'stream-exists' | bigint;
