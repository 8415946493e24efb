import type { Fact } from '../../../libs/kernel/index.ts';
import { REACTION_KINDS, type ReactionKind } from '../../../libs/words/index.ts';
import { anyOf, type Catalogue } from '../catalogue-entry.ts';

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

const REACTION_STREAM = 'reaction-<commentId>-<memberId>';

const REACTION_DATA = {
  commentId: 'The comment that is reacted to.',
  postId: 'The post that it stands under.',
  memberId: 'The member who reacts.',
  kind: `${anyOf(REACTION_KINDS)}.`,
};

export const REACTION_EVENTS: Catalogue<ReactionEvent> = {
  'ReactionAdded.v1': {
    stream: REACTION_STREAM,
    sentence: 'A member reacted to a comment; each kind counts once a member.',
    data: REACTION_DATA,
    personal: null,
  },
  'ReactionWithdrawn.v1': {
    stream: REACTION_STREAM,
    sentence: 'A member took a reaction back.',
    data: REACTION_DATA,
    personal: null,
  },
};
