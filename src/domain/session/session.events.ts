import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';

/** Stream `session-<sessionId>`: one event for each day on which the session was used after the day of its sign-in. */
export type SessionSeen = Fact<
  'SessionSeen.v1',
  {
    readonly sessionId: string;
    readonly memberId: string;
    /** `2015-10-05`, in UTC. */
    readonly day: string;
  },
  null
>;

export type SessionEvent = SessionSeen;

export const SESSION_EVENTS: Catalogue<SessionEvent> = {
  'SessionSeen.v1': {
    stream: 'session-<sessionId>',
    sentence: 'A session was used on this day; recorded once a day, and not on the day of the sign-in.',
    data: { sessionId: 'The session.', memberId: MEANING.member, day: 'The day in UTC, such as `2015-10-05`.' },
    personal: null,
  },
};
