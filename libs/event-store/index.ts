export * from './port.ts';

/** The injection token under which the log is provided. */
export const EVENT_STORE = Symbol('EventStore');
