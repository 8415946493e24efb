import { createReadStream, existsSync } from 'node:fs';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { ExportForm } from '../../../access/export-form.ts';
import { viewerOf } from '../../../access/principal.ts';
import { memberOf } from '../../../access/request.ts';
import type { ImportChoices, ImportJob } from '../../../acts/importing/import-job.ts';
import { Importing } from '../../../acts/importing/importing.ts';
import { unlessGone } from '../../../acts/unless-gone.ts';
import { CONFIG, type Config } from '../../../config.ts';
import { GetPost } from '../../../views/post-list/post-list.query-types.ts';
import { GetSite } from '../../../views/site/site.query-types.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import { isFine } from '../../shell/form-checks.ts';
import { Frames } from '../../shell/frames.ts';
import { oneOf } from '../../shell/one-of.ts';
import { textIn } from '../../shell/paths.ts';
import { reasonOf } from '../../shell/refusal-messages.ts';
import { sendPage } from '../../shell/send-page.ts';
import { statusOf } from '../../shell/typed.ts';
import { NO_CHOICES } from './choice-fields.tsx';
import { choicesIn } from './import-choices.ts';
import { IMPORT_PATH, ImportPage } from './import-page.tsx';
import { IMPORT_ACTS, type ImportAct, JobPage, type JobPageProps } from './job-page.tsx';
import type { FirstPost } from './told-part.tsx';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Asked {
  readonly choices: ImportChoices;
  readonly typed?: string;
  readonly chosen: string;
  readonly errors: FieldErrors;
  readonly status: number;
}

const NOTHING_ASKED: Asked = { choices: NO_CHOICES, chosen: '', errors: {}, status: 200 };

