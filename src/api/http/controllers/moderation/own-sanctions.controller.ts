import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppealCase, Sanction } from '../../../../../libs/client/index.ts';
import { requireId } from '../../../../../libs/kernel/index.ts';
import { askingOf } from '../../../../access/asking.ts';
import { memberOf } from '../../../../access/request.ts';
import { Accounts } from '../../../../acts/accounts.ts';
import { lookAtAppeals } from '../../../../acts/looks/look-at.ts';
import { Looks } from '../../../../acts/looks/looks.ts';
import { Sanctioning } from '../../../../acts/sanctioning.ts';
import { GetAppeals, GetSanctionsOf } from '../../../../views/sanctions/sanctions.query-types.ts';
import { Input, NoInput, QueryInput } from '../../../input/input.ts';
import { AppealBody, AppealDecisionBody, AppealsQuery, BannedAppealBody } from '../../dto/moderation.ts';
import { keepPrivate, tellWritten } from '../answers.ts';

/** The ways in which members read and answer their own sanctions, and moderators decide on the answers. */
@Controller('api/v1')
export class OwnSanctionsController {
  readonly #sanctioning: Sanctioning;
  readonly #accounts: Accounts;
  readonly #queries: QueryBus;
  readonly #looks: Looks;

  constructor(
    @Inject(Sanctioning) sanctioning: Sanctioning,
    @Inject(Accounts) accounts: Accounts,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
  ) {
    this.#sanctioning = sanctioning;
    this.#accounts = accounts;
    this.#queries = queries;
    this.#looks = looks;
  }

  @Get('members/me/sanctions')
  own(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<readonly Sanction[]> {
    keepPrivate(reply);
    return this.#queries.execute(new GetSanctionsOf(memberOf(request).memberId, 'member'));
  }

  @Post('members/me/sanctions/:id/acknowledgement')
  @HttpCode(204)
  async acknowledge(
    @Param('id') id: string,
    @NoInput() _: object,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const sanctionId = requireId(id, 'not_found');
    tellWritten(reply, await this.#sanctioning.acknowledge(sanctionId, memberOf(request), askingOf(request)));
  }

  @Post('members/me/sanctions/:id/appeal')
  @HttpCode(201)
  async appeal(
    @Param('id') id: string,
    @Input(AppealBody) { text }: AppealBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sanction> {
    const sanctionId = requireId(id, 'not_found');
    const asking = askingOf(request);
    const { sanction, position } = await this.#sanctioning.appeal(sanctionId, text, memberOf(request), asking);
    tellWritten(reply, position);
    return sanction;
  }

  /** For banned members, who are known by their password alone. */
  @Post('appeals')
  @HttpCode(201)
  async appealBan(
    @Input(BannedAppealBody) { login, password, text }: BannedAppealBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sanction> {
    const asking = askingOf(request);
    const member = await this.#accounts.known({ login, password }, asking);
    const sanctionId = await this.#sanctioning.banOf(member.memberId);
    const { sanction, position } = await this.#sanctioning.appeal(sanctionId, text, member, asking);
    tellWritten(reply, position);
    return sanction;
  }

  @Get('moderation/appeals')
  async appeals(
    @QueryInput(AppealsQuery) { state = 'open' }: AppealsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly AppealCase[]> {
    keepPrivate(reply);
    const appeals = await this.#queries.execute(new GetAppeals(state));
    await this.#looks.looked(memberOf(request), lookAtAppeals(appeals));
    return appeals;
  }

  @Post('moderation/appeals/:id')
  @HttpCode(201)
  async decideAppeal(
    @Param('id') id: string,
    @Input(AppealDecisionBody) body: AppealDecisionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppealCase> {
    const sanctionId = requireId(id, 'not_found');
    const asking = askingOf(request);
    const { appeal, position } = await this.#sanctioning.decideAppeal(sanctionId, body, memberOf(request), asking);
    tellWritten(reply, position);
    return appeal;
  }
}
