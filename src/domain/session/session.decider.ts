import type { Decider } from '../../../libs/kernel/index.ts';
import type { NoteSessionSeen } from './session.commands.ts';
import type { SessionEvent } from './session.events.ts';

export interface SessionUse {
  /** The newest day on which it was seen; empty before the first. */
  lastDay: string;
}

/** Each day is noted once, whichever nodes saw the session; days come in order. */
export const sessionDecider: Decider<SessionUse, NoteSessionSeen, SessionEvent, null> = {
  initial: () => ({ lastDay: '' }),
  decide: ({ data }, { lastDay }) => (data.day > lastDay ? [{ type: 'SessionSeen.v1', data, personal: null }] : []),
  evolve: (state, { data }) => {
    if (data.day > state.lastDay) state.lastDay = data.day;
    return state;
  },
};
