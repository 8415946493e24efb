import { type Decider, DomainError, unreachable } from '../../../libs/kernel/index.ts';
import { MOST_SLOW_MODE_SECONDS, TEXT_LIMITS } from '../../../libs/words/index.ts';
import type { CommentFacts } from '../comment/comment.facts.ts';
import { invalid, textOf } from '../text.ts';
import type { ChangeDiscussion, DiscussionCommand } from './discussion.commands.ts';
import { type DiscussionEvent, type DiscussionSettings, settingsAfter } from './discussion.events.ts';
import { type DiscussionFacts, discussionFacts } from './discussion.facts.ts';
import {
  acceptAnswer,
  changeAsking,
  featureComment,
  type MarkNeeds,
  takeBackAcceptance,
  unfeatureComment,
} from './marks.rules.ts';

export interface DiscussionNeeds extends MarkNeeds {
  /** The comment that is to be pinned. */
  readonly pinned: CommentFacts | null;
}

export const discussionDecider: Decider<DiscussionFacts, DiscussionCommand, DiscussionEvent, DiscussionNeeds> = {
  initial: discussionFacts.initial,
  decide: (command, state, needed) => {
    switch (command.type) {
      case 'ChangeDiscussion':
        return change(command, state, needed);
      case 'ChangeAsking':
        return changeAsking(command, state, needed);
      case 'AcceptAnswer':
        return acceptAnswer(command, state, needed);
      case 'TakeBackAcceptance':
        return takeBackAcceptance(command, state, needed);
      case 'FeatureComment':
        return featureComment(command, state, needed);
      case 'UnfeatureComment':
        return unfeatureComment(command, state, needed);
      default:
        return unreachable(command);
    }
  },
  evolve: discussionFacts.evolve,
};

function change(
  { data }: ChangeDiscussion,
  { settings }: DiscussionFacts,
  needed: DiscussionNeeds,
): readonly DiscussionEvent[] {
  const changes = changesBetween(settings, settingsAfter(settings, data));
  for (const rule of RULES_OF_SETTINGS) rule(changes, data.postId, needed);
  const reason = reasonOf(data.reason ?? '');
  if (Object.keys(changes).length === 0) return [];
  return [{ type: 'DiscussionChanged.v2', data: { postId: data.postId, ...changes, reason }, personal: null }];
}

type Changes = Partial<DiscussionSettings>;

function changesBetween(before: DiscussionSettings, after: DiscussionSettings): Changes {
  const { state, slowModeSeconds, pinnedCommentId } = after;
  return {
    ...(state === before.state ? {} : { state }),
    ...(slowModeSeconds === before.slowModeSeconds ? {} : { slowModeSeconds }),
    ...(pinnedCommentId === before.pinnedCommentId ? {} : { pinnedCommentId }),
  };
}

/** An empty reason is no reason. */
function reasonOf(reason: string): string | null {
  return textOf(reason, 'reason', TEXT_LIMITS.reason) || null;
}

type SettingsRule = (changes: Changes, postId: string, needed: DiscussionNeeds) => void;

const RULES_OF_SETTINGS: readonly SettingsRule[] = [postExists, waitIsReasonable, pinnedCommentIsShownHere];

/** A scheduled or withdrawn post counts too: its discussion can be prepared, or closed for good. */
function postExists(_: Changes, __: string, { post }: DiscussionNeeds): void {
  if (post === null) throw new DomainError('post_not_found', 'There is no such post.');
}

function waitIsReasonable({ slowModeSeconds: seconds = 0 }: Changes): void {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > MOST_SLOW_MODE_SECONDS) {
    throw invalid('slowModeSeconds', `must be a whole number from 0 to ${MOST_SLOW_MODE_SECONDS}`);
  }
}

function pinnedCommentIsShownHere(
  { pinnedCommentId = null }: Changes,
  postId: string,
  { pinned }: DiscussionNeeds,
): void {
  if (pinnedCommentId === null) return;
  if (pinned !== null && pinned.postId === postId && pinned.status === 'visible') return;
  throw new DomainError('comment_not_found', 'The comment to be pinned is not shown in this discussion.', [
    { field: 'pinnedCommentId', message: 'names no comment that is shown in this discussion' },
  ]);
}
