import { Controller, Get, HttpCode, Inject, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type {
  ListedMember,
  Member,
  MemberProfile,
  OwnMember,
  Page,
  RegisteredMember,
} from '../../../../libs/client/index.ts';
import { requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { commandMeta, viewerOf } from '../../../access/principal.ts';
import { PublicAddress } from '../../../access/public-address.ts';
import { memberOf } from '../../../access/request.ts';
import { setSessionCookie } from '../../../access/sign-in/session-cookie.ts';
import { Accounts } from '../../../acts/accounts.ts';
import { ForumWrites } from '../../../acts/forum-writes.ts';
import { MemberList } from '../../../acts/member-list.ts';
import { OwnAccount } from '../../../acts/own-account.ts';
import { ChangeRoles } from '../../../domain/member/member.commands.ts';
import { GetMemberPage, GetOwnMember } from '../../../views/members/members.query-types.ts';
import { Input, QueryInput } from '../../input/input.ts';
import { pageOf } from '../dto/lists.ts';
import { ChangeMeBody, MemberListQuery, RegisterBody, RolesBody } from '../dto/members.ts';
import { asOthersSee, keepPrivate, tellWritten } from './answers.ts';

/** On a page of the list unless asked otherwise. */
const USUAL_MEMBERS = 50;

@Controller('api/v1/members')
export class MembersController {
  readonly #accounts: Accounts;
  readonly #own: OwnAccount;
  readonly #list: MemberList;
  readonly #writes: ForumWrites;
  readonly #queries: QueryBus;
  readonly #address: PublicAddress;

  constructor(
    @Inject(Accounts) accounts: Accounts,
    @Inject(OwnAccount) own: OwnAccount,
    @Inject(MemberList) list: MemberList,
    @Inject(ForumWrites) writes: ForumWrites,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(PublicAddress) address: PublicAddress,
  ) {
    this.#accounts = accounts;
    this.#own = own;
    this.#list = list;
    this.#writes = writes;
    this.#queries = queries;
    this.#address = address;
  }

  @Post()
  @HttpCode(201)
  async register(
    @Input(RegisterBody) body: RegisterBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegisteredMember> {
    const { member, position } = await this.#accounts.register(body, askingOf(request));
    tellWritten(reply, position);
    return { member };
  }

  /** What a reader may not see is absent from each member. */
  @Get()
  list(
    @QueryInput(MemberListQuery) query: MemberListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<ListedMember>> {
    keepPrivate(reply);
    const { q, role, state } = query;
    const wish = {
      ...(q === undefined ? {} : { q }),
      ...(role === undefined ? {} : { role }),
      ...(state === undefined ? {} : { state }),
    };
    return this.#list.page(wish, pageOf(query, USUAL_MEMBERS), memberOf(request));
  }

  @Get('me')
  me(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<OwnMember> {
    keepPrivate(reply);
    return this.#queries.execute(new GetOwnMember(memberOf(request).memberId));
  }

  @Patch('me')
  async changeMe(
    @Input(ChangeMeBody) body: ChangeMeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OwnMember> {
    const { member, position, session } = await this.#own.change(memberOf(request), body, askingOf(request));
    if (session !== null && request.session === 'cookie') setSessionCookie(reply, session, this.#address);
    tellWritten(reply, position);
    return member;
  }

  @Get(':handle')
  byHandle(
    @Param('handle') handle: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MemberProfile> {
    keepPrivate(reply);
    return this.#queries.execute(new GetMemberPage(handle, viewerOf(request.principal)));
  }

  @Put(':id/roles')
  async setRoles(
    @Param('id') id: string,
    @Input(RolesBody) { roles }: RolesBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Member> {
    const memberId = requireId(id, 'member_not_found');
    const { commandId, correlationId } = askingOf(request);
    const meta = commandMeta(memberOf(request), commandId, correlationId);
    const { position } = await this.#writes.send(new ChangeRoles({ memberId, roles }, meta));
    tellWritten(reply, position);
    return asOthersSee(await this.#queries.execute(new GetOwnMember(memberId)));
  }
}
