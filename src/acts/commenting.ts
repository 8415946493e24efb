import type { QueryBus } from '@nestjs/cqrs';
import type { Comment, CommentEdit, DraftSpot, NewComment } from '../../libs/client/index.ts';
import { deriveId, type Fact, formatPosition, trusted } from '../../libs/kernel/index.ts';
import { type Recorded, Turns } from '../../libs/nest-decider/index.ts';
import { isModerator, type ReactionKind, type StatedLanguage } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal, viewerOf } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import {
  type Actor,
  type CommentLimits,
  EditComment,
  PostComment,
  RemoveComment,
  SetCommentLanguage,
} from '../domain/comment/comment.commands.ts';
import type { CommentPosted } from '../domain/comment/comment.events.ts';
import { AddReaction, WithdrawReaction } from '../domain/reaction/reaction.commands.ts';
import { GetNewComment, GetRemovable, GetWritten } from '../views/thread/thread.query-types.ts';
import type { Drafting } from './drafting.ts';
import type { ForumWrites } from './forum-writes.ts';
import type { Moderating } from './moderating.ts';
import type { Pages } from './pages.ts';
import type { TellingLanguages } from './telling-languages.ts';
import { unlessGone } from './unless-gone.ts';

export interface CommentingParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  /** The limits in force. */
  readonly commentLimits: () => CommentLimits;
  readonly moderating: Pick<Moderating, 'decide'>;
  readonly pages: Pick<Pages, 'open'>;
  readonly drafts: Pick<Drafting, 'dropSent'>;
  /** The members whom a text tells of itself. */
  readonly mentionedIn: (body: string) => Promise<readonly string[]>;
  readonly languages: Pick<TellingLanguages, 'of'>;
  /** Whether the policy looks at what an author wrote before. */
  readonly looksBack: () => Promise<boolean>;
}

/** Whoever writes, whichever way the comment comes. */
export type CommentWriter = Pick<Principal, 'memberId' | 'roles'>;

export interface WrittenComment {
  readonly comment: Comment;
  /** The position of the recorded event, as a decimal string. */
  readonly position: string;
}

/** The ways in which members act on comments: the same for the API, live and pages. Everything throws DomainError. */
export class Commenting {
  readonly #parts: CommentingParts;
  /** By author. */
  readonly #turns = new Turns();

  constructor(parts: CommentingParts) {
    this.#parts = parts;
  }

  /**
   * The same id with the same content is answered the same, on whichever way it comes, since the command id derives
   * from it.
   */
  async post(postId: string, wish: NewComment, principal: CommentWriter, asking: Asking): Promise<WrittenComment> {
    await this.#parts.limits.take('comment', principal.memberId);
    // Only what may be a page's first comment makes its post.
    if (!wish.parentId && wish.body.trim() !== '') await this.#parts.pages.open(postId, principal, asking);
    const commentId = wish.id ?? deriveId(asking.commandId, 'comment');
    const commandId = deriveId(principal.memberId, 'PostComment', commentId);
    const data = { commentId, postId, parentId: wish.parentId ?? null, body: wish.body };
    const meta = commandMeta(principal, commandId, asking.correlationId);
    const mentions = await this.#parts.mentionedIn(wish.body);
    const language = await this.#parts.languages.of(data);
    const wished = { ...data, ...language, by: actorOf(principal), mentions, limits: this.#parts.commentLimits() };
    const command = new PostComment(wished, meta);
    const { position, facts } = await this.#recordPosting(command);
    await this.#dropDraft({ postId, parentId: wish.parentId ?? null }, wish.body, { by: principal, asking });
    const fact = postingIn(facts);
    if (fact === null) return this.#answer(commentId, position, principal);
    const comment = await this.#parts.queries.execute(new GetNewComment({ fact, at: meta.now, position }));
    return { comment, position: formatPosition(position) };
  }

  /** The policy counts what the views show, so one author's comments wait for each other on this node while it counts. */
  async #recordPosting(command: PostComment): Promise<Recorded> {
    const { writes, looksBack } = this.#parts;
    if (!(await looksBack())) return writes.send(command);
    return this.#turns.take(command.data.by.memberId, () => writes.send(command));
  }

