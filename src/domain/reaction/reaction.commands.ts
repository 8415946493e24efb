import { Command } from '../../../libs/kernel/index.ts';
import type { ReactionKind } from './reaction.events.ts';

interface ReactionWish {
  readonly commentId: string;
  readonly memberId: string;
  readonly kind: ReactionKind;
}

export class AddReaction extends Command<ReactionWish> {}
export class WithdrawReaction extends Command<ReactionWish> {}

export type ReactionCommand = AddReaction | WithdrawReaction;
