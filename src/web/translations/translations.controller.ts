import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import type { SourceTexts } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { isTranslationLanguage } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { likelyLanguage } from '../../acts/likely-language.ts';
import { TranslatedAnother } from '../../acts/translated-another.ts';
import { type ReadTranslations, Translating } from '../../acts/translating.ts';
import { WouldWait } from '../../domain/translation/translation.commands.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import type { TranslatedText } from '../../views/translations/translations.query-types.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { checked, formText, text } from '../shell/form-checks.ts';
import { Frames } from '../shell/frames.ts';
import { languageName } from '../shell/i18n/language-names.ts';
import type { Translator } from '../shell/i18n/translate.ts';
import { oneOf } from '../shell/one-of.ts';
import { pathAfter, revisionIn, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { reasonOf } from '../shell/refusal-messages.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendHtml, sendPage } from '../shell/send-page.ts';
import { changedSince } from './seen-source.ts';
import { previewOf, type TypedTranslation } from './translation-form.tsx';
import {
  commentIn,
  PLAIN_TRANSLATIONS,
  standing,
  type TranslationExchange,
  TranslationPages,
} from './translation-pages.ts';
import { GonePage, removedText } from './translations-page.tsx';

/** What others wrote, in other languages: to read, to add, and to take away. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class TranslationPagesController {
  readonly #frames: Frames;
  readonly #translating: Translating;
  readonly #queries: QueryBus;
  readonly #pages: TranslationPages;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Translating) translating: Translating,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(TranslationPages) pages: TranslationPages,
  ) {
    this.#frames = frames;
    this.#translating = translating;
    this.#queries = queries;
    this.#pages = pages;
  }

  @Get('comments/:id/translations')
  ofComment(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#show(commentIn(id), query, { request, reply });
  }

  @Post('comments/:id/translations')
  translateComment(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#write(commentIn(id), form, { request, reply });
  }

  @Get('posts/:slug/translations')
  async ofPost(
    @Param('slug') slug: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#show(await this.#postAt(slug, request), query, { request, reply });
  }

  @Post('posts/:slug/translations')
  async translatePost(
    @Param('slug') slug: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = await this.#postAt(slug, request).catch((error: unknown) => this.#gone(error, form, { request, reply }));
    if (of !== null) await this.#write(of, form, { request, reply });
  }

  async #postAt(slug: string, { principal }: FastifyRequest): Promise<TranslatedText> {
    const { id } = await this.#queries.execute(new GetPost(slug, viewerOf(principal), new Date().toISOString()));
    return { kind: 'post', id };
  }

  async #show(of: TranslatedText, query: unknown, exchange: TranslationExchange): Promise<void> {
    const read = await this.#pages.read(of, exchange.request, textIn(query, 'only'));
    const typed = standing(textIn(query, 'language'), read);
    const done = oneOf(['saved', 'taken'] as const, textIn(query, 'done')) ?? null;
    await this.#pages.send(read, { ...PLAIN_TRANSLATIONS, typed, done, taking: textIn(query, 'open') }, exchange);
  }

  async #write(of: TranslatedText, form: unknown, exchange: TranslationExchange): Promise<void> {
    const { request, reply } = exchange;
    const typed = typedIn(form);
    const { translator } = this.#frames.of(request);
    if (textIn(form, 'do') === 'preview') return this.#preview({ of, form, typed }, exchange);
    const { language, title, body } = typed;
    const likely = isTranslationLanguage(language) ? likelyLanguage({ language, body }, typed.asked) : null;
    if (!isTranslationLanguage(language) || likely !== null) {
      const told = likely === null ? translator.t('translation.choose') : questionOf(language, likely, translator);
      const asked = { ...typed, asked: language };
      const read = await this.#pages.read(of, request);
      return this.#sendAgain(read, { form, typed: asked, faults: { language: told }, status: 400 }, exchange);
    }
    const wish = { language, body, sourceRevision: seenIn(form), ...(of.kind === 'post' && { title }) };
    try {
      const { position } = await this.#translating.write(of, wish, memberOf(request), askingOf(request));
      reply.redirect(pathAfter(`${request.url.split('?')[0]}?done=saved`, position), 303);
    } catch (error) {
      await this.#refuse(error, { of, form, typed }, exchange);
    }
  }

  /** The form with its preview, or for the program of the page that part alone, where a refusal is told in its place. */
  async #preview({ of, form, typed }: Sent & { of: TranslatedText }, exchange: TranslationExchange): Promise<void> {
    const { request } = exchange;
    const { translator } = this.#frames.of(request);
    const isPart = textIn(form, 'part') === 'preview';
    try {
      const previewHtml = await this.#translating.preview(of, typed.body, memberOf(request));
      if (isPart) return sendHtml(previewOf(previewHtml, translator).__html, exchange);
      const read = await this.#pages.read(of, request);
      await this.#sendAgain(read, { form, typed, faults: {}, status: 200, previewHtml }, exchange);
    } catch (error) {
      if (!isPart || !(error instanceof DomainError)) return this.#refuse(error, { of, form, typed }, exchange);
      await sendHtml(render(h('p', { class: 'hint' }, this.#reasonOf(error, { of, typed, translator }))), exchange);
    }
  }

  #reasonOf(error: DomainError, sent: Faulty): string {
    return this.#faultsOf(error, sent)['body'] ?? reasonOf(error, sent.translator);
  }

  /** Throws what is no refusal again. */
  async #refuse(
    error: unknown,
    { of, form, typed }: Sent & { of: TranslatedText },
    exchange: TranslationExchange,
  ): Promise<void> {
    if (!(error instanceof DomainError)) throw error;
    if (GONE.has(error.code)) {
      await this.#gone(error, form, exchange);
      return;
    }
    const { request } = exchange;
    const { translator } = this.#frames.of(request);
    const read = await this.#pages.read(of, request);
    const again = { form, typed, status: error.status };
    if (error instanceof TranslatedAnother) {
      return this.#sendAgain(read, { ...again, faults: {}, source: error.source }, exchange);
    }
    const removed = await this.#translating.removed(read, viewerOf(request.principal));
    const isRemoved =
      error.code === 'forbidden' && removed.find((one) => one.language === typed.language && !one.changed);
    const told = isRemoved ? removedText(isRemoved, translator) : wordsOf(error, translator);
    const faults = told === null ? this.#faultsOf(error, { of, typed, translator }) : { '': told };
    await this.#sendAgain(read, { ...again, faults }, exchange);
  }

  /** The form with what was typed in it, beside its faults what was changed in the text since it was read. */
  async #sendAgain(
    read: ReadTranslations,
    { form, typed, faults, status, source, previewHtml = null }: SentAgain,
    exchange: TranslationExchange,
  ): Promise<void> {
    const { principal } = exchange.request;
    const since = source ?? (await this.#translating.changedSince(read, seenIn(form), viewerOf(principal)));
    const changed = since && (await changedSince(form, since, this.#queries));
    const { t } = this.#frames.of(exchange.request).translator;
    const told = [faults[''], changed && t('translation.conflict')].filter((words) => words);
    const errors = told.length === 0 ? faults : { ...faults, '': told.join(' ') };
    await this.#pages.send(read, { ...PLAIN_TRANSLATIONS, typed, errors, changed, previewHtml, status }, exchange);
  }

  /** A field that is too long, or empty, is told so. */
  #faultsOf(error: DomainError, { of, typed, translator }: Faulty): FieldErrors {
    const { title, body } = this.#translating.limitsOf(of);
    const named = checked(typed, { body: text(body), ...(title && { title: text(title) }) }, translator);
    const faults = Object.entries(fieldErrorsOf(error, translator, WORDS));
    return Object.fromEntries(faults.map(([field, fault]) => [field, named[field] ?? fault]));
  }

  /** Null once the page was sent that gives the words back. Throws any other error again. */
  async #gone(error: unknown, form: unknown, { request, reply }: TranslationExchange): Promise<null> {
    if (!(error instanceof DomainError) || !GONE.has(error.code)) throw error;
    const frame = this.#frames.of(request, '/');
    const back = error.code.endsWith('_not_found') ? null : (request.url.split('/translations')[0] ?? null);
    const page = h(GonePage, { frame, typed: typedIn(form), reason: reasonOf(error, frame.translator), back });
    await sendPage(page, { request, reply, status: error.status });
    return null;
  }
}

