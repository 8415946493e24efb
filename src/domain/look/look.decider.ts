import { type Decider, unreachable } from '../../../libs/kernel/index.ts';
import type { LookCommand, RecordLook } from './look.commands.ts';
import type { HiddenSeen, LookEvent } from './look.events.ts';

/** The most texts, and the most members, that one event names. */
export const MOST_NAMED = 500;

/** Whether the look or export was recorded; each is one event. */
export interface LookState {
  recorded: boolean;
}

export const lookDecider: Decider<LookState, LookCommand, LookEvent, null> = {
  initial: () => ({ recorded: false }),
  decide: (command, { recorded }) => {
    if (recorded) return [];
    switch (command.type) {
      case 'RecordLook':
        return [look(command)];
      case 'RecordExport':
        return [{ type: 'Exported.v1', data: command.data, personal: null }];
      default:
        return unreachable(command);
    }
  },
  evolve: (state) => {
    state.recorded = true;
    return state;
  },
};

function look({ data }: RecordLook): HiddenSeen {
  const texts = data.texts.slice(0, MOST_NAMED);
  const members = data.members.slice(0, MOST_NAMED);
  const more = data.texts.length - texts.length + data.members.length - members.length;
  return { type: 'HiddenSeen.v2', data: { ...data, texts, members, more }, personal: null };
}
