import type { Fact } from '../../../libs/kernel/index.ts';
import type { ReactionKind } from '../../../libs/words/index.ts';

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
