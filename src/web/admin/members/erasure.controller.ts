import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, requireId } from '../../../../libs/kernel/index.ts';
import { ERASED_COMMENTS } from '../../../../libs/words/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { isFresh } from '../../../access/sign-in/fresh-sign-in.ts';
import { Erasing } from '../../../acts/erasing.ts';
import { GetOwnMember } from '../../../views/members/members.query-types.ts';
import { type DoneAct, doneIn } from '../../shell/done.tsx';
import type { FieldErrors } from '../../shell/fields.tsx';
import { Frames } from '../../shell/frames.ts';
import { oneOf } from '../../shell/one-of.ts';
import { pathAfter, textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../../shell/refusals.ts';
import { sendPage } from '../../shell/send-page.ts';
import { type Typed, typedIn } from '../../shell/typed.ts';
import { MemberErasurePage, type MemberErasureProps } from './erasure-page.tsx';

interface Shown {
  readonly typed: Typed;
  readonly errors: FieldErrors;
  readonly done: DoneAct | null;
  readonly status: number;
  readonly chosen?: MemberErasureProps['chosen'];
}

/** Where an admin erases a member who asked for it. */
@Controller('admin/members/:id/erasure')
@UseInterceptors(ReadsOwnWrites)
export class MemberErasureController {
  readonly #frames: Frames;
  readonly #erasing: Erasing;
  readonly #queries: QueryBus;

  constructor(@Inject(Frames) frames: Frames, @Inject(Erasing) erasing: Erasing, @Inject(QueryBus) queries: QueryBus) {
    this.#frames = frames;
    this.#erasing = erasing;
    this.#queries = queries;
  }

  @Get()
  show(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send(
      requireId(id, 'member_not_found'),
      { typed: {}, errors: {}, done: doneIn(query), status: 200 },
      { request, reply },
    );
  }

  /** Erases with the second press; the first one shows what was chosen and what it does. */
  @Post()
  async erase(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const memberId = requireId(id, 'member_not_found');
    const comments = oneOf(ERASED_COMMENTS, textIn(form, 'comments'));
    const password = textIn(form, 'password');
    const immediately = textIn(form, 'immediately') === '1';
    const typed = typedIn(form, ['comments', 'immediately']);
    const { translator } = this.#frames.of(request);
    const chosen = comments === undefined ? null : { comments, immediately };
    const isSure = textIn(form, 'sure') === '1';
    try {
      if (comments === undefined)
        throw new DomainError('invalid', 'comments is missing.', [{ field: 'comments', message: 'is missing' }]);
      const asked = (await this.#erasing.openOf([memberId])).get(memberId);
      if (asked?.state === 'waiting' && asked.comments !== comments) {
        const errors = { '': translator.t('erase.firstCounts') };
        return await this.#send(memberId, { typed, errors, done: null, status: 409 }, { request, reply });
      }
      if (!isSure)
        return await this.#send(memberId, { typed, errors: {}, done: null, status: 200, chosen }, { request, reply });
      const wish = { comments, immediately, ...(password === '' ? {} : { password }) };
      const by = memberOf(request);
      const { erasureId, position } = await this.#erasing.eraseMember(memberId, wish, by, askingOf(request));
      reply.redirect(pathAfter(`/erasures/${erasureId}`, position), 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.status === 404) throw error;
      const errors = fieldErrorsOf(error, translator, { password: 'field.password' });
      const shown = { typed, errors, done: null, status: error.status, chosen: isSure ? chosen : null };
      await this.#send(memberId, shown, { request, reply });
    }
  }

  async #send(
    memberId: string,
    { status, chosen = null, ...shown }: Shown,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const member = await this.#queries.execute(new GetOwnMember(memberId));
    const frame = this.#frames.of(request);
    const asksPassword = !isFresh(memberOf(request));
    const erasure = (await this.#erasing.openOf([memberId])).get(memberId) ?? null;
    const page = { frame, member, erasure, days: this.#erasing.days, asksPassword, chosen, ...shown };
    await sendPage(h(MemberErasurePage, page), { request, reply, status });
  }
}
