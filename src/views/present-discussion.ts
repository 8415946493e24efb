import type { Discussion, DiscussionState } from '../../libs/client/index.ts';
import { idText } from './ids.ts';

const STATES: readonly DiscussionState[] = ['open', 'read-only', 'closed'];

export interface DiscussionColumns {
  readonly state: string;
  readonly slow_mode: number;
  readonly pinned: Buffer | null;
}

export function presentDiscussion({ state, slow_mode: slowModeSeconds, pinned }: DiscussionColumns): Discussion {
  return {
    state: STATES.find((known) => known === state) ?? 'closed',
    slowModeSeconds,
    pinnedCommentId: pinned && idText(pinned),
  };
}
