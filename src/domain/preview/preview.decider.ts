import { type Decider, DomainError, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import { MOST_PREVIEW_DAYS } from '../../../libs/words/index.ts';
import { invalid } from '../text.ts';
import type { EndPreview, PreviewCommand, SharePreview } from './preview.commands.ts';
import type { PreviewEvent, PreviewShared } from './preview.events.ts';

const DAY_MS = 86_400_000;

export interface PreviewState {
  shared: PreviewShared['data'] | null;
  ended: boolean;
}

export const previewDecider: Decider<PreviewState, PreviewCommand, PreviewEvent, null> = {
  initial: () => ({ shared: null, ended: false }),
  decide: (command, state) => {
    switch (command.type) {
      case 'SharePreview':
        return share(command, state);
      case 'EndPreview':
        return end(command, state);
      default:
        return unreachable(command);
    }
  },
  evolve: (state, fact: Remembered<PreviewEvent>) => {
    switch (fact.type) {
      case 'PreviewShared.v1':
        state.shared = fact.data;
        return state;
      case 'PreviewEnded.v1':
        state.ended = true;
        return state;
      default:
        return unreachable(fact);
    }
  },
};

function share({ data, meta }: SharePreview, { shared }: PreviewState): readonly PreviewEvent[] {
  const { previewId, postId, memberId } = data;
  if (shared !== null) {
    if (shared.postId === postId && shared.memberId === memberId) return [];
    throw new DomainError('id_taken', 'Another link has this id.');
  }
  const left = Date.parse(data.expiresAt) - Date.parse(meta.now);
  if (!(left > 0 && left <= MOST_PREVIEW_DAYS * DAY_MS))
    throw invalid('days', `must be a whole number from 1 to ${MOST_PREVIEW_DAYS}`);
  const expiresAt = new Date(data.expiresAt).toISOString();
  return [{ type: 'PreviewShared.v1', data: { previewId, postId, memberId, expiresAt }, personal: null }];
}

function end({ data: { previewId } }: EndPreview, { shared, ended }: PreviewState): readonly PreviewEvent[] {
  if (shared === null) throw new DomainError('not_found', 'There is no such link.');
  return ended ? [] : [{ type: 'PreviewEnded.v1', data: { previewId, postId: shared.postId }, personal: null }];
}
