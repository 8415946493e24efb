import { Command } from '../../../libs/kernel/index.ts';
import type { DiscussionSettings } from './discussion.events.ts';

/** What is left out stays as it is; `reason` says why, for those who look at it later. */
export class ChangeDiscussion extends Command<
  Partial<DiscussionSettings> & { readonly postId: string; readonly reason?: string | null }
> {
  readonly type = 'ChangeDiscussion';
}

export type DiscussionCommand = ChangeDiscussion;
