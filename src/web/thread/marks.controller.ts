import { Body, Controller, Inject, Param, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireId } from '../../../libs/kernel/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { type MarkedComment, Marking } from '../../acts/marking.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { frameIn } from '../shell/frame-address.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import type { MarkDone } from './parts/context.ts';

/** The forms that make comments stand out: each leads back to its comment. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class MarkFormsController {
  readonly #marking: Marking;
  readonly #queries: QueryBus;

  constructor(@Inject(Marking) marking: Marking, @Inject(QueryBus) queries: QueryBus) {
    this.#marking = marking;
    this.#queries = queries;
  }

  @Post('posts/:slug/asking')
  async ask(
    @Param('slug') slug: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const viewer = viewerOf(request.principal);
    const post = await this.#queries.execute(new GetPost(slug, viewer, new Date().toISOString()));
    const asks = textIn(form, 'asks') === '1';
    const { position } = await this.#marking.setAsking(post.id, asks, memberOf(request), askingOf(request));
    reply.redirect(pathAfter(postHref(post), position), 303);
  }

  @Post('comments/:id/accepted')
  async accept(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [commentId, by, asking] = [commentIn(id), memberOf(request), askingOf(request)];
    const accepts = textIn(form, 'accepted') === '1';
    const marked = accepts
      ? await this.#marking.accept(commentId, by, asking)
      : await this.#marking.takeBackAcceptance(commentId, by, asking);
    leadTo(marked, accepts ? 'accepted' : 'unaccepted', { form, reply });
  }

  @Post('comments/:id/featured')
  async feature(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [commentId, by, asking] = [commentIn(id), memberOf(request), askingOf(request)];
    const features = textIn(form, 'featured') === '1';
    const marked = features
      ? await this.#marking.feature(commentId, by, asking)
      : await this.#marking.unfeature(commentId, by, asking);
    leadTo(marked, features ? 'featured' : 'unfeatured', { form, reply });
  }
}

function commentIn(id: string): string {
  return requireId(id, 'comment_not_found');
}

function leadTo(
  { comment, position }: MarkedComment,
  done: MarkDone,
  { form, reply }: { readonly form: unknown; readonly reply: FastifyReply },
): void {
  const frame = frameIn(form);
  const query = new URLSearchParams({ done, ...(frame && { frame }) });
  reply.redirect(pathAfter(`/comments/${comment.id}?${query}`, position), 303);
}
