/** The injection token of OpenForReading. */
export const OPEN_FOR_READING = Symbol('OpenForReading');

/** Whether this server serves a read-only copy of its forum, since its disk takes no writes. */
export interface OpenForReading {
  readonly alone: boolean;
}
