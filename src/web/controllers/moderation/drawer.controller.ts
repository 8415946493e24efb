import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { REPORT_REASONS, SANCTION_KINDS } from '../../../../libs/client/index.ts';
import { DomainError, isUuid } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../api/access/asking.ts';
import { lookAtAppeals, lookAtMember } from '../../../api/access/look-at.ts';
import { Looks } from '../../../api/access/looks.ts';
import { memberOf } from '../../../api/access/request.ts';
import { Sanctioning } from '../../../api/access/sanctioning.ts';
import { GetMemberByHandle } from '../../../views/members/members.query-types.ts';
import { GetAuthorRecord, GetCommentsBy, GetReportsBy } from '../../../views/moderation-queue/queue.query-types.ts';
import { GetAppeals, GetMemberNotes } from '../../../views/sanctions/sanctions.query-types.ts';
import type { FieldErrors } from '../../components/fields.tsx';
import { drawerHref } from '../../moderation/record.tsx';
import { oneOf } from '../../moderation/words.ts';
import { AppealsPage } from '../../pages/moderation/appeals-page.tsx';
import { DrawerPage, STATUSES } from '../../pages/moderation/drawer-page.tsx';
import { formText } from '../../server/form-checks.ts';
import { Frames } from '../../server/frames.ts';
import { pathAfter, textIn } from '../../server/paths.ts';
import { ReadsOwnWrites } from '../../server/reads-own-writes.ts';
import { fieldErrorsOf } from '../../server/refusals.ts';
import { sendPage } from '../../server/send-page.ts';

const COMMENTS_A_PAGE = 20;

/** What moderators know of a member and rule on it, and the appeals against that. */
@Controller('moderation')
@UseInterceptors(ReadsOwnWrites)
export class DrawerController {
  readonly #frames: Frames;
  readonly #sanctioning: Sanctioning;
  readonly #queries: QueryBus;
  readonly #looks: Looks;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Sanctioning) sanctioning: Sanctioning,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
  ) {
    this.#frames = frames;
    this.#sanctioning = sanctioning;
    this.#queries = queries;
    this.#looks = looks;
  }

  @Get('members/:handle')
  drawer(
    @Param('handle') handle: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send(handle, { query, errors: {}, status: 200 }, request, reply);
  }

  /** The statement of reasons is the moderator's own, else the reason's in the language of the page. */
  @Post('members/:handle/sanctions')
  async sanction(
    @Param('handle') handle: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { translator } = this.#frames.of(request);
    const kind = oneOf(SANCTION_KINDS, textIn(form, 'kind'));
    const reason = oneOf(REPORT_REASONS, textIn(form, 'reason'));
    if (!kind || !reason) throw new DomainError('invalid', 'There is no such sanction.');
    const statement = formText(form, 'statement').trim() || translator.t(`statement.${reason}`);
    const removeComments = oneOf(['none', 'last-week', 'all'], textIn(form, 'removeComments')) ?? 'none';
    const until = kind === 'suspension' ? momentIn(textIn(form, 'until')) : null;
    try {
      const member = await this.#queries.execute(new GetMemberByHandle(handle));
      const wish = { kind, reason, until, statement, removeComments };
      const { position } = await this.#sanctioning.sanction(member.id, wish, memberOf(request), askingOf(request));
      reply.redirect(pathAfter(drawerHref(handle), position), 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.status === 404) throw error;
      const errors = fieldErrorsOf(error, translator);
      await this.#send(handle, { query: {}, errors, status: error.status }, request, reply);
    }
  }

  @Post('members/:handle/lift')
  async lift(
    @Param('handle') handle: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kind = oneOf(SANCTION_KINDS, textIn(form, 'kind'));
    if (!kind) throw new DomainError('not_found', 'There is no such kind of sanction.');
    const member = await this.#queries.execute(new GetMemberByHandle(handle));
    const position = await this.#sanctioning.lift(member.id, kind, '', memberOf(request), askingOf(request));
    reply.redirect(pathAfter(drawerHref(handle), position), 303);
  }

  @Post('members/:handle/notes')
  async note(
    @Param('handle') handle: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const member = await this.#queries.execute(new GetMemberByHandle(handle));
    const text = formText(form, 'text');
    const position = await this.#sanctioning.note(member.id, text, memberOf(request), askingOf(request));
    reply.redirect(pathAfter(drawerHref(handle), position), 303);
  }

  @Get('appeals')
  async appeals(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const appeals = await this.#queries.execute(new GetAppeals('open'));
    await this.#looks.looked(memberOf(request), lookAtAppeals(appeals));
    await sendPage(h(AppealsPage, { frame: this.#frames.of(request), appeals }), { request, reply });
  }

  @Post('appeals/:id')
  async decideAppeal(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const outcome = oneOf(['granted', 'refused'], textIn(form, 'outcome'));
    if (!isUuid(id) || !outcome) throw new DomainError('not_found', 'There is no such appeal.');
    const wish = { outcome, answer: formText(form, 'answer') };
    const { position } = await this.#sanctioning.decideAppeal(id, wish, memberOf(request), askingOf(request));
    reply.redirect(pathAfter('/moderation/appeals', position), 303);
  }

  async #send(
    handle: string,
    { query, errors, status }: { readonly query: unknown; readonly errors: FieldErrors; readonly status: number },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { id } = await this.#queries.execute(new GetMemberByHandle(handle));
    const shown = oneOf(STATUSES, textIn(query, 'status')) ?? null;
    const wish = { limit: COMMENTS_A_PAGE, cursor: textIn(query, 'cursor') || null };
    const [record, comments, reports, notes] = await Promise.all([
      this.#queries.execute(new GetAuthorRecord(id)),
      this.#queries.execute(new GetCommentsBy(id, shown, wish)),
      this.#queries.execute(new GetReportsBy(id)),
      this.#queries.execute(new GetMemberNotes(id)),
    ]);
    const look = {
      ...lookAtMember(id),
      comments: comments.items,
      commentIds: reports.map((report) => report.commentId),
    };
    await this.#looks.looked(memberOf(request), look);
    const frame = this.#frames.of(request, drawerHref(handle));
    const page = h(DrawerPage, { frame, record, comments, status: shown, reports, notes, errors });
    await sendPage(page, { request, reply, status });
  }
}

/** The form tells UTC. What is no moment is left for the rules to refuse. */
function momentIn(text: string): string | null {
  const at = Date.parse(`${text}Z`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