/** Where admins bring posts and comments from other systems. */
@Controller('admin/import')
export class ImportController {
  readonly #frames: Frames;
  readonly #importing: Importing;
  readonly #queries: QueryBus;
  readonly #mostMiB: number;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Importing) importing: Importing,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(CONFIG) { importMiB }: Config,
  ) {
    this.#frames = frames;
    this.#importing = importing;
    this.#queries = queries;
    this.#mostMiB = importMiB;
  }

  @Get()
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send(NOTHING_ASKED, { request, reply });
  }

  /** A file was sent, or one that lies ready is chosen. */
  @Post()
  async begin(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { translator } = this.#frames.of(request);
    const form = body instanceof ExportForm ? body : null;
    const fields = form?.fields ?? body;
    const chosen = textIn(fields, 'chosen');
    const { choices, sitesTyped, errors: wrong } = choicesIn(fields, translator);
    const refuse = (errors: FieldErrors, status: number) =>
      this.#send({ choices, typed: sitesTyped, chosen, errors, status }, { request, reply });
    if (!isFine(wrong)) return refuse(wrong, 400);
    if (form !== null && form.refusal !== null)
      return refuse({ file: this.#refusalOf(form.refusal, request) }, form.refusal.status);
    try {
      const job = await this.#begun(form, chosen, choices);
      if (job === null) return refuse({ file: translator.t('import.noFile') }, 400);
      reply.redirect(pathOf(job), 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await refuse({ '': this.#refusalOf(error, request) }, statusOf(error));
    }
  }

  @Get(':id')
  async job(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const exchange = { request, reply };
    if (!this.#isHere(id)) return this.#tellElsewhere(exchange);
    await this.#sendJob(id, { errors: {}, isLate: textIn(query, 'late') === '1' }, exchange);
  }

  @Post(':id')
  async act(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const act = oneOf(IMPORT_ACTS, textIn(form, 'do'));
    if (act === undefined) throw new DomainError('invalid', 'Say what to do about the import.');
    if (!this.#isHere(id)) return this.#tellElsewhere({ request, reply });
    const job = this.#importing.job(id);
    const read = choicesIn(form, this.#frames.of(request).translator);
    if (act === 'look' && !isFine(read.errors))
      return this.#sendJob(id, { errors: read.errors, refused: read, isLate: false }, { request, reply });
    try {
      await this.#done(act, id, { choices: read.choices, memberId: memberOf(request).memberId });
      reply.redirect(this.#isHere(id) ? pathOf(job) : IMPORT_PATH, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'conflict') throw error;
      reply.redirect(`${pathOf(job)}?late=1`, 303);
    }
  }

  @Get(':id/left-out')
  leftOut(@Param('id') id: string, @Res() reply: FastifyReply): void {
    const file = this.#importing.listOf(id);
    if (!existsSync(file)) throw new DomainError('not_found', 'Nothing is listed yet.');
    reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="left-out.csv"')
      .header('cache-control', 'no-store')
      .send(createReadStream(file));
  }

  /** Null where no file was sent or chosen. */
  async #begun(form: ExportForm | null, chosen: string, choices: ImportChoices): Promise<ImportJob | null> {
    const file = form?.take() ?? null;
    if (file !== null) return this.#importing.take(file, choices);
    return chosen === '' ? null : this.#importing.choose(chosen, choices);
  }

  async #done(
    act: ImportAct,
    id: string,
    { choices, memberId }: { readonly choices: ImportChoices; readonly memberId: string },
  ): Promise<void> {
    switch (act) {
      case 'bring':
        await this.#importing.bring(id, memberId);
        return;
      case 'look':
        await this.#importing.lookAgain(id, choices);
        return;
      case 'stop':
        return this.#importing.stop(id);
      case 'cancel':
        return this.#importing.cancel(id);
      default:
        return act satisfies never;
    }
  }

  #isHere(id: string): boolean {
    return this.#importing.list().some((each) => each.id === id);
  }

  /** Each node of a forum lists its own imports. */
  #tellElsewhere(exchange: Exchange): Promise<void> {
    const { t } = this.#frames.of(exchange.request).translator;
    return this.#send({ ...NOTHING_ASKED, errors: { '': t('import.notHere') }, status: 404 }, exchange);
  }

  #refusalOf(refusal: DomainError, request: FastifyRequest): string {
    const { translator } = this.#frames.of(request);
    const { t } = translator;
    if (refusal.code === 'too_large') return t('import.tooLarge', { most: translator.number(this.#mostMiB) });
    if (refusal.code === 'conflict') return t('import.busy');
    return refusal.code === 'not_found' ? t('import.notThere') : reasonOf(refusal, translator);
  }

  async #send({ status, ...asked }: Asked, { request, reply }: Exchange): Promise<void> {
    const page = h(ImportPage, {
      frame: this.#frames.of(request, IMPORT_PATH),
      jobs: this.#importing.list(),
      offered: await this.#importing.offered(),
      elsewhere: await this.#importing.elsewhere(),
      underWay: this.#importing.underWay,
      isFull: this.#importing.isFull,
      folder: this.#importing.folder,
      mostMiB: this.#mostMiB,
      ...asked,
    });
    await sendPage(page, { request, reply, status });
  }

  async #sendJob(
    id: string,
    { errors, refused, isLate }: Pick<JobPageProps, 'errors' | 'refused' | 'isLate'>,
    { request, reply }: Exchange,
  ): Promise<void> {
    const job = this.#importing.job(id);
    const frame = this.#frames.of(request, pathOf(job));
    const offered = await this.#importing.offered();
    const status = Object.keys(errors).length > 0 ? 400 : 200;
    const first = await this.#firstOf(job, request);
    const { embedOrigins: named = [] } = await this.#queries.execute(new GetSite());
    await sendPage(h(JobPage, { frame, job, first, named, offered, errors, refused, isLate }), {
      request,
      reply,
      status,
    });
  }

  /** The first posts that came, as far as they are there still. */
  async #firstOf({ told }: ImportJob, { principal }: FastifyRequest): Promise<readonly FirstPost[]> {
    if (told?.recorded !== true) return [];
    const [viewer, now] = [viewerOf(principal), new Date().toISOString()];
    const posts = (told.first ?? []).map(({ slug }) =>
      unlessGone(this.#queries.execute(new GetPost(slug, viewer, now))),
    );
    return (await Promise.all(posts)).filter((post) => post !== null);
  }
}

function pathOf({ id }: Pick<ImportJob, 'id'>): string {
  return `${IMPORT_PATH}/${id}`;
}
