import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Invitation, Member, NewInvitation, Page } from '../../../../libs/client/index.ts';
import { requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { Admitting } from '../../../acts/admitting.ts';
import { Inviting } from '../../../acts/inviting.ts';
import { GetInvitations } from '../../../views/invitations/invitations.query-types.ts';
import { Input, QueryInput } from '../../input/input.ts';
import { InvitationBody, MembershipBody } from '../dto/doors.ts';
import { ListQuery, pageOf } from '../dto/lists.ts';
import { asOthersSee, keepPrivate, tellWritten } from './answers.ts';

const USUAL_PAGE = 50;

/** Invitations, and members who wait to be let in. */
@Controller('api/v1')
export class DoorsController {
  readonly #inviting: Inviting;
  readonly #admitting: Admitting;
  readonly #queries: QueryBus;

  constructor(
    @Inject(Inviting) inviting: Inviting,
    @Inject(Admitting) admitting: Admitting,
    @Inject(QueryBus) queries: QueryBus,
  ) {
    this.#inviting = inviting;
    this.#admitting = admitting;
    this.#queries = queries;
  }

  @Post('invitations')
  @HttpCode(201)
  async invite(
    @Input(InvitationBody) body: InvitationBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewInvitation> {
    const { position, ...made } = await this.#inviting.make(body, memberOf(request), askingOf(request));
    keepPrivate(reply);
    tellWritten(reply, position);
    return made;
  }

  @Get('invitations')
  invitations(
    @QueryInput(ListQuery) query: ListQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<Invitation>> {
    keepPrivate(reply);
    return this.#queries.execute(new GetInvitations(pageOf(query, USUAL_PAGE), new Date().toISOString()));
  }

  @Delete('invitations/:id')
  @HttpCode(204)
  async withdraw(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const invitationId = requireId(id, 'not_found');
    tellWritten(reply, await this.#inviting.withdraw(invitationId, memberOf(request), askingOf(request)));
  }

  @Put('members/:id/membership')
  async admit(
    @Param('id') id: string,
    @Input(MembershipBody) body: MembershipBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Member> {
    const memberId = requireId(id, 'member_not_found');
    const by = { by: memberOf(request), asking: askingOf(request) };
    const { member: own, position } = await this.#admitting.decide(memberId, body, by);
    tellWritten(reply, position);
    const member = asOthersSee(own);
    return member;
  }
}
