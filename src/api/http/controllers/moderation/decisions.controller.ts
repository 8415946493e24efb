import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BulkAnswer, DecisionAnswer, FrozenDecision, ReportAnswer } from '../../../../../libs/client/index.ts';
import { formatPosition, requireId } from '../../../../../libs/kernel/index.ts';
import { askingOf } from '../../../../access/asking.ts';
import { memberOf } from '../../../../access/request.ts';
import { lookAtDecision } from '../../../../acts/looks/look-at.ts';
import { Looks } from '../../../../acts/looks/looks.ts';
import { Moderating } from '../../../../acts/moderating.ts';
import { GetFrozenDecision } from '../../../../views/moderation-queue/queue.query-types.ts';
import { Input } from '../../../input/input.ts';
import { BulkDecisionBody, DecisionBody, ReportBody, UndoBody } from '../../dto/moderation.ts';
import { keepPrivate, tellWritten } from '../answers.ts';

/** Reports about comments, and decisions on them. */
@Controller('api/v1')
export class DecisionsController {
  readonly #moderating: Moderating;
  readonly #queries: QueryBus;
  readonly #looks: Looks;

  constructor(
    @Inject(Moderating) moderating: Moderating,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
  ) {
    this.#moderating = moderating;
    this.#queries = queries;
    this.#looks = looks;
  }

  @Post('comments/:id/reports')
  @HttpCode(201)
  async report(
    @Param('id') id: string,
    @Input(ReportBody) body: ReportBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReportAnswer> {
    const commentId = requireId(id, 'comment_not_found');
    const position = await this.#moderating.report(commentId, body, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return { commentId, reason: body.reason, position: formatPosition(position) };
  }

  @Post('comments/:id/decisions')
  @HttpCode(201)
  async decide(
    @Param('id') id: string,
    @Input(DecisionBody) body: DecisionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DecisionAnswer> {
    const commentId = requireId(id, 'comment_not_found');
    return told(reply, await this.#moderating.decide(commentId, body, memberOf(request), askingOf(request)));
  }

  @Post('moderation/decisions')
  @HttpCode(200)
  async decideAll(
    @Input(BulkDecisionBody) body: BulkDecisionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BulkAnswer> {
    return told(reply, await this.#moderating.decideAll(body, memberOf(request), askingOf(request)));
  }

  @Get('moderation/decisions/:id')
  async frozen(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FrozenDecision> {
    keepPrivate(reply);
    const decision = await this.#queries.execute(new GetFrozenDecision(requireId(id, 'not_found')));
    await this.#looks.looked(memberOf(request), lookAtDecision(decision));
    return decision;
  }

  @Post('moderation/decisions/:id/undo')
  @HttpCode(201)
  async undo(
    @Param('id') id: string,
    @Input(UndoBody) { note = '' }: UndoBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DecisionAnswer> {
    const decisionId = requireId(id, 'not_found');
    return told(reply, await this.#moderating.undo(decisionId, note, memberOf(request), askingOf(request)));
  }

  @Post('moderation/bulk/:id/undo')
  @HttpCode(200)
  async undoAll(
    @Param('id') id: string,
    @Input(UndoBody) { note = '' }: UndoBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BulkAnswer> {
    const bulkId = requireId(id, 'not_found');
    return told(reply, await this.#moderating.undoAll(bulkId, note, memberOf(request), askingOf(request)));
  }
}

function told<Answer extends { readonly position: string }>(reply: FastifyReply, answer: Answer): Answer {
  tellWritten(reply, BigInt(answer.position));
  return answer;
}
