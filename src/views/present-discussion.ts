import type { Discussion } from '../../libs/client/index.ts';
import { DISCUSSION_STATES } from '../../libs/words/index.ts';
import { idText } from './ids.ts';

export interface DiscussionColumns {
  readonly state: string;
  readonly slow_mode: number;
  readonly pinned: Buffer | null;
}

/** What stands out in a discussion; empty where nothing does. */
export type StandingOut = Pick<Discussion, 'asks' | 'acceptedCommentId' | 'featuredCount'>;

export function presentDiscussion(
  { state, slow_mode: slowModeSeconds, pinned }: DiscussionColumns,
  standingOut: StandingOut,
): Discussion {
  return {
    state: DISCUSSION_STATES.find((known) => known === state) ?? 'closed',
    slowModeSeconds,
    pinnedCommentId: pinned && idText(pinned),
    ...standingOut,
  };
}
