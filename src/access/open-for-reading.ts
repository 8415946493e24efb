/** The injection token of OpenForReading. */
export const OPEN_FOR_READING = Symbol('OpenForReading');

/** Whether this server serves a copy of its forum for reading alone, since its disk takes no writes. */
export interface OpenForReading {
  readonly alone: boolean;
}
