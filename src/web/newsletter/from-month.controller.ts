import { Body, Controller, Get, Inject, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError } from '../../../libs/kernel/index.ts';
import { askingOf } from '../../access/asking.ts';
import { memberOf } from '../../access/request.ts';
import { IssueDrafting } from '../../acts/issue-drafting/issue-drafting.ts';
import { monthPeriod } from '../../acts/issue-drafting/period.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { Frames } from '../shell/frames.ts';
import { pathAfter } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendPage } from '../shell/send-page.ts';
import { statusOf, type Typed, typedIn } from '../shell/typed.ts';
import { FromMonthPage } from './from-month-page.tsx';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Where editors begin a newsletter with what a month has brought. */
@Controller('write/from-month')
@UseInterceptors(ReadsOwnWrites)
export class FromMonthController {
  readonly #frames: Frames;
  readonly #issues: IssueDrafting;

  constructor(@Inject(Frames) frames: Frames, @Inject(IssueDrafting) issues: IssueDrafting) {
    this.#frames = frames;
    this.#issues = issues;
  }

  @Get()
  ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send({ typed: {}, errors: {} }, { request, reply });
  }

  /** Days that are named win over the month. */
  @Post()
  async begin(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { t } = this.#frames.of(request).translator;
    const typed = typedIn(form, ['month', 'from', 'to']);
    const { month = '', from = '', to = '' } = typed;
    const period = from === '' && to === '' ? monthPeriod(month) : { from, to };
    try {
      if (period === null) throw new DomainError('invalid', 'Choose a month.');
      const begun = await this.#issues.begin(period, memberOf(request), askingOf(request));
      if (begun !== null) return void reply.redirect(pathAfter(`/write/${begun.draft.postId}`, begun.position), 303);
      await this.#send({ typed, errors: { '': t('period.empty') }, status: 409 }, { request, reply });
    } catch (error) {
      const { translator } = this.#frames.of(request);
      const isWrong = error instanceof DomainError && error.code === 'invalid';
      const errors = isWrong ? { from: t('period.wrong') } : fieldErrorsOf(error, translator);
      await this.#send({ typed, errors, status: statusOf(error) }, { request, reply });
    }
  }

  async #send(
    { typed, errors, status = 200 }: { readonly typed: Typed; readonly errors: FieldErrors; readonly status?: number },
    exchange: Exchange,
  ): Promise<void> {
    const frame = this.#frames.of(exchange.request, '/write/from-month');
    await sendPage(h(FromMonthPage, { frame, typed, errors }), { ...exchange, status });
  }
}
