import type { Fact } from '../../../libs/kernel/index.ts';

export const REACTION_KINDS = ['like', 'thanks', 'agree', 'disagree', 'insightful', 'funny', 'sad'] as const;
export type ReactionKind = (typeof REACTION_KINDS)[number];

interface ReactionData {
  readonly commentId: string;
  readonly postId: string;
  readonly memberId: string;
  readonly kind: ReactionKind;
}

/** Stream `reaction-<commentId>-<memberId>`: a member may hold several kinds on one comment, each once. */
export type ReactionAdded = Fact<'ReactionAdded.v1', ReactionData, null>;
export type ReactionWithdrawn = Fact<'ReactionWithdrawn.v1', ReactionData, null>;

export type ReactionEvent = ReactionAdded | ReactionWithdrawn;
