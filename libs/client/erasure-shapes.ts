import type { ErasedComments, ErasureState, ErasureStep, ErasureSubject } from '../words/index.ts';
import type { Count, Timestamp } from './formats.ts';
import type { InclusionAnswer } from './proof-shapes.ts';

/** How far an erasure is: for whoever has its id, which cannot be guessed. It names nobody. */
export interface Erasure {
  readonly id: string;
  readonly subject: ErasureSubject;
  readonly state: ErasureState;
  readonly comments: ErasedComments;
  /** RFC 3339, UTC. */
  readonly requestedAt: Timestamp;
  /** Until then it can be taken back. */
  readonly dueAt: Timestamp;
  readonly finishedAt: Timestamp | null;
  /** What was done, in order, and how many of each there were. */
  readonly steps: readonly { readonly step: ErasureStep; readonly count: Count; readonly at: Timestamp }[];
  /** Once it is done: that its end stands in the log. */
  readonly proof: InclusionAnswer | null;
}

export interface AskedErasure {
  readonly erasureId: string;
}

/** One's own: with the password, or the token of a link to sign in that came by mail. */
export interface OwnErasureWish {
  readonly comments: ErasedComments;
  readonly password?: string;
  readonly link?: string;
  readonly immediately?: boolean;
}

/** By an admin, whose sign-in must be fresh. Comments go unless told. */
export interface MemberErasureWish {
  readonly comments?: ErasedComments;
  readonly password?: string;
  readonly immediately?: boolean;
}

/** Of people that an import brought: by their address, or by their name and where they came from. */
export interface ImportedErasureWish {
  readonly email?: string;
  readonly name?: string;
  readonly source?: string;
  readonly password?: string;
}

export interface PurgeWish {
  readonly reason: string;
}
