import { type Decider, DomainError } from '../../../libs/kernel/index.ts';
import type { ChangeLogKey } from './log-key.commands.ts';
import type { LogKeyEvent } from './log-key.events.ts';

export interface LogKeyState {
  /** The note verifier key of now; null before the first change. */
  current: string | null;
}

/** A change goes on from the key of now; who asks again for the one that was made is answered as the first. */
export const logKeyDecider: Decider<LogKeyState, ChangeLogKey, LogKeyEvent, null> = {
  initial: () => ({ current: null }),
  decide: ({ data }, { current }) => {
    if (bytesOf(data.from) === bytesOf(data.to)) throw new DomainError('invalid', 'The new key is the old one.');
    if (current === null) return [changed(data)];
    if (bytesOf(current) === bytesOf(data.to)) return [];
    if (bytesOf(current) !== bytesOf(data.from)) {
      throw new DomainError('conflict', `The log's key is ${current}, and the change begins with ${data.from}.`);
    }
    return [changed(data)];
  },
  evolve: (state, { data }) => {
    state.current = data.to;
    return state;
  },
};

function changed(data: ChangeLogKey['data']): LogKeyEvent {
  return { type: 'LogKeyChanged.v1', data, personal: null };
}

/** Of `name+hash+base64`: a forum that moved has the same key under another name, and with that another hash. */
function bytesOf(verifierKey: string): string {
  return verifierKey.split('+').slice(2).join('+');
}
