import type { LogProgress, ScratchArea, TouchedView, VerifiedView, ViewFigures } from '../../../libs/client/index.ts';
import type { Position } from '../../../libs/kernel/index.ts';
import type { ScratchFiles } from '../../views/scratch/scratch.query-types.ts';

export interface ReplayWish {
  readonly onProgress?: (progress: LogProgress) => void;
  readonly signal?: AbortSignal;
}

/** By what a time is told: when the log recorded it, or when it happened, which imported events did long before. */
export type ReplayClock = 'recorded' | 'happened';

/** Up to where: a position, or milliseconds since 1970 by one of the two clocks. */
export type Until = { readonly position: Position } | { readonly time: number; readonly by: ReplayClock };

/** What is under way, for pages that are asked again. */
export interface Underway {
  readonly kind: 'verification' | 'replay' | 'touched';
  /** The view, or where the replay ends. */
  readonly subject: string;
  readonly progress: LogProgress | null;
}

/** A verification that came to no answer. */
export interface FailedVerification {
  readonly name: string;
  readonly reason: string;
  /** RFC 3339. */
  readonly at: string;
}

/** Views built anew beside the live ones: `src/audit`, given by composition. One at a time: throws DomainError conflict. */
export interface Replaying {
  /** With their digests, each at the position that it says. */
  views(): Promise<readonly ViewFigures[]>;
  /** Throws DomainError not_found for a view that is none. */
  verify(view: string, options?: ReplayWish): Promise<VerifiedView>;
  underway(): Underway | null;
  /** The last verification of each view since the start. */
  verified(): readonly VerifiedView[];
  /** The views whose last verification failed, since the start. */
  failed(): readonly FailedVerification[];
  /** What each view makes of one event. Throws DomainError not_found. */
  touched(position: Position, options?: ReplayWish): Promise<readonly TouchedView[]>;
  /** What was found out of an event before. */
  knownTouched(position: Position): readonly TouchedView[] | undefined;
  /** Throws DomainError invalid for a moment that has not come, conflict when there is no room for another. */
  replay(until: Until, madeBy: string): Promise<ScratchArea>;
  scratches(): readonly ScratchArea[];
  /** Throws DomainError not_found once it is gone. */
  scratch(id: string): { readonly area: ScratchArea; readonly files: ScratchFiles };
  drop(id: string): void;
}

/** The injection token under which `Replaying` is provided. */
export const REPLAYING = Symbol('Replaying');
