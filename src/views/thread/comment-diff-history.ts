import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import type { CommentDiff, Revision } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { GetCommentDiff, GetCommentHistory } from './thread.query-types.ts';
import { wordDiff } from './word-diff.ts';

/** Any two texts of a comment, for those who may read its history. */
@QueryHandler(GetCommentDiff)
export class GetCommentDiffHandler implements IQueryHandler<GetCommentDiff> {
  readonly #queries: Pick<QueryBus, 'execute'>;

  constructor(@Inject(QueryBus) queries: Pick<QueryBus, 'execute'>) {
    this.#queries = queries;
  }

  async execute({ commentId, between: { from, to }, viewer }: GetCommentDiff): Promise<CommentDiff> {
    const history = await this.#queries.execute(new GetCommentHistory(commentId, viewer));
    return { from, to, diff: wordDiff(textAt(history, from), textAt(history, to)) };
  }
}

/** The text that stood at a revision; none when that may not be read, whatever stood before it. */
function textAt(history: readonly Revision[], revision: number): string {
  const isText = ({ kind }: Revision): boolean => kind === 'posted' || kind === 'edited';
  const text = history.findLast((step) => step.revision <= revision && isText(step))?.body;
  if (typeof text === 'string') return text;
  throw new DomainError('not_found', `There is no text of this comment at revision ${revision} that can be read.`);
}