/** A form that was sent, and what was read of it. */
interface Sent {
  readonly form: unknown;
  readonly typed: TypedTranslation;
}

interface Faulty extends Pick<Sent, 'typed'> {
  readonly of: TranslatedText;
  readonly translator: Translator;
}

interface SentAgain extends Sent {
  readonly faults: FieldErrors;
  readonly status: number;
  /** Where the refusal told it; asked for where it is absent. */
  readonly source?: SourceTexts;
  readonly previewHtml?: string | null;
}

/** A language that texts are translated into is refused where it is the original's. */
const WORDS = { language: 'translation.sameLanguage' } as const;

/** The codes that say that there is nothing to translate any more. */
const GONE: ReadonlySet<string> = new Set([
  'comment_not_found',
  'post_not_found',
  'comment_removed',
  'erased',
  'post_withdrawn',
]);

/** What the form says of a refusal that the words of its code do not tell. */
function wordsOf(error: DomainError, { t }: Translator): string | null {
  if (error instanceof WouldWait) return t('translation.wouldWait');
  const { code, errors } = error;
  return code === 'forbidden' && errors.some(({ field }) => field === 'body') ? t('translation.removedWords') : null;
}

function questionOf(language: string, likely: string, translator: Translator): string {
  const chosen = languageName(language, translator);
  if (likely === 'latin') return translator.t('translation.sureLatin', { chosen });
  return translator.t('translation.sure', { chosen, told: languageName(likely, translator) });
}

/** The revision of the text that the sender of the form has read. */
function seenIn(form: unknown): number {
  return revisionIn(form, 'sourceRevision') ?? 0;
}

function typedIn(form: unknown): TypedTranslation {
  const [language, begun, asked] = [textIn(form, 'language'), textIn(form, 'begun'), textIn(form, 'asked')];
  return { language, title: formText(form, 'title'), body: formText(form, 'body'), begun, asked };
}
