import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, isUuid, type Position } from '../../../../libs/kernel/index.ts';
import { APPEAL_OUTCOMES, KEPT_STATUSES, SANCTION_KINDS, TEXT_LIMITS } from '../../../../libs/words/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { lookAtAppeals, lookAtMember } from '../../../acts/looks/look-at.ts';
import { Looks } from '../../../acts/looks/looks.ts';
import { Sanctioning } from '../../../acts/sanctioning.ts';
import { GetHeldRoles, GetMemberByHandle, GetOwnMember } from '../../../views/members/members.query-types.ts';
import {
  GetAuthorRecord,
  GetCommentsBy,
  GetReportsAbout,
  GetReportsBy,
} from '../../../views/moderation-queue/queue.query-types.ts';
import { GetAppeals, GetMemberNotes } from '../../../views/sanctions/sanctions.query-types.ts';
import { recordHref } from '../../shell/addresses.ts';
import { type DoneAct, doneIn, pathDone } from '../../shell/done.tsx';
import type { FieldErrors } from '../../shell/fields.tsx';
import { type Check, checked, formText, isFine, text } from '../../shell/form-checks.ts';
import { Frames } from '../../shell/frames.ts';
import { oneOf } from '../../shell/one-of.ts';
import { pathAfter, textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../../shell/refusals.ts';
import type { RefusedForm } from '../../shell/refused-form.ts';
import { sendPage } from '../../shell/send-page.ts';
import { AppealsPage } from './appeals-page.tsx';
import { MemberRecordPage } from './record-page.tsx';
import { SANCTION_FIELDS, sanctionChecks, sanctionOf } from './sanction-fields.ts';
import type { AskedSanction } from './sanction-form.tsx';

const COMMENTS_A_PAGE = 20;

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The shown parts of the record: its page of comments, the refused form, the sanction to be confirmed. */
interface Shown {
  readonly query: unknown;
  readonly refused: RefusedForm | null;
  readonly asked?: AskedSanction;
  readonly status: number;
}

/** One of the record's forms, as it was sent. */
interface RecordWish {
  readonly handle: string;
  readonly form: string;
  /** The result, shown on the next page. */
  readonly done: DoneAct;
  readonly typed: Readonly<Record<string, string>>;
  readonly checks: Readonly<Record<string, Check>>;
}

/** Members' records, the sanctions on them, and appeals. */
@Controller('moderation')
@UseInterceptors(ReadsOwnWrites)
export class MemberRecordsController {
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
  record(
    @Param('handle') handle: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send(handle, { query, refused: null, status: 200 }, { request, reply });
  }

  /**
   * The chosen sanction is shown once more, and given when that is confirmed. When it is refused or to be changed, the
   * form comes back.
   */
  @Post('members/:handle/sanctions')
  async sanction(
    @Param('handle') handle: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { translator } = this.#frames.of(request);
    const typed = typedIn(form, SANCTION_FIELDS);
    const wish: RecordWish = { handle, form: 'sanction', done: 'sanctioned', typed, checks: sanctionChecks(typed) };
    const isFineNow = isFine(checked(typed, wish.checks, translator));
    switch (isFineNow ? textIn(form, 'step') : 'confirmed') {
      case 'confirmed':
        return this.#act(wish, { request, reply }, (id) =>
          this.#sanctioning
            .sanction(id, sanctionOf(typed, translator), memberOf(request), askingOf(request))
            .then(({ position }) => position),
        );
      case 'change':
        return this.#send(
          handle,
          { query: {}, refused: { form: 'sanction', typed, errors: {} }, status: 200 },
          { request, reply },
        );
      default:
        return this.#send(
          handle,
          { query: {}, refused: null, asked: sanctionOf(typed, translator), status: 200 },
          { request, reply },
        );
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
    const typed = typedIn(form, ['note']);
    const wish: RecordWish = {
      handle,
      form: `lift ${kind}`,
      done: 'lifted',
      typed,
      checks: { note: text(TEXT_LIMITS.decisionNote) },
    };
    await this.#act(wish, { request, reply }, (id) =>
      this.#sanctioning.lift(id, kind, typed['note'] ?? '', memberOf(request), askingOf(request)),
    );
  }

  @Post('members/:handle/notes')
  async note(
    @Param('handle') handle: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const typed = typedIn(form, ['text']);
    const wish: RecordWish = {
      handle,
      form: 'note',
      done: 'noted',
      typed,
      checks: { text: text(TEXT_LIMITS.memberNote) },
    };
    await this.#act(wish, { request, reply }, (id) =>
      this.#sanctioning.note(id, typed['text'] ?? '', memberOf(request), askingOf(request)),
    );
  }

  @Get('appeals')
  appeals(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#sendAppeals({ refused: null, done: doneIn(query), status: 200 }, { request, reply });
  }

  /** A refused answer stands in its form again, also when another moderator was quicker. */
  @Post('appeals/:id')
  async decideAppeal(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const outcome = oneOf(APPEAL_OUTCOMES, textIn(form, 'outcome'));
    if (!isUuid(id) || !outcome) throw new DomainError('not_found', 'There is no such appeal.');
    const { translator } = this.#frames.of(request);
    const answer = formText(form, 'answer');
    const refuse = (errors: FieldErrors, status: number) =>
      this.#sendAppeals({ refused: { form: id, typed: { answer }, errors }, done: null, status }, { request, reply });
    const errors = checked(form, { answer: text(TEXT_LIMITS.statement) }, translator);
    if (!isFine(errors)) return refuse(errors, 400);
    try {
      const wish = { outcome, answer };
      const { position } = await this.#sanctioning.decideAppeal(id, wish, memberOf(request), askingOf(request));
      reply.redirect(pathAfter(pathDone('/moderation/appeals', 'answered'), position), 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.status === 404) throw error;
      await refuse(fieldErrorsOf(error, translator), error.status);
    }
  }

  async #sendAppeals(
    {
      status,
      ...told
    }: { readonly refused: RefusedForm | null; readonly done: DoneAct | null; readonly status: number },
    exchange: Exchange,
  ): Promise<void> {
    const { request } = exchange;
    const [appeals, decided] = await Promise.all([
      this.#queries.execute(new GetAppeals('open')),
      this.#queries.execute(new GetAppeals('decided')),
    ]);
    await this.#looks.looked(memberOf(request), lookAtAppeals([...appeals, ...decided]));
    const frame = this.#frames.of(request, '/moderation/appeals');
    await sendPage(h(AppealsPage, { frame, appeals, decided, ...told }), { ...exchange, status });
  }

  /** Does the act of a form; when it is refused, the record comes back with what was typed. */
  async #act(wish: RecordWish, exchange: Exchange, act: (memberId: string) => Promise<Position>): Promise<void> {
    const { handle, form, done, typed, checks } = wish;
    const { translator } = this.#frames.of(exchange.request);
    const refuse = (errors: FieldErrors, status: number) =>
      this.#send(handle, { query: {}, refused: { form, typed, errors }, status }, exchange);
    const errors = checked(typed, checks, translator);
    if (!isFine(errors)) return refuse(errors, 400);
    try {
      const member = await this.#queries.execute(new GetMemberByHandle(handle));
      exchange.reply.redirect(pathAfter(pathDone(recordHref(handle), done), await act(member.id)), 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.status === 404) throw error;
      await refuse(fieldErrorsOf(error, translator), error.status);
    }
  }

  async #send(handle: string, { query, refused, asked, status }: Shown, { request, reply }: Exchange): Promise<void> {
    const { id } = await this.#queries.execute(new GetMemberByHandle(handle));
    const shown = oneOf(KEPT_STATUSES, textIn(query, 'status')) ?? null;
    const wish = { limit: COMMENTS_A_PAGE, cursor: textIn(query, 'cursor') || null };
    const [record, { state: membership }, heldRoles, comments, reports, received, notes] = await Promise.all([
      this.#queries.execute(new GetAuthorRecord(id)),
      this.#queries.execute(new GetOwnMember(id)),
      this.#queries.execute(new GetHeldRoles(id)),
      this.#queries.execute(new GetCommentsBy(id, shown, wish)),
      this.#queries.execute(new GetReportsBy(id)),
      this.#queries.execute(new GetReportsAbout(id)),
      this.#queries.execute(new GetMemberNotes(id)),
    ]);
    const look = {
      ...lookAtMember(id),
      comments: comments.items,
      texts: [...reports, ...received].map(({ commentId }) => ({ commentId, revision: null })),
    };
    await this.#looks.looked(memberOf(request), look);
    const frame = this.#frames.of(request, recordHref(handle));
    const page = h(MemberRecordPage, {
      frame,
      record,
      membership,
      heldRoles,
      comments,
      status: shown,
      reports,
      received,
      notes,
      refused,
      asked: asked ?? null,
      done: doneIn(query),
    });
    await sendPage(page, { request, reply, status });
  }
}

function typedIn(form: unknown, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, formText(form, name)]));
}
