import { Command } from '../../../libs/kernel/index.ts';
import type { DiscussionSettings } from './discussion.events.ts';

export class ChangeDiscussion extends Command<DiscussionSettings & { readonly postId: string }> {
  readonly type = 'ChangeDiscussion';
}

export type DiscussionCommand = ChangeDiscussion;
