import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { SourceTexts } from '../../../libs/client/index.ts';
import { DomainError, requireId } from '../../../libs/kernel/index.ts';
import { isTranslationLanguage, REVISION_PATTERN } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { likelyLanguage } from '../../acts/likely-language.ts';
import { Looks } from '../../acts/looks/looks.ts';
import { TranslatedAnother } from '../../acts/translated-another.ts';
import { type ReadTranslations, type TranslatableText, Translating } from '../../acts/translating.ts';
import { WouldWait } from '../../domain/translation/translation.commands.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import { FindTranslation, type TranslatedText } from '../../views/translations/translations.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { checked, formText, text } from '../shell/form-checks.ts';
import type { Frame } from '../shell/frame.ts';
import { Frames } from '../shell/frames.ts';
import { languageName } from '../shell/i18n/language-names.ts';
import type { Translator } from '../shell/i18n/translate.ts';
import { oneOf } from '../shell/one-of.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { reasonOf } from '../shell/refusal-messages.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendPage } from '../shell/send-page.ts';
import { refusedRemoval, removalIn } from '../shell/typed-removal.ts';
import { changedSince } from './seen-source.ts';
import { translatedPlaces } from './translated-places.ts';
import type { TypedTranslation } from './translation-form.tsx';
import { freeLanguage } from './translation-language.ts';
import { GonePage, removedText, TranslationsPage, type TranslationsProps } from './translations-page.tsx';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What others wrote, in other languages: to read, to add, and to take away. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class TranslationPagesController {
  readonly #frames: Frames;
  readonly #translating: Translating;
  readonly #queries: QueryBus;
  readonly #looks: Looks;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Translating) translating: Translating,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
  ) {
    this.#frames = frames;
    this.#translating = translating;
    this.#queries = queries;
    this.#looks = looks;
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

  /** Its translator takes it back, and a moderator says why; the text that was seen, which without a revision is none. */
  @Post('translations/:id/remove')
  async remove(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const translationId = requireId(id, 'not_found');
    const by = memberOf(request);
    const wish = { ...removalIn(form), revision: revisionIn(form, 'revision') ?? -1 };
    const removed = await this.#translating
      .remove(translationId, wish, by, askingOf(request))
      .catch((error: unknown) => this.#notRemoved(error, { form, translationId }, { request, reply }));
    if (removed === null) return;
    const { of, position } = removed;
    const path = of === null ? '/' : await this.#pathOf(of, request);
    reply.redirect(pathAfter(path, position), 303);
  }

  /** Null once the page was sent that shows the text as it is now, with what was typed. Throws any other error again. */
  async #notRemoved(
    error: unknown,
    { form, translationId }: { readonly form: unknown; readonly translationId: string },
    exchange: Exchange,
  ): Promise<null> {
    const isRefused = error instanceof DomainError && NOT_REMOVED.has(error.code);
    const of = isRefused ? await this.#queries.execute(new FindTranslation(translationId)) : null;
    if (!isRefused || of === null) throw error;
    const { commentId, postId, language } = of;
    const text = commentId === null ? ({ kind: 'post', id: postId } as const) : commentIn(commentId);
    const read = await this.#read(text, exchange.request);
    const { translator } = this.#frames.of(exchange.request);
    const refusal = error.code === 'invalid' ? reasonOf(error, translator) : translator.t('reported.stale');
    const removal = refusedRemoval(form, error, translator);
    const shown = { ...PLAIN, typed: standing('', read), refusal, status: error.status, taking: language, removal };
    await this.#send(read, shown, exchange);
    return null;
  }

  async #pathOf(
    { postId, commentId }: { readonly postId: string; readonly commentId: string | null },
    request: FastifyRequest,
  ): Promise<string> {
    if (commentId !== null) return `/comments/${commentId}/translations?done=taken`;
    const now = new Date().toISOString();
    const post = await this.#queries.execute(new GetPost(postId, viewerOf(request.principal), now));
    return `${postHref(post)}/translations?done=taken`;
  }

  async #postAt(slug: string, { principal }: FastifyRequest): Promise<TranslatedText> {
    const { id } = await this.#queries.execute(new GetPost(slug, viewerOf(principal), new Date().toISOString()));
    return { kind: 'post', id };
  }

  async #show(of: TranslatedText, query: unknown, exchange: Exchange): Promise<void> {
    const read = await this.#read(of, exchange.request, textIn(query, 'only'));
    const typed = standing(textIn(query, 'language'), read);
    const done = oneOf(['saved', 'taken'] as const, textIn(query, 'done')) ?? null;
    await this.#send(read, { ...PLAIN, typed, done, status: 200, taking: textIn(query, 'open') }, exchange);
  }

  async #write(of: TranslatedText, form: unknown, exchange: Exchange): Promise<void> {
    const { request, reply } = exchange;
    const typed = typedIn(form);
    const { translator } = this.#frames.of(request);
    const { language, title, body } = typed;
    const likely = isTranslationLanguage(language) ? likelyLanguage({ language, body }, typed.asked) : null;
    if (!isTranslationLanguage(language) || likely !== null) {
      const told = likely === null ? translator.t('translation.choose') : questionOf(language, likely, translator);
      const asked = { ...typed, asked: language };
      const read = await this.#read(of, request);
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

  /** Throws what is no refusal again. */
  async #refuse(error: unknown, { of, form, typed }: Sent & { of: TranslatedText }, exchange: Exchange): Promise<void> {
    if (!(error instanceof DomainError)) throw error;
    if (GONE.has(error.code)) {
      await this.#gone(error, form, exchange);
      return;
    }
    const { request } = exchange;
    const { translator } = this.#frames.of(request);
    const read = await this.#read(of, request);
    const again = { form, typed, status: error.status };
    if (error instanceof TranslatedAnother) {
      return this.#sendAgain(read, { ...again, faults: {}, source: error.source }, exchange);
    }
    const removed = await this.#translating.removed(read, viewerOf(request.principal));
    const isRemoved = error.code === 'forbidden' && removed.find(({ language }) => language === typed.language);
    const told = isRemoved ? removedText(isRemoved, translator) : wordsOf(error, translator);
    const faults = told === null ? this.#faultsOf(error, { of, typed, translator }) : { '': told };
    await this.#sendAgain(read, { ...again, faults }, exchange);
  }

  /** The form with what was typed in it, beside its faults what was changed in the text since it was read. */
  async #sendAgain(
    read: ReadTranslations,
    { form, typed, faults, status, source }: SentAgain,
    exchange: Exchange,
  ): Promise<void> {
    const { principal } = exchange.request;
    const since = source ?? (await this.#translating.changedSince(read, seenIn(form), viewerOf(principal)));
    const changed = since && (await changedSince(form, since, this.#queries));
    const { t } = this.#frames.of(exchange.request).translator;
    const told = [faults[''], changed && t('translation.conflict')].filter((words) => words);
    const errors = told.length === 0 ? faults : { ...faults, '': told.join(' ') };
    await this.#send(read, { ...PLAIN, typed, errors, changed, status }, exchange);
  }

  /** A field that is too long, or empty, is told so. */
  #faultsOf(
    error: DomainError,
    {
      of,
      typed,
      translator,
    }: { readonly of: TranslatedText; readonly typed: TypedTranslation; translator: Translator },
  ): FieldErrors {
    const { title, body } = this.#translating.limitsOf(of);
    const named = checked(typed, { body: text(body), ...(title && { title: text(title) }) }, translator);
    const faults = Object.entries(fieldErrorsOf(error, translator, WORDS));
    return Object.fromEntries(faults.map(([field, fault]) => [field, named[field] ?? fault]));
  }

  /** Null once the page was sent that gives the words back. Throws any other error again. */
  async #gone(error: unknown, form: unknown, { request, reply }: Exchange): Promise<null> {
    if (!(error instanceof DomainError) || !GONE.has(error.code)) throw error;
    const frame = this.#frames.of(request, '/');
    const back = error.code.endsWith('_not_found') ? null : (request.url.split('/translations')[0] ?? null);
    const page = h(GonePage, { frame, typed: typedIn(form), reason: reasonOf(error, frame.translator), back });
    await sendPage(page, { request, reply, status: error.status });
    return null;
  }

  async #read(of: TranslatedText, { principal }: FastifyRequest, only = ''): Promise<ReadTranslations> {
    const read = await this.#translating.list(of, viewerOf(principal), isTranslationLanguage(only) ? only : null);
    if (read.text.kind === 'comment') await this.#looks.atComments(principal, 'comment', [read.text.comment]);
    return read;
  }

  async #postTitle(text: TranslatableText, { principal }: FastifyRequest): Promise<string> {
    if (text.kind === 'post') return text.post.title;
    const now = new Date().toISOString();
    return (await this.#queries.execute(new GetPost(text.comment.postId, viewerOf(principal), now))).title;
  }

  async #send(read: ReadTranslations, { status, typed, ...shown }: Shown, { request, reply }: Exchange): Promise<void> {
    const { text } = read;
    const frame = this.#frames.of(request, translatedPlaces(read).form);
    const isReadable = text.kind === 'post' ? text.post.status === 'published' : text.comment.status === 'visible';
    const may = isReadable && this.#translating.mayTranslate(request.principal);
    const removed = await this.#translating.removed(read, viewerOf(request.principal));
    const closed = removed.map(({ language }): string => language);
    const asked = may
      ? withLanguage(typed, { frame, read, closed: [Translating.languageOf(text) ?? '', ...closed] })
      : null;
    const postTitle = await this.#postTitle(text, request);
    const page = h(TranslationsPage, { frame, read, postTitle, removed, typed: asked, ...shown });
    await sendPage(page, { request, reply, status });
  }
}

