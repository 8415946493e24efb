import type { Decider } from '../../../libs/kernel/index.ts';
import type { CallModerators } from './queue.commands.ts';
import type { QueueEvent } from './queue.events.ts';

/** A comment that waits calls those who moderate once. */
export const queueDecider: Decider<{ called: boolean }, CallModerators, QueueEvent, null> = {
  initial: () => ({ called: false }),
  decide: ({ data }, { called }) => (called ? [] : [{ type: 'QueueOverdue.v1', data, personal: null }]),
  evolve: (state) => {
    state.called = true;
    return state;
  },
};
