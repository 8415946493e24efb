import { type Decider, DomainError } from '../../../libs/kernel/index.ts';
import type { RecordKeyDestruction } from './key.commands.ts';
import type { KeyEvent } from './key.events.ts';

const KEY_ID = /^[0-9a-f]{32}$/;

export interface KeyLife {
  destroyed: boolean;
}

/** A key is destroyed once; a repeated command is answered like the first. */
export const keyDecider: Decider<KeyLife, RecordKeyDestruction, KeyEvent, null> = {
  initial: () => ({ destroyed: false }),
  decide: ({ data }, { destroyed }) => {
    if (!KEY_ID.test(data.keyId)) throw new DomainError('invalid', 'A key id has 32 lower-case hex digits.');
    return destroyed ? [] : [{ type: 'KeyDestroyed.v1', data, personal: null }];
  },
  evolve: (state) => {
    state.destroyed = true;
    return state;
  },
};
