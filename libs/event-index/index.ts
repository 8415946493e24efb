export * from './event-index.ts';
export { kindIn, matcher } from './matching.ts';
export type { DayCount, EventQuery, IndexQuery, IndexState, Span } from './port.ts';
