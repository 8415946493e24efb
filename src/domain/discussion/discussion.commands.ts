import { Command } from '../../../libs/kernel/index.ts';
import type { DiscussionSettings } from './discussion.events.ts';
import type { MarkCommand } from './marks.commands.ts';

/** Fields that are left out stay as they are; `reason` says why, for those who look at the change later. */
export class ChangeDiscussion extends Command<
  Partial<DiscussionSettings> & { readonly postId: string; readonly reason?: string | null }
> {
  readonly type = 'ChangeDiscussion';
}

export type DiscussionCommand = ChangeDiscussion | MarkCommand;
