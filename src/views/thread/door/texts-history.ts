import { EVENT_STORE, type EventStore } from '../../../../libs/event-store/index.ts';

/** The log, where it has the texts that the view has not: pages read these there, and nothing else. */
export type LogOfTexts = Pick<EventStore, 'sealedAt'>;
export const LOG_OF_TEXTS = EVENT_STORE;