  async edit(
    commentId: string,
    { body, revision }: CommentEdit,
    principal: Principal,
    asking: Asking,
  ): Promise<WrittenComment> {
    await this.#parts.limits.take('edit', principal.memberId);
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const limits = this.#parts.commentLimits();
    const mentions = await this.#parts.mentionedIn(body);
    const language = await this.#parts.languages.of({ body, postId: await this.#postOf(commentId, principal) });
    const by = actorOf(principal);
    const command = new EditComment({ commentId, body, ...language, revision, by, mentions, limits }, meta);
    const { position } = await this.#parts.writes.send(command);
    const written = await this.#answer(commentId, position, principal);
    await this.#dropDraft({ postId: written.comment.postId, commentId }, body, { by: principal, asking });
    return written;
  }

  /** Null where this node does not know of the comment, or not yet. */
  async #postOf(commentId: string, principal: Principal): Promise<string | null> {
    const comment = await unlessGone(this.#parts.queries.execute(new GetWritten(commentId, viewerOf(principal))));
    return comment?.postId ?? null;
  }

  /** Says which language the text is in. */
  async setLanguage(
    commentId: string,
    language: StatedLanguage,
    principal: Principal,
    asking: Asking,
  ): Promise<WrittenComment> {
    await this.#parts.limits.take('edit', principal.memberId);
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const command = new SetCommentLanguage({ commentId, language, by: actorOf(principal) }, meta);
    const { position } = await this.#parts.writes.send(command);
    return this.#answer(commentId, position, principal);
  }

  /**
   * What was sent is no draft any more, whichever way it came. It is recorded, so no failure of this is told: the draft
   * stays then, to be thrown away by its writer.
   */
  async #dropDraft(spot: DraftSpot, body: string, sender: { by: CommentWriter; asking: Asking }): Promise<void> {
    const dropping = this.#parts.drafts.dropSent(spot, { body, position: '' }, sender.by, sender.asking);
    await dropping.catch(() => undefined);
  }

  /**
   * Authors remove their own comment. A moderator's removal of another's is a decision, so that the log tells who
   * decided and what they saw.
   */
  async remove(commentId: string, principal: Principal, asking: Asking): Promise<WrittenComment> {
    const viewer = viewerOf(principal);
    const { author, revision, status } = await this.#parts.queries.execute(new GetRemovable(commentId, viewer));
    const isOthers = author !== null && author.id !== principal.memberId;
    if (isOthers && status !== 'removed' && mayJudge(principal)) {
      return this.#parts.moderating.decide(commentId, { action: 'remove', revision }, principal, asking);
    }
    await this.#parts.limits.take('edit', principal.memberId);
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const command = new RemoveComment({ commentId, reason: null, by: actorOf(principal) }, meta);
    const { position } = await this.#parts.writes.send(command);
    return this.#answer(commentId, position, principal);
  }

  react(commentId: string, kind: ReactionKind, principal: Principal, asking: Asking): Promise<WrittenComment> {
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    return this.#react(new AddReaction({ commentId, by: actorOf(principal), kind }, meta), principal);
  }

  unreact(commentId: string, kind: ReactionKind, principal: Principal, asking: Asking): Promise<WrittenComment> {
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    return this.#react(new WithdrawReaction({ commentId, by: actorOf(principal), kind }, meta), principal);
  }

  async #react(command: AddReaction | WithdrawReaction, principal: Principal): Promise<WrittenComment> {
    await this.#parts.limits.take('reaction', principal.memberId);
    const { position } = await this.#parts.writes.send(command);
    return this.#answer(command.data.commentId, position, principal);
  }

  async #answer(commentId: string, position: bigint, principal: CommentWriter): Promise<WrittenComment> {
    const comment = await this.#parts.queries.execute(new GetWritten(commentId, viewerOf(principal)));
    return { comment, position: formatPosition(position) };
  }
}

/**
 * The recorded posting, when nothing else was recorded with it: the comment's present form is then known without a look
 * at the view.
 */
function postingIn([fact, ...others]: readonly Fact[]): CommentPosted | null {
  const isPosting = others.length === 0 && fact?.type === ('CommentPosted.v1' satisfies CommentPosted['type']);
  return isPosting ? trusted<CommentPosted>(fact) : null;
}

function mayJudge({ roles }: Principal): boolean {
  return isModerator(roles);
}

function actorOf({ memberId, roles }: CommentWriter): Actor {
  return { memberId, roles };
}
