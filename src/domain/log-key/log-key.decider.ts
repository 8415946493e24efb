import { type Decider, DomainError } from '../../../libs/kernel/index.ts';
import type { ChangeLogKey } from './log-key.commands.ts';
import type { LogKeyEvent } from './log-key.events.ts';

export interface LogKeyState {
  /** The present note verifier key; null before the first change. */
  current: string | null;
}

/** A change starts from the present key; a repeat of the last change is answered like the first. */
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

/**
 * The bytes of a key `name+hash+base64`. A forum that moved has the same key under another name, and so another hash.
 */
function bytesOf(verifierKey: string): string {
  return verifierKey.split('+').slice(2).join('+');
}
