import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, isUuid } from '../../../../libs/kernel/index.ts';
import { GIVEN_ROLES, INVITATION_DAYS, TEXT_LIMITS } from '../../../../libs/words/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { Inviting } from '../../../acts/inviting.ts';
import { GetInvitations } from '../../../views/invitations/invitations.query-types.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import { type Check, checked, email, isFine, text } from '../../shell/form-checks.ts';
import { Frames } from '../../shell/frames.ts';
import { pathAfter, textIn, textsIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../../shell/refusals.ts';
import { sendPage } from '../../shell/send-page.ts';
import { statusOf, typedIn } from '../../shell/typed.ts';
import { InvitationsPage } from './invitations-page.tsx';

const INVITATIONS_A_PAGE = 50;
const DAY_MS = 86_400_000;

const emailOrNone: Check = (value, translator) => (value.trim() === '' ? null : email(value, translator));
const days: Check = (value, { t }) =>
  isDays(value.trim()) ? null : t('invite.daysWrong', { most: INVITATION_DAYS.max });
const INVITATION = { email: emailOrNone, note: text(TEXT_LIMITS.reason), days };

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Shown {
  readonly query?: unknown;
  readonly form?: unknown;
  readonly errors?: FieldErrors;
  readonly link?: string;
  readonly mailedTo?: string | null;
  readonly status?: number;
}

/** The page of invitations. The link of a new one is in the answer that made it, and in no address. */
@Controller('admin/invitations')
@UseInterceptors(ReadsOwnWrites)
export class InvitationsController {
  readonly #frames: Frames;
  readonly #inviting: Inviting;
  readonly #queries: QueryBus;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Inviting) inviting: Inviting,
    @Inject(QueryBus) queries: QueryBus,
  ) {
    this.#frames = frames;
    this.#inviting = inviting;
    this.#queries = queries;
  }

  @Get()
  show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send({ query }, { request, reply });
  }

  @Post()
  async make(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { translator } = this.#frames.of(request);
    const errors = checked(form, INVITATION, translator);
    if (!isFine(errors)) return this.#send({ form, errors, status: 400 }, { request, reply });
    const address = textIn(form, 'email').trim();
    const chosen = textsIn(form, 'roles');
    const locale = textIn(form, 'locale');
    const wish = {
      roles: GIVEN_ROLES.filter((role) => chosen.includes(role)),
      note: textIn(form, 'note').trim(),
      expiresAt: new Date(Date.now() + Number(textIn(form, 'days').trim()) * DAY_MS).toISOString(),
      ...(address === '' ? {} : { email: address }),
      ...(locale === '' ? {} : { locale }),
    };
    try {
      const { url, invitation } = await this.#inviting.make(wish, memberOf(request), askingOf(request));
      await this.#send({ link: url, mailedTo: invitation.email }, { request, reply });
    } catch (error) {
      const refused = { form, errors: fieldErrorsOf(error, translator), status: statusOf(error) };
      await this.#send(refused, { request, reply });
    }
  }

  @Post(':id/withdraw')
  async withdraw(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!isUuid(id)) throw new DomainError('not_found', 'There is no such invitation.');
    const position = await this.#inviting.withdraw(id, memberOf(request), askingOf(request));
    reply.redirect(pathAfter('/admin/invitations', position), 303);
  }

  async #send(
    { query, form, errors = {}, link, mailedTo = null, status = 200 }: Shown,
    { request, reply }: Exchange,
  ): Promise<void> {
    const page = { limit: INVITATIONS_A_PAGE, cursor: textIn(query, 'cursor') || null };
    const invitations = await this.#queries.execute(new GetInvitations(page, new Date().toISOString()));
    const typed = typedIn(form, form === undefined ? [] : ['email', 'locale', 'note', 'days']);
    const shown = { invitations, typed, roles: textsIn(form, 'roles'), errors, link: link ?? null, mailedTo };
    const frame = this.#frames.of(request, '/admin/invitations');
    await sendPage(h(InvitationsPage, { frame, ...shown }), { request, reply, status });
  }
}

function isDays(text: string): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= INVITATION_DAYS.max;
}
