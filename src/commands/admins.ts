/** Who may be an admin, as a node's views know it; the log is asked about each. */
export interface Admins {
  /** Null in a program without views, which only those run who have the machine. */
  ids(): Promise<readonly string[] | null>;
}

/** The injection token of Admins. */
export const ADMINS = Symbol('Admins');

export const NO_ADMINS: Admins = { ids: async () => null };
