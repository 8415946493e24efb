import type { Count } from './formats.ts';

/** Comments that were written with a member's confirmed address before the account was there. */
export interface ClaimableOf {
  /** The kind of the import that brought them; null for those that a guest wrote here. */
  readonly source: string | null;
  readonly count: Count;
}

/** Empty for a member who has not confirmed the address. */
export interface ClaimableList {
  readonly items: readonly ClaimableOf[];
}

export interface ClaimedCount {
  /** How many became the member's own just now. */
  readonly claimed: Count;
}
