import { Body, Controller, Inject, Param, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { viewerOf } from '../../../access/principal.ts';
import { memberOf } from '../../../access/request.ts';
import { Editing } from '../../../acts/editing.ts';
import { GetPost } from '../../../views/post-list/post-list.query-types.ts';
import { GetComment } from '../../../views/thread/thread.query-types.ts';
import { frameIn } from '../../shell/frame-address.ts';
import { pathAfter, textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';

/** Pins and unpins a comment from its place in the thread; the other settings stay as they are. */
@Controller('comments/:id/pin')
@UseInterceptors(ReadsOwnWrites)
export class PinningController {
  readonly #editing: Editing;
  readonly #queries: QueryBus;

  constructor(@Inject(Editing) editing: Editing, @Inject(QueryBus) queries: QueryBus) {
    this.#editing = editing;
    this.#queries = queries;
  }

  @Post()
  async pin(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireId(id, 'comment_not_found');
    const viewer = viewerOf(request.principal);
    const comment = await this.#queries.execute(new GetComment(id, viewer));
    const post = await this.#queries.execute(new GetPost(comment.postId, viewer, new Date().toISOString()));
    const { state, slowModeSeconds, pinnedCommentId } = post.discussion;
    const others = pinnedCommentId === id ? null : pinnedCommentId;
    const isPinned = textIn(form, 'pinned') === '1';
    const wish = { state, slowModeSeconds, pinnedCommentId: isPinned ? id : others, reason: null };
    const { position } = await this.#editing.setDiscussion(post.id, wish, memberOf(request), askingOf(request));
    const frame = frameIn(form);
    const query = new URLSearchParams({ done: isPinned ? 'pinned' : 'unpinned', ...(frame && { frame }) });
    reply.redirect(pathAfter(`/comments/${id}?${query}`, position), 303);
  }
}
