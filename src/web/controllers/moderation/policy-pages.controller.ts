import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { PolicyVersion } from '../../../../libs/client/index.ts';
import { DomainError, type Position } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../api/access/asking.ts';
import { ForumWrites } from '../../../api/access/forum-writes.ts';
import { commandMeta } from '../../../api/access/principal.ts';
import { memberOf } from '../../../api/access/request.ts';
import { SetPolicy } from '../../../domain/policy/policy.commands.ts';
import { GetPolicyVersions } from '../../../views/policy/policy.query-types.ts';
import type { FieldErrors } from '../../components/fields.tsx';
import type { Translator } from '../../i18n/translate.ts';
import { isRule, rulesIn, type SentRule } from '../../moderation/policy-fields.ts';
import { PolicyPage } from '../../pages/moderation/policy-page.tsx';
import { formText } from '../../server/form-checks.ts';
import { Frames } from '../../server/frames.ts';
import { pathAfter, textIn } from '../../server/paths.ts';
import { ReadsOwnWrites } from '../../server/reads-own-writes.ts';
import { sendPage } from '../../server/send-page.ts';
import { reasonOf } from '../../thread/refusal-messages.ts';

interface Shown {
  readonly rules?: readonly SentRule[];
  readonly note?: string;
  readonly errors?: FieldErrors;
  readonly saved?: boolean;
  readonly status?: number;
}

/** The rules that comments are judged by, as a form, with their earlier versions. */
@Controller('moderation/policy')
@UseInterceptors(ReadsOwnWrites)
export class PolicyPagesController {
  readonly #frames: Frames;
  readonly #writes: ForumWrites;
  readonly #queries: QueryBus;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(ForumWrites) writes: ForumWrites,
    @Inject(QueryBus) queries: QueryBus,
  ) {
    this.#frames = frames;
    this.#writes = writes;
    this.#queries = queries;
  }

  @Get()
  policy(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send({ saved: textIn(query, 'saved') === '1' }, request, reply);
  }

  /** Refused, the form comes back as it was sent. */
  @Post()
  async save(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { translator } = this.#frames.of(request);
    const rules = rulesIn(form, rulesOf((await this.#versions())[0]));
    const note = formText(form, 'note');
    try {
      const position = await this.#set({ rules, note, version: numberIn(form, 'version'), restores: null }, request);
      reply.redirect(pathAfter('/moderation/policy?saved=1', position), 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.#send({ rules, note, errors: errorsOf(error, translator), status: error.status }, request, reply);
    }
  }

  @Post('back')
  async putBack(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const restores = numberIn(form, 'restores');
    const before = (await this.#versions()).find(({ version }) => version === restores);
    if (!before) throw new DomainError('not_found', 'There is no such version.');
    const wish = { rules: rulesOf(before), note: '', version: numberIn(form, 'version'), restores };
    const position = await this.#set(wish, request);
    reply.redirect(pathAfter('/moderation/policy?saved=1', position), 303);
  }

  #versions(): Promise<readonly PolicyVersion[]> {
    return this.#queries.execute(new GetPolicyVersions());
  }

  async #set(
    wish: {
      readonly rules: readonly SentRule[];
      readonly note: string;
      readonly version: number;
      readonly restores: number | null;
    },
    request: FastifyRequest,
  ): Promise<Position> {
    const { commandId, correlationId } = askingOf(request);
    const { rules, note, version, restores } = wish;
    const meta = commandMeta(memberOf(request), commandId, correlationId);
    const command = new SetPolicy({ version: version + 1, policy: { rules }, restores, note }, meta);
    return (await this.#writes.send(command)).position;
  }

  async #send(shown: Shown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const versions = await this.#versions();
    const { rules = rulesOf(versions[0]), note = '', errors = {}, saved = false, status = 200 } = shown;
    const frame = this.#frames.of(request, '/moderation/policy');
    await sendPage(h(PolicyPage, { frame, rules, versions, note, errors, saved }), { request, reply, status });
  }
}

function rulesOf(version: PolicyVersion | undefined): readonly SentRule[] {
  return (version?.rules ?? []).filter(isRule);
}

function numberIn(form: unknown, name: string): number {
  const text = textIn(form, name);
  return /^\d{1,7}$/.test(text) ? Number(text) : -1;
}

/** At each rule what is wrong with it; the policy's own words, which are English, say the field. */
function errorsOf(error: DomainError, translator: Translator): FieldErrors {
  if (error.code === 'stale_revision') return { '': translator.t('policy.stale') };
  const byRule = error.errors.map(({ field, message }) => {
    const [, rule = field, ...rest] = field.split('.');
    return [rule, `${rest.join('.')} ${message}`] as const;
  });
  return {
    '': byRule.length > 0 ? translator.t('error.invalid') : reasonOf(error, translator),
    ...Object.fromEntries(byRule),
  };
}
