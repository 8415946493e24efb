import type { Decider } from '../../../libs/kernel/index.ts';
import type { AskTestMail } from './mail.commands.ts';
import type { TestMailEvent } from './mail.events.ts';

/** Each test is one event. */
export const testMailDecider: Decider<{ asked: boolean }, AskTestMail, TestMailEvent, null> = {
  initial: () => ({ asked: false }),
  decide: ({ data }, { asked }) => (asked ? [] : [{ type: 'TestMailAsked.v1', data, personal: null }]),
  evolve: (state) => {
    state.asked = true;
    return state;
  },
};
