import { Body, Controller, Inject, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h, type JSX } from 'preact';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { RateLimits } from '../../../access/rate-limits.ts';
import { memberOf } from '../../../access/request.ts';
import { lookAtRehearsal } from '../../../acts/looks/look-at.ts';
import { Looks } from '../../../acts/looks/looks.ts';
import {
  REHEARSING,
  type RehearsalStep,
  type RehearsalWish,
  type Rehearsing,
  rehearsalSteps,
  requirePeriod,
  untilAnswered,
} from '../../../acts/rehearsing.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import type { Frame } from '../../shell/frame.ts';
import { Frames } from '../../shell/frames.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { sendStreamedPage } from '../../shell/send-stream.ts';
import { dayIn, periodOf } from '../days.ts';
import { policyErrors } from './errors.ts';
import { PolicyForms, type TypedPolicy } from './forms.ts';
import { RehearsalBar, RehearsalFailed, RehearsalPage, RehearsalResult } from './rehearsal-page.tsx';

/** Tries a policy on the past before it is in force: the page shows the progress, and then the result. */
@Controller('moderation/policy/rehearsals')
@UseInterceptors(ReadsOwnWrites)
export class PolicyRehearsalsController {
  readonly #frames: Frames;
  readonly #forms: PolicyForms;
  readonly #rehearsing: Rehearsing;
  readonly #limits: RateLimits;
  readonly #looks: Looks;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(PolicyForms) forms: PolicyForms,
    @Inject(REHEARSING) rehearsing: Rehearsing,
    @Inject(RateLimits) limits: RateLimits,
    @Inject(Looks) looks: Looks,
  ) {
    this.#frames = frames;
    this.#forms = forms;
    this.#rehearsing = rehearsing;
    this.#limits = limits;
    this.#looks = looks;
  }

  /** Refused, the form comes back as it was sent. */
  @Post()
  async rehearse(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const typed = await this.#forms.read(form);
    const frame = this.#frames.of(request, '/moderation/policy');
    const wrong = wrongDays(typed, frame);
    if (wrong !== null) return this.#forms.send({ ...typed, errors: wrong, status: 400 }, { request, reply });
    try {
      await this.#limits.take('decide', memberOf(request).memberId);
      const wish = { policy: { rules: typed.rules }, ...periodOf(dayIn(typed.period.from), dayIn(typed.period.to)) };
      requirePeriod(wish);
      const steps = this.#recorded(rehearsalSteps(this.#rehearsing, wish, untilAnswered(reply.raw)), wish, request);
      // Every refusal comes before the first step.
      const first = await steps.next();
      sendStreamedPage((part) => h(RehearsalPage, { frame, part }), piecesOf(first, steps, { frame, typed }), reply);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const errors = error.code === 'conflict' ? { '': frame.translator.t('rehearse.busy') } : null;
      const refused = { errors: errors ?? policyErrors(error, frame.translator), status: error.status };
      await this.#forms.send({ ...typed, ...refused }, { request, reply });
    }
  }

  /** The look at the result is recorded before it is shown. */
  async *#recorded(
    steps: AsyncGenerator<RehearsalStep>,
    wish: RehearsalWish,
    request: FastifyRequest,
  ): AsyncGenerator<RehearsalStep> {
    for await (const step of steps) {
      if (step.kind === 'result') await this.#looks.looked(memberOf(request), lookAtRehearsal(wish, step.result));
      yield step;
    }
  }
}

interface Shown {
  readonly frame: Frame;
  readonly typed: TypedPolicy;
}

async function* piecesOf(
  first: IteratorResult<RehearsalStep>,
  steps: AsyncGenerator<RehearsalStep>,
  shown: Shown,
): AsyncGenerator<JSX.Element> {
  try {
    if (first.done !== true) yield pieceOf(first.value, shown);
    for await (const step of steps) yield pieceOf(step, shown);
  } catch {
    yield h(RehearsalFailed, { frame: shown.frame });
  }
}

function pieceOf(step: RehearsalStep, { frame, typed }: Shown): JSX.Element {
  switch (step.kind) {
    case 'progress': {
      const { comments, position, head } = step.progress;
      const share = head === 0n ? 1 : Math.min(1, Number((position * 1_000n) / head) / 1_000);
      return h(RehearsalBar, { count: comments, share, frame });
    }
    case 'result':
      return h(RehearsalResult, { frame, result: step.result, ...typed });
    default:
      return step satisfies never;
  }
}

function wrongDays({ period: { from, to } }: TypedPolicy, { translator: { t } }: Frame): FieldErrors | null {
  const wrong = {
    ...(from !== '' && dayIn(from) === null ? { from: t('rehearse.day') } : {}),
    ...(to !== '' && dayIn(to) === null ? { to: t('rehearse.day') } : {}),
  };
  if (Object.keys(wrong).length > 0) return wrong;
  return from !== '' && to !== '' && to < from ? { to: t('rehearse.period') } : null;
}
