import { type Decider, DomainError, unreachable } from '../../../libs/kernel/index.ts';
import type { CommentFacts } from '../comment/comment.facts.ts';
import type { PostFacts } from '../post/post.facts.ts';
import { invalid } from '../text.ts';
import type { ChangeDiscussion, DiscussionCommand } from './discussion.commands.ts';
import type { DiscussionEvent } from './discussion.events.ts';
import { type DiscussionFacts, discussionFacts } from './discussion.facts.ts';

const LONGEST_WAIT_SECONDS = 86_400;

export interface DiscussionNeeds {
  readonly post: PostFacts | null;
  /** The comment that is to be pinned. */
  readonly pinned: CommentFacts | null;
}

export const discussionDecider: Decider<DiscussionFacts, DiscussionCommand, DiscussionEvent, DiscussionNeeds> = {
  initial: discussionFacts.initial,
  decide: (command, state, needed) => {
    switch (command.type) {
      case 'ChangeDiscussion':
        return change(command, state, needed);
      default:
        return unreachable(command.type);
    }
  },
  evolve: discussionFacts.evolve,
};

function change(
  command: ChangeDiscussion,
  facts: DiscussionFacts,
  needed: DiscussionNeeds,
): readonly DiscussionEvent[] {
  for (const rule of RULES_OF_SETTINGS) rule(command, needed);
  const { postId, state, slowModeSeconds, pinnedCommentId } = command.data;
  const { settings } = facts;
  const same =
    state === settings.state &&
    slowModeSeconds === settings.slowModeSeconds &&
    pinnedCommentId === settings.pinnedCommentId;
  if (same) return [];
  return [{ type: 'DiscussionChanged.v1', data: { postId, state, slowModeSeconds, pinnedCommentId }, personal: null }];
}

type SettingsRule = (command: ChangeDiscussion, needed: DiscussionNeeds) => void;

const RULES_OF_SETTINGS: readonly SettingsRule[] = [postExists, waitIsReasonable, pinnedCommentIsShownHere];

/** Also for a post that is scheduled or withdrawn: its discussion can be prepared, or shut for good. */
function postExists(_: ChangeDiscussion, { post }: DiscussionNeeds): void {
  if (post === null) throw new DomainError('post_not_found', 'There is no such post.');
}

function waitIsReasonable({ data }: ChangeDiscussion): void {
  const seconds = data.slowModeSeconds;
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > LONGEST_WAIT_SECONDS) {
    throw invalid('slowModeSeconds', `must be a whole number from 0 to ${LONGEST_WAIT_SECONDS}`);
  }
}

function pinnedCommentIsShownHere({ data }: ChangeDiscussion, { pinned }: DiscussionNeeds): void {
  if (data.pinnedCommentId === null) return;
  if (pinned !== null && pinned.postId === data.postId && pinned.status === 'visible') return;
  throw new DomainError('comment_not_found', 'The comment to be pinned is not shown in this discussion.', [
    { field: 'pinnedCommentId', message: 'names no comment that is shown in this discussion' },
  ]);
}
