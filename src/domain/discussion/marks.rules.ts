import { commentNotFound, DomainError } from '../../../libs/kernel/index.ts';
import { isEditor, MOST_FEATURED } from '../../../libs/words/index.ts';
import type { CommentFacts } from '../comment/comment.facts.ts';
import { type PostFacts, requirePublicPost } from '../post/post.facts.ts';
import type { DiscussionFacts } from './discussion.facts.ts';
import type {
  AcceptAnswer,
  ChangeAsking,
  FeatureComment,
  TakeBackAcceptance,
  UnfeatureComment,
} from './marks.commands.ts';
import type { MarkEvent } from './marks.events.ts';

/** What the marks of comments are decided by, besides the discussion itself. */
export interface MarkNeeds {
  readonly post: PostFacts | null;
  /** The comment that is marked. */
  readonly comment: CommentFacts | null;
  /** Whether it stands below a comment of which readers find no trace. */
  readonly belowHidden: boolean;
}

type Marks = Pick<DiscussionFacts, 'asks' | 'acceptedId' | 'featured'>;

export function changeAsking(
  { data: { postId, asks, by } }: ChangeAsking,
  facts: Marks,
  { post }: Pick<MarkNeeds, 'post'>,
): readonly MarkEvent[] {
  if (post === null) throw new DomainError('post_not_found', 'There is no such post.');
  requireEditor(by);
  if (facts.asks === asks) return [];
  return [{ type: 'AskingChanged.v1', data: { postId, asks }, personal: null }];
}

/** A closed discussion is answered too: that is often when somebody looks back at it. */
export function acceptAnswer(command: AcceptAnswer, facts: Marks, needs: MarkNeeds): readonly MarkEvent[] {
  const { postId, commentId } = command.data;
  requireShown(command, needs);
  requireAsker(command.data.by, needs);
  if (!facts.asks) throw new DomainError('conflict', 'This post does not ask for an answer.');
  if (facts.acceptedId === commentId) return [];
  const accepted = { type: 'AnswerAccepted.v1', data: { postId, commentId }, personal: null } as const;
  return facts.acceptedId === null ? [accepted] : [takenBack(postId, facts.acceptedId), accepted];
}

/** Also of an answer that readers do not see any more. */
export function takeBackAcceptance(
  { data: { postId, commentId, by } }: TakeBackAcceptance,
  facts: Marks,
  needs: MarkNeeds,
): readonly MarkEvent[] {
  requireHere(postId, needs);
  requireAsker(by, needs);
  return facts.acceptedId === commentId ? [takenBack(postId, commentId)] : [];
}

export function featureComment(command: FeatureComment, facts: Marks, needs: MarkNeeds): readonly MarkEvent[] {
  const { postId, commentId, by } = command.data;
  requireEditor(by);
  requireShown(command, needs);
  if (facts.featured.has(commentId)) return [];
  if (facts.featured.size >= MOST_FEATURED) {
    throw new DomainError('conflict', `A discussion has ${MOST_FEATURED} featured comments at most.`);
  }
  return [{ type: 'CommentFeatured.v1', data: { postId, commentId }, personal: null }];
}

export function unfeatureComment(
  { data: { postId, commentId, by } }: UnfeatureComment,
  facts: Marks,
  needs: MarkNeeds,
): readonly MarkEvent[] {
  requireEditor(by);
  requireHere(postId, needs);
  if (!facts.featured.has(commentId)) return [];
  return [{ type: 'CommentUnfeatured.v1', data: { postId, commentId }, personal: null }];
}

function takenBack(postId: string, commentId: string): MarkEvent {
  return { type: 'AcceptanceTakenBack.v1', data: { postId, commentId }, personal: null };
}

function requireEditor({ roles }: AcceptAnswer['data']['by']): void {
  if (!isEditor(roles)) throw new DomainError('forbidden', 'Only editors do this.');
}

/** Whoever asked: the author of the post. An editor may accept for everybody. */
function requireAsker({ memberId, roles }: AcceptAnswer['data']['by'], { post }: MarkNeeds): void {
  if (post?.authorId === memberId || isEditor(roles)) return;
  throw new DomainError('forbidden', 'The author of the post accepts an answer, or an editor.');
}

function requireHere(postId: string, { comment }: MarkNeeds): void {
  if (comment === null || comment.postId !== postId) throw commentNotFound();
}

/** Only what readers see is marked. */
function requireShown({ data: { postId, by }, meta }: AcceptAnswer | FeatureComment, needs: MarkNeeds): void {
  const { comment, post, belowHidden } = needs;
  requireHere(postId, needs);
  requirePublicPost(post, by.roles, meta.now);
  if (comment?.status !== 'visible' || comment.hidden || belowHidden) throw commentNotFound();
}
