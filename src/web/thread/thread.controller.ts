import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Drafting } from '../../acts/drafting.ts';
import { textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { CommentForms } from './comment-forms.ts';
import { refusedMoment } from './past/moments.ts';
import { ThreadScreens } from './thread-pages.ts';
import { type ThreadWish, wishIn, wishWithoutMoment } from './thread-wish.ts';

/** A post with its discussion, and the form that adds to it. */
@Controller('posts/:slug')
@UseInterceptors(ReadsOwnWrites)
export class ThreadPagesController {
  readonly #pages: ThreadScreens;
  readonly #forms: CommentForms;
  readonly #drafts: Drafting;

  constructor(
    @Inject(ThreadScreens) pages: ThreadScreens,
    @Inject(CommentForms) forms: CommentForms,
    @Inject(Drafting) drafts: Drafting,
  ) {
    this.#pages = pages;
    this.#forms = forms;
    this.#drafts = drafts;
  }

  /** A moment that does not exist is told at its field, below the post and beside the present discussion. */
  @Get()
  async show(
    @Param('slug') slug: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const noDay = await this.#pages.goToDay(slug, query, { request, reply });
    if (noDay === null) return;
    try {
      if (noDay !== undefined) return await this.#pages.send(slug, { ...wishIn({}, 'UTC'), noDay }, { request, reply });
      await this.#pages.send(slug, await this.#withDraft(slug, query, request), { request, reply });
    } catch (error) {
      const noMoment = refusedMoment(error, query);
      if (noMoment === undefined) throw error;
      await this.#pages.send(slug, wishWithoutMoment(query, noMoment), { request, reply });
    }
  }

  /** Where the writer asks to go on with a draft, its text stands in the form. */
  async #withDraft(slug: string, query: unknown, request: FastifyRequest): Promise<ThreadWish> {
    const wish = wishIn(query, this.#pages.zone());
    const { principal } = request;
    if (textIn(query, 'draft') === '' || principal === null) return wish;
    const { id } = await this.#pages.post(slug, request);
    const parentId = wish.openForm?.kind === 'answer' ? wish.openForm.commentId : null;
    const drafts = await this.#drafts.list(principal, id);
    const draft = drafts.find((one) => one.parentId === parentId && one.commentId === null);
    return draft === undefined
      ? wish
      : { ...wish, refused: { parentId, text: draft.body, reason: null, draft: draft.position } };
  }

  @Post('comments')
  async comment(
    @Param('slug') slug: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const post = await this.#pages.post(slug, request);
    const answered = await this.#forms.post(post, form, { request, reply });
    if (answered !== null) await this.#pages.send(post.slug, answered, { request, reply });
  }
}
