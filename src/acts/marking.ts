import type { QueryBus } from '@nestjs/cqrs';
import type { Comment, Discussion } from '../../libs/client/index.ts';
import type { Command, Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal, viewerOf } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { TakingPart } from '../commands/taking-part.ts';
import {
  AcceptAnswer,
  ChangeAsking,
  FeatureComment,
  TakeBackAcceptance,
  UnfeatureComment,
} from '../domain/discussion/marks.commands.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { GetComment, GetWritten } from '../views/thread/thread.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';

export interface MarkingParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly takingPart: TakingPart;
  readonly queries: Pick<QueryBus, 'execute'>;
}

export interface MarkedComment {
  readonly comment: Comment;
  readonly position: Position;
}

type Mark = new (data: AcceptAnswer['data'], meta: AcceptAnswer['meta']) => Command;

/** What makes comments stand out: the accepted answer of a post that asks, and what editors feature. Everything throws DomainError. */
export class Marking {
  readonly #parts: MarkingParts;

  constructor(parts: MarkingParts) {
    this.#parts = parts;
  }

  /** Says that the post asks something that one comment may answer, or that it does not. */
  async setAsking(
    postId: string,
    asks: boolean,
    by: Principal,
    asking: Asking,
  ): Promise<{ readonly discussion: Discussion; readonly position: Position }> {
    const { queries } = this.#parts;
    await this.#mayMark(by);
    const post = new GetPost(postId, viewerOf(by), new Date().toISOString());
    const { id } = await queries.execute(post);
    const command = new ChangeAsking({ postId: id, asks, by }, this.#metaOf(by, asking));
    const { position } = await this.#parts.writes.send(command);
    return { discussion: (await queries.execute(post)).discussion, position };
  }

  /** Another answer that was accepted before is taken back with it. */
  accept(commentId: string, by: Principal, asking: Asking): Promise<MarkedComment> {
    return this.#mark(AcceptAnswer, commentId, by, asking);
  }

  takeBackAcceptance(commentId: string, by: Principal, asking: Asking): Promise<MarkedComment> {
    return this.#mark(TakeBackAcceptance, commentId, by, asking);
  }

  feature(commentId: string, by: Principal, asking: Asking): Promise<MarkedComment> {
    return this.#mark(FeatureComment, commentId, by, asking);
  }

  unfeature(commentId: string, by: Principal, asking: Asking): Promise<MarkedComment> {
    return this.#mark(UnfeatureComment, commentId, by, asking);
  }

  async #mark(Wish: Mark, commentId: string, by: Principal, asking: Asking): Promise<MarkedComment> {
    const { queries, writes } = this.#parts;
    await this.#mayMark(by);
    const { postId } = await queries.execute(new GetComment(commentId, viewerOf(by)));
    const wish = new Wish({ postId, commentId, by }, this.#metaOf(by, asking));
    const { position } = await writes.send(wish);
    return { comment: await queries.execute(new GetWritten(commentId, viewerOf(by))), position };
  }

  async #mayMark({ memberId }: Principal): Promise<void> {
    await this.#parts.limits.take('reaction', memberId);
    await this.#parts.takingPart.require(memberId);
  }

  #metaOf(by: Principal, { commandId, correlationId }: Asking): AcceptAnswer['meta'] {
    return commandMeta(by, commandId, correlationId);
  }
}
