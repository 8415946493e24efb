import { type Decider, DomainError, isErased, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { unfinishedTextOf } from '../text.ts';
import type { DraftCommand, KeepDraft } from './draft.commands.ts';
import type { DraftEvent } from './draft.events.ts';

export interface DraftState {
  /** Null before the first text, for one that was dropped, and for one whose key is destroyed. */
  body: string | null;
  /** Of the newest text. */
  position: bigint;
  dropped: boolean;
}

export const draftDecider: Decider<DraftState, DraftCommand, DraftEvent, null> = {
  initial: () => ({ body: null, position: 0n, dropped: false }),
  decide: (command, state) => {
    const { by, draftId, placeId } = command.data;
    const data = { memberId: by.memberId, draftId, placeId };
    switch (command.type) {
      case 'KeepDraft':
        return keep(command, state, data);
      case 'DropDraft':
        return state.position === 0n || state.dropped ? [] : [{ type: 'DraftDropped.v1', data, personal: null }];
      default:
        return unreachable(command);
    }
  },
  evolve,
};

function evolve(state: DraftState, fact: Remembered<DraftEvent>): DraftState {
  switch (fact.type) {
    case 'DraftKept.v1':
      state.body = isErased(fact.personal) ? null : fact.personal.body;
      state.position = fact.envelope.position;
      return state;
    case 'DraftDropped.v1':
      state.dropped = true;
      state.body = null;
      return state;
    default:
      return unreachable(fact);
  }
}

/** A text that the writer has not seen is never written over. */
function keep(
  { data: { place, body: sent, over } }: KeepDraft,
  { body: kept, position, dropped }: DraftState,
  data: DraftEvent['data'],
): readonly DraftEvent[] {
  const body = unfinishedTextOf(sent, 'body', TEXT_LIMITS.comment);
  if (body === kept) return [];
  if (dropped) throw new DomainError('conflict', 'This draft was thrown away meanwhile; try again.', [], 1);
  if (kept !== null && over !== position) {
    throw new DomainError('stale_revision', 'A newer text of this draft was kept by another device; read it first.');
  }
  const { postId, parentId, commentId } = place;
  return [{ type: 'DraftKept.v1', data, personal: { postId, parentId, commentId, body } }];
}