/** A form that was sent, and what was read of it. */
interface Sent {
  readonly form: unknown;
  readonly typed: TypedTranslation;
}

interface SentAgain extends Sent {
  readonly faults: FieldErrors;
  readonly status: number;
  /** Where the refusal told it; asked for where it is absent. */
  readonly source?: SourceTexts;
}

type Shown = Pick<TranslationsProps, 'errors' | 'changed' | 'done' | 'refusal' | 'taking' | 'removal'> & {
  readonly typed: TypedTranslation;
  readonly status: number;
};

/** A language that texts are translated into is refused where it is the original's. */
const WORDS = { language: 'translation.sameLanguage' } as const;

/** A page about which nothing else is told. */
const PLAIN = { errors: {} as FieldErrors, changed: null, done: null, refusal: null, taking: '', removal: null };

/** The codes that say that a removal has to be sent again. */
const NOT_REMOVED: ReadonlySet<string> = new Set(['stale_revision', 'invalid']);

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

interface Choosing {
  readonly frame: Frame;
  readonly read: ReadTranslations;
  /** Languages that cannot be chosen, such as the original's. */
  readonly closed: readonly string[];
}

/** The first of the reader's own languages that is free, unless a form was sent or one was named. */
function withLanguage(typed: TypedTranslation, { frame, read, closed }: Choosing): TypedTranslation {
  if (typed.begun !== null) return typed;
  const { translator, reads } = frame;
  const standing: readonly string[] = [...read.items.map(({ language }) => language), ...read.unopened];
  return { ...typed, language: freeLanguage({ locale: translator.locale, reads }, [...closed, ...standing]) };
}

/** What stands in a language, to be changed. */
function standing(language: string, { items }: ReadTranslations): TypedTranslation {
  const found = items.find((item) => item.language === language);
  const begun = language === '' ? null : language;
  return { language, title: found?.title ?? '', body: found?.body ?? '', begun, asked: '' };
}

/** The revision of the text that the sender of the form has read. */
function seenIn(form: unknown): number {
  return revisionIn(form, 'sourceRevision') ?? 0;
}

/** Null where the form says none. */
function revisionIn(form: unknown, field: string): number | null {
  const revision = textIn(form, field);
  return REVISION_PATTERN.test(revision) ? Number(revision) : null;
}

function typedIn(form: unknown): TypedTranslation {
  const [language, begun, asked] = [textIn(form, 'language'), textIn(form, 'begun'), textIn(form, 'asked')];
  return { language, title: formText(form, 'title'), body: formText(form, 'body'), begun, asked };
}

function commentIn(id: string): TranslatedText {
  return { kind: 'comment', id: requireId(id, 'comment_not_found') };
}
