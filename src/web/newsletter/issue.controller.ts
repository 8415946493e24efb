import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Post as WrittenPost } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { ISSUE_ACTS } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { memberOf } from '../../access/request.ts';
import { SendingIssues } from '../../acts/sending-issues.ts';
import { postHref } from '../shell/addresses.ts';
import { Frames } from '../shell/frames.ts';
import { oneOf } from '../shell/one-of.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { IssuePage, type ToldOfAct } from './issue-page.tsx';
import { SendIssuePage } from './send-issue-page.tsx';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Where editors send an issue of the newsletter. */
@Controller('posts/:slug/issue')
@UseInterceptors(ReadsOwnWrites)
export class IssuePagesController {
  readonly #frames: Frames;
  readonly #sending: SendingIssues;

  constructor(@Inject(Frames) frames: Frames, @Inject(SendingIssues) sending: SendingIssues) {
    this.#frames = frames;
    this.#sending = sending;
  }

  @Get()
  async show(
    @Param('slug') slug: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const post = await this.#issue(slug, request);
    const asks = textIn(query, 'send') === '1' && (await this.#ask(post, { request, reply }));
    if (!asks) await this.#send(post, { told: toldIn(query), status: 200 }, { request, reply });
  }

  @Post()
  async act(
    @Param('slug') slug: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const post = await this.#issue(slug, request);
    const act = oneOf(ISSUE_ACTS, textIn(form, 'do'));
    if (act === undefined) throw new DomainError('invalid', 'Say what to do about the issue.');
    const by = memberOf(request);
    try {
      const { position, changed } = await this.#sending.act(act, post.id, by, askingOf(request));
      const told = changed ? (act === 'test' ? '?tested=1' : '') : '?already=1';
      const path = `${postHref(post)}/issue${told}`;
      reply.redirect(pathAfter(path, position), 303);
    } catch (error) {
      const isUntested = act === 'test' && error instanceof DomainError && error.code === 'conflict';
      if (!isUntested || (await this.#sending.unconfirmed(by)) === null) throw error;
      await this.#send(post, { told: null, status: 409 }, { request, reply });
    }
  }

  /** Asks whether it is to be sent. False, without an answer, where it cannot be sent or was. */
  async #ask(post: WrittenPost, { request, reply }: Exchange): Promise<boolean> {
    const progress = await this.#sending.progress(post.id);
    if (progress.state !== 'unsent' || (await this.#sending.unsendable(post.body)).length > 0) return false;
    const frame = this.#frames.of(request, `${postHref(post)}/issue`);
    await sendPage(h(SendIssuePage, { frame, post, progress }), { request, reply });
    return true;
  }

  async #send(
    post: WrittenPost,
    { status, told }: { readonly status: number; readonly told: ToldOfAct },
    { request, reply }: Exchange,
  ): Promise<void> {
    const progress = await this.#sending.progress(post.id);
    const quotes = await this.#sending.unsendable(post.body);
    const unconfirmed = await this.#sending.unconfirmed(memberOf(request));
    const frame = this.#frames.of(request, `${postHref(post)}/issue`);
    await sendPage(h(IssuePage, { frame, post, progress, quotes, told, unconfirmed }), { request, reply, status });
  }

  #issue(slug: string, request: FastifyRequest): Promise<WrittenPost> {
    return this.#sending.issue(slug, memberOf(request));
  }
}

function toldIn(query: unknown): ToldOfAct {
  if (textIn(query, 'tested') === '1') return 'tested';
  return textIn(query, 'already') === '1' ? 'already' : null;
}
