import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, isUuid } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { viewerOf } from '../../../access/principal.ts';
import { memberOf } from '../../../access/request.ts';
import { isFresh } from '../../../access/sign-in/fresh-sign-in.ts';
import { Erasing } from '../../../acts/erasing.ts';
import { GetComment } from '../../../views/thread/thread.query-types.ts';
import { Frames } from '../../shell/frames.ts';
import { pathAfter, textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../../shell/refusals.ts';
import { sendPage } from '../../shell/send-page.ts';
import { OthersErasurePage, type OthersErasureProps } from './others-erasure-page.tsx';

type Shown = Omit<OthersErasureProps, 'frame' | 'asksPassword'> & { readonly status: number };

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const LONGEST = 320;

/** Where an admin erases people without an account: those whom an import brought, and guests. */
@Controller('admin/erasures')
@UseInterceptors(ReadsOwnWrites)
export class OthersErasureController {
  readonly #frames: Frames;
  readonly #erasing: Erasing;
  readonly #queries: QueryBus;

  constructor(@Inject(Frames) frames: Frames, @Inject(Erasing) erasing: Erasing, @Inject(QueryBus) queries: QueryBus) {
    this.#frames = frames;
    this.#erasing = erasing;
    this.#queries = queries;
  }

  /** `comment` names one of the person's comments, so that no name stands in an address. */
  @Get()
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const id = textIn(query, 'comment');
    const comment = isUuid(id) ? await this.#queries.execute(new GetComment(id, viewerOf(memberOf(request)))) : null;
    const author = comment?.author ?? null;
    const name = author !== null && author.id === null ? author.displayName : '';
    await this.#send({ typed: { name }, found: null, errors: {}, status: 200 }, { request, reply });
  }

  @Post()
  async erase(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [email, name, source] = ['email', 'name', 'source'].map((field) =>
      textIn(form, field).slice(0, LONGEST).trim(),
    );
    const typed = { email: email ?? '', name: name ?? '', source: source ?? '' };
    const person = { ...(email && { email }), ...(name && { name }), ...(source && { source }) };
    const by = memberOf(request);
    let found: OthersErasureProps['found'] = null;
    try {
      found = await this.#erasing.countImported(person, by);
      if (textIn(form, 'sure') !== '1') {
        return await this.#send({ typed, found, errors: {}, status: 200 }, { request, reply });
      }
      const password = textIn(form, 'password');
      const wish = { ...person, ...(password === '' ? {} : { password }) };
      const { erasureId, position } = await this.#erasing.eraseImported(wish, by, askingOf(request));
      reply.redirect(pathAfter(`/erasures/${erasureId}`, position), 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { translator } = this.#frames.of(request);
      const errors = fieldErrorsOf(error, translator, { email: 'erase.oneOf', password: 'field.password' });
      await this.#send({ typed, found, errors, status: error.status }, { request, reply });
    }
  }

  async #send({ status, ...shown }: Shown, { request, reply }: Exchange): Promise<void> {
    const page = {
      frame: this.#frames.of(request, '/admin/erasures'),
      asksPassword: !isFresh(memberOf(request)),
      ...shown,
    };
    await sendPage(h(OthersErasurePage, page), { request, reply, status });
  }
}
