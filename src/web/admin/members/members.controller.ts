import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { isUuid, type Position, requireId } from '../../../../libs/kernel/index.ts';
import { GIVEN_ROLES, MEMBER_STATES, ROLES } from '../../../../libs/words/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { commandMeta } from '../../../access/principal.ts';
import { memberOf } from '../../../access/request.ts';
import { Devices } from '../../../acts/devices.ts';
import { Erasing } from '../../../acts/erasing.ts';
import { ForumWrites } from '../../../acts/forum-writes.ts';
import { MemberList } from '../../../acts/member-list.ts';
import { SecondFactors } from '../../../acts/second-factors.ts';
import { ChangeRoles } from '../../../domain/member/member.commands.ts';
import { GetOwnMember } from '../../../views/members/members.query-types.ts';
import { type DoneAct, pathDone } from '../../shell/done.tsx';
import { Frames } from '../../shell/frames.ts';
import { oneOf } from '../../shell/one-of.ts';
import { ownPath, pathAfter, textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { sendPage } from '../../shell/send-page.ts';
import { MembersPage } from './members-page.tsx';
import { NewAdminPage } from './new-admin-page.tsx';

const MEMBERS_A_PAGE = 30;

/** The list of members, where admins find them and give and take roles. */
@Controller('admin/members')
@UseInterceptors(ReadsOwnWrites)
export class AdminMembersController {
  readonly #frames: Frames;
  readonly #list: MemberList;
  readonly #writes: ForumWrites;
  readonly #factors: SecondFactors;
  readonly #devices: Devices;
  readonly #queries: QueryBus;
  readonly #erasing: Erasing;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(MemberList) list: MemberList,
    @Inject(ForumWrites) writes: ForumWrites,
    @Inject(SecondFactors) factors: SecondFactors,
    @Inject(Devices) devices: Devices,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Erasing) erasing: Erasing,
  ) {
    this.#frames = frames;
    this.#list = list;
    this.#writes = writes;
    this.#factors = factors;
    this.#devices = devices;
    this.#queries = queries;
    this.#erasing = erasing;
  }

  @Get()
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const q = textIn(query, 'q').trim().slice(0, 254);
    const role = oneOf(ROLES, textIn(query, 'role'));
    const state = oneOf(MEMBER_STATES, textIn(query, 'state'));
    const wish = {
      ...(q === '' ? {} : { q }),
      ...(role === undefined ? {} : { role }),
      ...(state === undefined ? {} : { state }),
    };
    const place = { limit: MEMBERS_A_PAGE, cursor: textIn(query, 'cursor') || null };
    const page = await this.#list.page(wish, place, memberOf(request));
    const saved = textIn(query, 'saved');
    const erasures = await this.#erasing.openOf(page.items.map(({ id }) => id));
    const shown = { frame: this.#frames.of(request), wish, page, erasures, saved: isUuid(saved) ? saved : null };
    await sendPage(h(MembersPage, shown), { request, reply });
  }

  /** For a member who lost the phone and the recovery codes; a mail tells the member. */
  @Post(':id/second-factor')
  async turnFactorOff(
    @Param('id') memberId: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireId(memberId, 'member_not_found');
    const position = await this.#factors.turnOffFor(memberId, memberOf(request), askingOf(request));
    leadBack(form, 'factorOff', { position, reply });
  }

  /** For a member who lost a device, or whose session somebody else has. */
  @Post(':id/sessions')
  async endSessions(
    @Param('id') memberId: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireId(memberId, 'member_not_found');
    const position = await this.#devices.endAllOf(memberId, memberOf(request), askingOf(request));
    leadBack(form, 'sessionsEnded', { position, reply });
  }

  /** The roles that are ticked are the member's from now on; a new admin is asked for twice, and the rules keep an admin from giving up being one. */
  @Post(':id/roles')
  async setRoles(
    @Param('id') memberId: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireId(memberId, 'member_not_found');
    const roles = GIVEN_ROLES.filter((role) => textIn(form, `role-${role}`) === '1');
    if (roles.includes('admin') && textIn(form, 'sure') !== '1') {
      const member = await this.#queries.execute(new GetOwnMember(memberId));
      if (!member.roles.includes('admin')) {
        const asked = { frame: this.#frames.of(request, '/admin/members'), member, roles };
        return sendPage(h(NewAdminPage, { ...asked, back: ownPath(textIn(form, 'back')) }), { request, reply });
      }
    }
    const { commandId, correlationId } = askingOf(request);
    const meta = commandMeta(memberOf(request), commandId, correlationId);
    const { position } = await this.#writes.send(new ChangeRoles({ memberId, roles }, meta));
    const back = new URL(ownPath(textIn(form, 'back')), 'http://forum.invalid');
    back.searchParams.set('saved', memberId);
    reply.redirect(pathAfter(`${back.pathname}${back.search}#member-${memberId}`, position), 303);
  }
}

/** To the page that the form stood on, which tells of the act. */
function leadBack(
  form: unknown,
  done: DoneAct,
  { position, reply }: { readonly position: Position; readonly reply: FastifyReply },
): void {
  const { pathname } = new URL(ownPath(textIn(form, 'back')), 'http://forum.invalid');
  reply.redirect(pathAfter(pathDone(pathname, done), position), 303);
}
