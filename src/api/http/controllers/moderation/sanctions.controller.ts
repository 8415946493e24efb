import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type AuthorRecord,
  type Comment,
  type Page,
  SANCTION_KINDS,
  type Sanction,
} from '../../../../../libs/client/index.ts';
import { DomainError } from '../../../../../libs/kernel/index.ts';
import { GetAuthorRecord, GetCommentsBy } from '../../../../views/moderation-queue/queue.query-types.ts';
import { GetMemberNotes, type MemberNote } from '../../../../views/sanctions/sanctions.query-types.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { Sanctioning } from '../../../access/sanctioning.ts';
import { pageOf } from '../../dto/lists.ts';
import { NoteBody, SanctionBody, UndoBody, WrittenQuery } from '../../dto/moderation.ts';
import { Input, QueryInput } from '../../input/input.ts';
import { idInPath } from '../../input/path.ts';
import { keepPrivate, tellWritten } from '../answers.ts';

const USUAL_COMMENTS = 20;

/** What moderators know of a member, and rule on it. */
@Controller('api/v1/members/:id')
export class SanctionsController {
  readonly #sanctioning: Sanctioning;
  readonly #queries: QueryBus;

  constructor(@Inject(Sanctioning) sanctioning: Sanctioning, @Inject(QueryBus) queries: QueryBus) {
    this.#sanctioning = sanctioning;
    this.#queries = queries;
  }

  @Get('record')
  record(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<AuthorRecord> {
    keepPrivate(reply);
    return this.#queries.execute(new GetAuthorRecord(memberIn(id)));
  }

  @Get('comments')
  comments(
    @Param('id') id: string,
    @QueryInput(WrittenQuery) query: WrittenQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<Comment>> {
    keepPrivate(reply);
    return this.#queries.execute(new GetCommentsBy(memberIn(id), query.status ?? null, pageOf(query, USUAL_COMMENTS)));
  }

  @Get('notes')
  notes(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<readonly MemberNote[]> {
    keepPrivate(reply);
    return this.#queries.execute(new GetMemberNotes(memberIn(id)));
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
  return idInPath(id, 'member_not_found');
}
