import { type Decider, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import type { VisitCommand } from './visit.commands.ts';
import type { VisitEvent } from './visit.events.ts';

export interface VisitState {
  kept: boolean;
}

export const visitDecider: Decider<VisitState, VisitCommand, VisitEvent, null> = {
  initial: () => ({ kept: true }),
  decide: (command, { kept }) => {
    const { memberId } = command.data.by;
    switch (command.type) {
      case 'KeepVisit': {
        const { postId, position, at, before } = command.data.visit;
        const data = { memberId, visitId: command.data.visitId };
        return kept ? [{ type: 'VisitKept.v1', data, personal: { postId, position, at, before } }] : [];
      }
      case 'TurnVisits':
        if (command.data.kept === kept) return [];
        return [{ type: 'VisitsTurned.v1', data: { memberId, kept: command.data.kept }, personal: null }];
      default:
        return unreachable(command);
    }
  },
  evolve: (state, fact: Remembered<VisitEvent>) => {
    switch (fact.type) {
      case 'VisitKept.v1':
        return state;
      case 'VisitsTurned.v1':
        state.kept = fact.data.kept;
        return state;
      default:
        return unreachable(fact);
    }
  },
};
