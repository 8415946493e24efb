import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { CommentForms } from './comment-forms.ts';
import { refusedMoment } from './past/moments.ts';
import { ThreadScreens } from './thread-pages.ts';
import { wishIn, wishWithoutMoment } from './thread-wish.ts';

/** A post with its discussion, and the form that adds to it. */
@Controller('posts/:slug')
@UseInterceptors(ReadsOwnWrites)
export class ThreadPagesController {
  readonly #pages: ThreadScreens;
  readonly #forms: CommentForms;

  constructor(@Inject(ThreadScreens) pages: ThreadScreens, @Inject(CommentForms) forms: CommentForms) {
    this.#pages = pages;
    this.#forms = forms;
  }

  /** A moment that does not exist is told at its field, below the post and beside the present discussion. */
  @Get()
  async show(
    @Param('slug') slug: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      await this.#pages.send(slug, wishIn(query), { request, reply });
    } catch (error) {
      const noMoment = refusedMoment(error, query);
      if (noMoment === undefined) throw error;
      await this.#pages.send(slug, wishWithoutMoment(query, noMoment), { request, reply });
    }
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
