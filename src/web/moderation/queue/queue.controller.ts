import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, isUuid, requireId } from '../../../../libs/kernel/index.ts';
import {
  DECISION_ACTIONS,
  MOST_DECIDED_AT_ONCE,
  QUEUE_LISTS,
  REPORT_REASONS,
  REVISION_PATTERN,
  type ReportReason,
} from '../../../../libs/words/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { DecidedAlready } from '../../../acts/decided-already.ts';
import { Erasing } from '../../../acts/erasing.ts';
import { Moderating } from '../../../acts/moderating.ts';
import { formText } from '../../shell/form-checks.ts';
import { oneOf } from '../../shell/one-of.ts';
import { pathAfter, textIn, textsIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { siteIn } from '../site-choice.ts';
import { queueHref } from './queue-list.tsx';
import { placeQuery } from './queue-row.tsx';
import { QueueScreen } from './queue-screen.ts';

/** The most comments of one bulk decision. */

/** The queue, and the forms that decide. */
@Controller('moderation')
@UseInterceptors(ReadsOwnWrites)
export class QueuePagesController {
  readonly #screen: QueueScreen;
  readonly #moderating: Moderating;
  readonly #erasing: Erasing;

  constructor(
    @Inject(QueueScreen) screen: QueueScreen,
    @Inject(Moderating) moderating: Moderating,
    @Inject(Erasing) erasing: Erasing,
  ) {
    this.#screen = screen;
    this.#moderating = moderating;
    this.#erasing = erasing;
  }

  @Get()
  lead(@Res() reply: FastifyReply): void {
    reply.redirect('/moderation/queue', 302);
  }

  @Get('queue')
  queue(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#screen.send({ query, commentId: null }, { request, reply });
  }

  @Get('cases/:id')
  case(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#screen.send({ query, commentId: requireId(id, 'comment_not_found') }, { request, reply });
  }

  /** Leads on to the next case. When it is refused, the case is shown as it is now, with the first decision. */
  @Post('cases/:id')
  async decide(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const commentId = requireId(id, 'comment_not_found');
    const action = oneOf(DECISION_ACTIONS, textIn(form, 'action'));
    if (action === undefined) throw new DomainError('invalid', 'There is no such decision.');
    const wish = { ...decisionIn(form), action, revision: numberIn(textIn(form, 'revision')) };
    try {
      const { decision, position } = await this.#moderating.decide(
        commentId,
        wish,
        memberOf(request),
        askingOf(request),
      );
      reply.redirect(pathAfter(onwards(form, { done: decision.id }), position), 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.status === 404) throw error;
      const decision = error instanceof DecidedAlready ? error.decision : null;
      const written = { reason: wish.reason ?? ('' as const), note: wish.note };
      await this.#screen.send({ query: form, commentId, refusal: { error, decision, written } }, { request, reply });
    }
  }

  /** Leads back to the case, whose text is gone then. */
  @Post('cases/:id/purge')
  async purge(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const commentId = requireId(id, 'comment_not_found');
    const { position } = await this.#erasing.purge(
      commentId,
      formText(form, 'reason'),
      memberOf(request),
      askingOf(request),
    );
    reply.redirect(pathAfter(`/moderation/cases/${commentId}`, position), 303);
  }

  @Post('decisions')
  async decideAll(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const action = oneOf(DECISION_ACTIONS, textIn(form, 'action'));
    const items = textsIn(form, 'item').flatMap((item) => {
      const [commentId, revision = ''] = item.split(':');
      return isUuid(commentId) ? [{ commentId, revision: numberIn(revision) }] : [];
    });
    if (action === undefined || items.length > MOST_DECIDED_AT_ONCE)
      throw new DomainError('invalid', 'There is no such decision.');
    if (items.length === 0) {
      reply.redirect(queueHref({ list: listIn(form), site: siteIn(form) }), 303);
      return;
    }
    const wish = { ...decisionIn(form), items, action };
    const { bulkId, results, position } = await this.#moderating.decideAll(wish, memberOf(request), askingOf(request));
    const refused = results.filter(({ problem }) => problem !== null).length;
    reply.redirect(pathAfter(onwards(form, { bulk: bulkId, refused: String(refused) }), position), 303);
  }

  /** Leads to the comment, which is then as it was before. */
  @Post('decisions/:id/undo')
  async undo(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      const { decision, position } = await this.#moderating.undo(
        requireId(id, 'comment_not_found'),
        '',
        memberOf(request),
        askingOf(request),
      );
      const path = onwards(
        { list: listIn(form), site: textIn(form, 'site'), next: decision.commentId },
        { done: decision.id },
      );
      reply.redirect(pathAfter(path, position), 303);
    } catch (error) {
      if (!(error instanceof DecidedAlready)) throw error;
      const { decision } = error;
      const wish = { query: form, commentId: decision.commentId, refusal: { error, decision, written: null } };
      await this.#screen.send(wish, { request, reply });
    }
  }

  @Post('bulk/:id/undo')
  async undoAll(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const undone = await this.#moderating.undoAll(
      requireId(id, 'comment_not_found'),
      '',
      memberOf(request),
      askingOf(request),
    );
    const refused = undone.results.filter(({ problem }) => problem !== null).length;
    const path = onwards(
      { list: listIn(form), site: textIn(form, 'site') },
      { bulk: undone.bulkId, refused: String(refused) },
    );
    reply.redirect(pathAfter(path, undone.position), 303);
  }
}

function decisionIn(form: unknown): { readonly reason?: ReportReason; readonly note: string } {
  const reason = oneOf(REPORT_REASONS, textIn(form, 'reason'));
  return { ...(reason === undefined ? {} : { reason }), note: formText(form, 'note') };
}

function listIn(form: unknown) {
  return oneOf(QUEUE_LISTS, textIn(form, 'list')) ?? 'reported';
}

/** Leads to the next case, or to the list, with the decision just made, so that it can be taken back there. */
function onwards(form: unknown, decided: Readonly<Record<string, string>>): string {
  const [next, cursor] = [textIn(form, 'next'), textIn(form, 'cursor') || null];
  const query = `${placeQuery({ list: listIn(form), cursor, site: siteIn(form) })}&${new URLSearchParams(decided)}`;
  return isUuid(next) ? `/moderation/cases/${next}?${query}` : `/moderation/queue?${query}`;
}

function numberIn(text: string): number {
  return REVISION_PATTERN.test(text) ? Number(text) : -1;
}
