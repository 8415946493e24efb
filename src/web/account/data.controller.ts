import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, isUuid } from '../../../libs/kernel/index.ts';
import { ERASED_COMMENTS } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { memberOf } from '../../access/request.ts';
import { Erasing } from '../../acts/erasing.ts';
import { doneIn, pathDone } from '../shell/done.tsx';
import { shownState } from '../shell/erasure-parts.tsx';
import type { FieldErrors } from '../shell/fields.tsx';
import { Frames } from '../shell/frames.ts';
import { oneOf } from '../shell/one-of.ts';
import { ownPath, pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendPage } from '../shell/send-page.ts';
import { type Typed, typedIn } from '../shell/typed.ts';
import { ErasurePage, OwnDataPage } from './data-pages.tsx';

const PATH = '/settings/data';
/** Seconds after which the page of an erasure that is carried out is asked for again. */
const LOOKS_AGAIN_S = 5;

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What the forum keeps of a member, and how far an erasure is. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class OwnDataPagesController {
  readonly #frames: Frames;
  readonly #erasing: Erasing;

  constructor(@Inject(Frames) frames: Frames, @Inject(Erasing) erasing: Erasing) {
    this.#frames = frames;
    this.#erasing = erasing;
  }

  @Get('settings/data')
  show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send({ typed: {}, errors: {}, status: 200, query }, { request, reply });
  }

  /** Leads to the page of the erasure, which can be read when the sessions have ended. */
  @Post('settings/data/erasure')
  async erase(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const comments = oneOf(ERASED_COMMENTS, textIn(form, 'comments'));
    const immediately = textIn(form, 'immediately') === '1';
    const password = textIn(form, 'password');
    const typed = typedIn(form, ['comments', 'immediately']);
    const { translator } = this.#frames.of(request);
    try {
      if (comments === undefined) throw missing('comments');
      const asked = await this.#erasing.ofMember(memberOf(request).memberId);
      if (asked?.state === 'waiting' && asked.comments !== comments) {
        const errors = { '': translator.t('erase.firstCounts') };
        return await this.#send({ typed, errors, status: 409, query: {} }, { request, reply });
      }
      const wish = { comments, immediately, ...(password === '' ? {} : { password }) };
      const { erasureId, position } = await this.#erasing.eraseOwn(memberOf(request), wish, askingOf(request));
      reply.redirect(pathAfter(`/erasures/${erasureId}`, position), 303);
    } catch (error) {
      const errors = fieldErrorsOf(error, translator, { password: 'field.password' });
      await this.#send(
        { typed, errors, status: error instanceof DomainError ? error.status : 400, query: {} },
        { request, reply },
      );
    }
  }

  @Post('settings/data/erasure/:id/back')
  async takeBack(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const position = await this.#erasing.takeBack(idIn(id), memberOf(request), askingOf(request));
    const back = textIn(form, 'back');
    const { pathname } = new URL(ownPath(back), 'http://forum.invalid');
    const place = back === '' ? pathDone(PATH, 'erasureTakenBack') : pathDone(pathname, 'memberStays');
    reply.redirect(pathAfter(place, position), 303);
  }

  @Get('erasures/:id')
  async erasure(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const erasure = await this.#erasing.see(idIn(id));
    reply.header('x-robots-tag', 'noindex').header('referrer-policy', 'no-referrer');
    // It tells how far it is by itself, without a program.
    if (shownState(erasure) === 'running') reply.header('refresh', String(LOOKS_AGAIN_S));
    const page = { frame: this.#frames.of(request), erasure, backPath: await this.#backPath(id, request) };
    await sendPage(h(ErasurePage, page), { request, reply });
  }

  async #backPath(erasureId: string, { principal }: FastifyRequest): Promise<string | null> {
    const memberId = await this.#erasing.subjectFor(erasureId, principal);
    if (memberId === null) return null;
    return memberId === principal?.memberId ? `${PATH}#erase` : `/admin/members/${memberId}/erasure`;
  }

  async #send(
    { typed, errors, status, query }: { typed: Typed; errors: FieldErrors; status: number; query: unknown },
    { request, reply }: Exchange,
  ): Promise<void> {
    const { memberId } = memberOf(request);
    const frame = this.#frames.of(request, PATH);
    const [erasure, undone, hasPassword] = await Promise.all([
      this.#erasing.ofMember(memberId),
      this.#erasing.undoneOf(memberId),
      this.#erasing.asksPassword(memberId),
    ]);
    const page = { frame, erasure, undone, days: this.#erasing.days, hasPassword, typed, errors, done: doneIn(query) };
    await sendPage(h(OwnDataPage, page), { request, reply, status });
  }
}

function idIn(id: string): string {
  if (!isUuid(id)) throw new DomainError('not_found', 'There is no such erasure.');
  return id;
}

function missing(field: string): DomainError {
  return new DomainError('invalid', `${field} is missing.`, [{ field, message: 'is missing' }]);
}
