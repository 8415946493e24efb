/** Names of what members keep for themselves. */
export interface ShelfNames {
  /** The id of something that a member keeps: the same each time, and nobody without the forum's key reads from it what that is. */
  kept(memberId: string, what: readonly (string | null)[]): string;
}
