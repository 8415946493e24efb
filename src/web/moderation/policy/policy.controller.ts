import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SentRule } from '../../../../libs/client/index.ts';
import { DomainError, type Position } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { commandMeta } from '../../../access/principal.ts';
import { memberOf } from '../../../access/request.ts';
import { ForumWrites } from '../../../acts/forum-writes.ts';
import { SetPolicy } from '../../../domain/policy/policy.commands.ts';
import { Frames } from '../../shell/frames.ts';
import { pathAfter, textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { policyErrors } from './errors.ts';
import { moved, rulesOf } from './fields.ts';
import { PolicyForms, versionIn } from './forms.ts';

interface PolicyWish {
  readonly rules: readonly SentRule[];
  readonly note: string;
  readonly version: number;
  readonly restores: number | null;
}

/** The rules that comments are judged by, as a form, with their earlier versions. */
@Controller('moderation/policy')
@UseInterceptors(ReadsOwnWrites)
export class PolicyPagesController {
  readonly #frames: Frames;
  readonly #forms: PolicyForms;
  readonly #writes: ForumWrites;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(PolicyForms) forms: PolicyForms,
    @Inject(ForumWrites) writes: ForumWrites,
  ) {
    this.#frames = frames;
    this.#forms = forms;
    this.#writes = writes;
  }

  @Get()
  policy(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const before = versionIn(query, 'before');
    const shown = { saved: textIn(query, 'saved') === '1', before: before > 0 ? before : null };
    return this.#forms.send(shown, { request, reply });
  }

  /** A button that moves a rule changes only the form. A refused form comes back as it was sent. */
  @Post()
  async save(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const typed = await this.#forms.read(form);
    const move = textIn(form, 'move');
    if (move !== '') return this.#forms.send({ ...typed, rules: moved(typed.rules, move) }, { request, reply });
    try {
      const position = await this.#set({ ...typed, restores: null }, request);
      reply.redirect(pathAfter('/moderation/policy?saved=1', position), 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const errors = policyErrors(error, this.#frames.of(request).translator);
      // A reader who is told of a newer version saves over it knowingly.
      const { version, ...kept } = typed;
      const again = error.code === 'stale_revision' ? kept : { ...kept, version };
      await this.#forms.send({ ...again, errors, status: error.status }, { request, reply });
    }
  }

  @Post('back')
  async putBack(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const restores = versionIn(form, 'restores');
    const before = restores < 0 ? undefined : await this.#forms.version(restores);
    if (!before) throw new DomainError('not_found', 'There is no such version.');
    const wish = { rules: rulesOf(before), note: '', version: versionIn(form, 'version'), restores };
    try {
      const position = await this.#set(wish, request);
      reply.redirect(pathAfter('/moderation/policy?saved=1', position), 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const errors = policyErrors(error, this.#frames.of(request).translator);
      await this.#forms.send({ rules: wish.rules, errors, status: error.status }, { request, reply });
    }
  }

  async #set({ rules, note, version, restores }: PolicyWish, request: FastifyRequest): Promise<Position> {
    const { commandId, correlationId } = askingOf(request);
    const meta = commandMeta(memberOf(request), commandId, correlationId);
    const command = new SetPolicy({ version: version + 1, policy: { rules }, restores, note }, meta);
    return (await this.#writes.send(command)).position;
  }
}
