import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type AuthorRecord,
  type Comment,
  type MemberNote,
  type Page,
  type Sanction,
} from '../../../../../libs/client/index.ts';
import { DomainError, requireId } from '../../../../../libs/kernel/index.ts';
import { SANCTION_KINDS } from '../../../../../libs/words/index.ts';
import { askingOf } from '../../../../access/asking.ts';
import { memberOf } from '../../../../access/request.ts';
import { lookAtMember } from '../../../../acts/looks/look-at.ts';
import { Looks } from '../../../../acts/looks/looks.ts';
import { Sanctioning } from '../../../../acts/sanctioning.ts';
import { GetAuthorRecord, GetCommentsBy } from '../../../../views/moderation-queue/queue.query-types.ts';
import { GetMemberNotes } from '../../../../views/sanctions/sanctions.query-types.ts';
import { Input, QueryInput } from '../../../input/input.ts';
import { pageOf } from '../../dto/lists.ts';
import { NoteBody, SanctionBody, UndoBody, WrittenQuery } from '../../dto/moderation.ts';
import { keepPrivate, tellWritten } from '../answers.ts';

const USUAL_COMMENTS = 20;

/** The record of a member for moderators, and the sanctions that they give. */
@Controller('api/v1/members/:id')
export class SanctionsController {
  readonly #sanctioning: Sanctioning;
  readonly #queries: QueryBus;
  readonly #looks: Looks;

  constructor(
    @Inject(Sanctioning) sanctioning: Sanctioning,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
  ) {
    this.#sanctioning = sanctioning;
    this.#queries = queries;
    this.#looks = looks;
  }

  @Get('record')
  async record(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AuthorRecord> {
    keepPrivate(reply);
    const record = await this.#queries.execute(new GetAuthorRecord(memberIn(id)));
    await this.#looks.looked(memberOf(request), lookAtMember(record.member.id));
    return record;
  }

  @Get('comments')
  async comments(
    @Param('id') id: string,
    @QueryInput(WrittenQuery) query: WrittenQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<Comment>> {
    keepPrivate(reply);
    const wish = new GetCommentsBy(memberIn(id), query.status ?? null, pageOf(query, USUAL_COMMENTS));
    const page = await this.#queries.execute(wish);
    await this.#looks.looked(memberOf(request), { place: 'record', subject: id, comments: page.items });
    return page;
  }

  @Get('notes')
  async notes(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly MemberNote[]> {
    keepPrivate(reply);
    const notes = await this.#queries.execute(new GetMemberNotes(memberIn(id)));
    await this.#looks.looked(memberOf(request), lookAtMember(memberIn(id)));
    return notes;
  }

  @Post('notes')
  @HttpCode(201)
  async note(
    @Param('id') id: string,
    @Input(NoteBody) { text }: NoteBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly MemberNote[]> {
    const memberId = memberIn(id);
    tellWritten(reply, await this.#sanctioning.note(memberId, text, memberOf(request), askingOf(request)));
    await this.#looks.looked(memberOf(request), lookAtMember(memberId));
    return this.#queries.execute(new GetMemberNotes(memberId));
  }

  @Post('sanctions')
  @HttpCode(201)
  async sanction(
    @Param('id') id: string,
    @Input(SanctionBody) body: SanctionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sanction> {
    const asking = askingOf(request);
    const { sanction, position } = await this.#sanctioning.sanction(memberIn(id), body, memberOf(request), asking);
    tellWritten(reply, position);
    return sanction;
  }

  @Delete('sanctions/:kind')
  @HttpCode(204)
  async lift(
    @Param('id') id: string,
    @Param('kind') kind: string,
    @Input(UndoBody) { note = '' }: UndoBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const known = SANCTION_KINDS.find((one) => one === kind);
    if (known === undefined) throw new DomainError('not_found', 'There is no such kind of sanction.');
    tellWritten(reply, await this.#sanctioning.lift(memberIn(id), known, note, memberOf(request), askingOf(request)));
  }
}

function memberIn(id: string): string {
  return requireId(id, 'member_not_found');
}
