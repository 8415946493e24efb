import { Readable } from 'node:stream';
import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Rehearsal } from '../../../../../libs/client/index.ts';
import { DomainError, formatPosition } from '../../../../../libs/kernel/index.ts';
import type { Principal } from '../../../../access/principal.ts';
import { RateLimits } from '../../../../access/rate-limits.ts';
import { memberOf } from '../../../../access/request.ts';
import { lookAtRehearsal } from '../../../../acts/looks/look-at.ts';
import { Looks } from '../../../../acts/looks/looks.ts';
import {
  REHEARSING,
  type RehearsalStep,
  type RehearsalWish,
  type Rehearsing,
  rehearsalSteps,
  requirePeriod,
  untilAnswered,
} from '../../../../acts/rehearsing.ts';
import { Input } from '../../../input/input.ts';
import { SimulationBody } from '../../dto/moderation.ts';
import { keepPrivate } from '../answers.ts';

/** Rehearsals: the effect that another policy would have had. */
@Controller('api/v1/moderation/policy/simulations')
export class RehearsalsController {
  readonly #rehearsing: Rehearsing;
  readonly #limits: RateLimits;
  readonly #looks: Looks;

  constructor(
    @Inject(REHEARSING) rehearsing: Rehearsing,
    @Inject(RateLimits) limits: RateLimits,
    @Inject(Looks) looks: Looks,
  ) {
    this.#rehearsing = rehearsing;
    this.#limits = limits;
    this.#looks = looks;
  }

  /** The result as JSON; with `Accept: application/x-ndjson` lines of progress first, and the result in the last line. */
  @Post()
  @HttpCode(200)
  async simulate(
    @Input(SimulationBody) { policy, from = null, to = null }: SimulationBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Rehearsal | Readable> {
    keepPrivate(reply);
    await this.#limits.take('decide', memberOf(request).memberId);
    const wish = { policy, from, to };
    requirePeriod(wish);
    const gone = untilAnswered(reply.raw);
    if (!(request.headers.accept ?? '').includes('application/x-ndjson')) {
      const result = await this.#rehearsing.run(wish, { signal: gone.signal });
      await this.#looks.looked(memberOf(request), lookAtRehearsal(wish, result));
      return result;
    }
    reply.type('application/x-ndjson; charset=utf-8');
    return Readable.from(this.#lines(wish, gone, memberOf(request)));
  }

  async *#lines(wish: RehearsalWish, gone: AbortController, principal: Principal): AsyncGenerator<string> {
    try {
      for await (const step of rehearsalSteps(this.#rehearsing, wish, gone)) {
        if (step.kind === 'result') await this.#looks.looked(principal, lookAtRehearsal(wish, step.result));
        yield `${JSON.stringify(lineOf(step))}\n`;
      }
    } catch (error) {
      yield `${JSON.stringify({ problem: problemIn(error) })}\n`;
    }
  }
}

function lineOf(step: RehearsalStep): object {
  switch (step.kind) {
    case 'progress': {
      const { comments, position, head } = step.progress;
      return { progress: { comments, position: formatPosition(position), head: formatPosition(head) } };
    }
    case 'result':
      return { result: step.result };
    default:
      return step satisfies never;
  }
}

function problemIn(error: unknown): { readonly code: string; readonly detail: string } {
  if (error instanceof DomainError) return { code: error.code, detail: error.detail };
  return { code: 'internal', detail: 'The rehearsal broke off.' };
}
