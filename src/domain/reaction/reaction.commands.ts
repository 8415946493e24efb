import { Command } from '../../../libs/kernel/index.ts';
import type { ReactionKind } from '../../../libs/words/index.ts';
import type { Actor } from '../member/actor.ts';

interface ReactionWish {
  readonly commentId: string;
  readonly by: Actor;
  readonly kind: ReactionKind;
}

export class AddReaction extends Command<ReactionWish> {
  readonly type = 'AddReaction';
}
export class WithdrawReaction extends Command<ReactionWish> {
  readonly type = 'WithdrawReaction';
}

export type ReactionCommand = AddReaction | WithdrawReaction;
