import { Command } from '../../../libs/kernel/index.ts';
import type { Actor } from '../member/actor.ts';

/** Says that the post asks something that one comment may answer, or that it does not. */
export class ChangeAsking extends Command<{
  readonly postId: string;
  readonly asks: boolean;
  readonly by: Actor;
}> {
  readonly type = 'ChangeAsking';
}

interface ToMark {
  readonly postId: string;
  readonly commentId: string;
  readonly by: Actor;
}

export class AcceptAnswer extends Command<ToMark> {
  readonly type = 'AcceptAnswer';
}

export class TakeBackAcceptance extends Command<ToMark> {
  readonly type = 'TakeBackAcceptance';
}

export class FeatureComment extends Command<ToMark> {
  readonly type = 'FeatureComment';
}

export class UnfeatureComment extends Command<ToMark> {
  readonly type = 'UnfeatureComment';
}

export type MarkCommand = ChangeAsking | AcceptAnswer | TakeBackAcceptance | FeatureComment | UnfeatureComment;
