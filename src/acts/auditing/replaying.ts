import type { LogProgress, ScratchArea, TouchedView, VerifiedView, ViewFigures } from '../../../libs/client/index.ts';
import type { Position } from '../../../libs/kernel/index.ts';
import type { ScratchFiles } from '../../views/scratch/scratch.query-types.ts';

export interface ReplayWish {
  readonly onProgress?: (progress: LogProgress) => void;
  readonly signal?: AbortSignal;
  /** The forum wishes it itself, and gives way to whoever asks. */
  readonly own?: boolean;
}

/**
 * The clock of a time: when the log recorded the event, or when it happened, which for imported events was long before.
 */
export type ReplayClock = 'recorded' | 'happened';

/** The end of a replay: a position, or milliseconds since 1970 by one of the two clocks. */
export type Until = { readonly position: Position } | { readonly time: number; readonly by: ReplayClock };

/** The work that somebody asked for and that is under way, for pages that ask again. */
export interface Underway {
  readonly kind: 'verification' | 'replay' | 'touched';
  /** The view, or the position where the replay ends. */
  readonly subject: string;
  readonly progress: LogProgress | null;
}

/** A verification that failed to give an answer. */
export interface FailedVerification {
  readonly name: string;
  readonly reason: string;
  /** RFC 3339. */
  readonly at: string;
}

/**
 * Builds views anew beside the live ones. `src/audit` does it; composition provides it. One runs at a time: what is asked
 * for waits for the end of the forum's own, and behind another one that was asked for it throws DomainError conflict.
 */
export interface Replaying {
  /** The views with their digests, each at its position. */
  views(): Promise<readonly ViewFigures[]>;
  /** Throws DomainError not_found for an unknown view. */
  verify(view: string, options?: ReplayWish): Promise<VerifiedView>;
  underway(): Underway | null;
  /** The last verification of each view since the start. */
  verified(): readonly VerifiedView[];
  /** The views whose last verification failed, since the start. */
  failed(): readonly FailedVerification[];
  /** The rows of each view that one event touches. Throws DomainError not_found. */
  touched(position: Position, options?: ReplayWish): Promise<readonly TouchedView[]>;
  /** The earlier answer of `touched` for an event. */
  knownTouched(position: Position): readonly TouchedView[] | undefined;
  /** Throws DomainError invalid for a moment in the future, and conflict when there is no room for another. */
  replay(until: Until, madeBy: string): Promise<ScratchArea>;
  scratches(): readonly ScratchArea[];
  /** Throws DomainError not_found once it is deleted. */
  scratch(id: string): { readonly area: ScratchArea; readonly files: ScratchFiles };
  drop(id: string): void;
}

/** The injection token under which `Replaying` is provided. */
export const REPLAYING = Symbol('Replaying');
