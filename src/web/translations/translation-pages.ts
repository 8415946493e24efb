import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { requireId } from '../../../libs/kernel/index.ts';
import { isTranslationLanguage } from '../../../libs/words/index.ts';
import { viewerOf } from '../../access/principal.ts';
import { Looks } from '../../acts/looks/looks.ts';
import { type ReadTranslations, type TranslatableText, Translating } from '../../acts/translating.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import type { TranslatedText } from '../../views/translations/translations.query-types.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import type { Frame } from '../shell/frame.ts';
import { Frames } from '../shell/frames.ts';
import { sendPage } from '../shell/send-page.ts';
import { translatedPlaces } from './translated-places.ts';
import type { TypedTranslation } from './translation-form.tsx';
import { freeLanguage } from './translation-language.ts';
import { TranslationsPage, type TranslationsProps } from './translations-page.tsx';

export interface TranslationExchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export type ShownTranslations = Pick<
  TranslationsProps,
  'errors' | 'changed' | 'previewHtml' | 'done' | 'refusal' | 'taking' | 'removal'
> & {
  readonly typed: TypedTranslation;
  readonly status: number;
};

/** A page about which nothing else is told. */
export const PLAIN_TRANSLATIONS = {
  errors: {} as FieldErrors,
  changed: null,
  previewHtml: null,
  done: null,
  refusal: null,
  taking: '',
  removal: null,
  status: 200,
};

/** Makes the page of a text's translations. */
@Injectable()
export class TranslationPages {
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

  /** With the translation into `only` that language; with those that fit a page where it is none. */
  async read(of: TranslatedText, { principal }: FastifyRequest, only = ''): Promise<ReadTranslations> {
    const read = await this.#translating.list(of, viewerOf(principal), isTranslationLanguage(only) ? only : null);
    if (read.text.kind === 'comment') await this.#looks.atComments(principal, 'comment', [read.text.comment]);
    return read;
  }

  async #postTitle(text: TranslatableText, { principal }: FastifyRequest): Promise<string> {
    if (text.kind === 'post') return text.post.title;
    const now = new Date().toISOString();
    return (await this.#queries.execute(new GetPost(text.comment.postId, viewerOf(principal), now))).title;
  }

  async send(
    read: ReadTranslations,
    { status, typed, ...shown }: ShownTranslations,
    { request, reply }: TranslationExchange,
  ): Promise<void> {
    const { text } = read;
    const frame = this.#frames.of(request, translatedPlaces(read).form);
    const isReadable = text.kind === 'post' ? text.post.status === 'published' : text.comment.status === 'visible';
    const may = isReadable && this.#translating.mayTranslate(request.principal);
    const removed = await this.#translating.removed(read, viewerOf(request.principal));
    const closed = removed.filter(({ changed }) => !changed).map(({ language }): string => language);
    const asked = may
      ? withLanguage(typed, { frame, read, closed: [Translating.languageOf(text) ?? '', ...closed] })
      : null;
    const postTitle = await this.#postTitle(text, request);
    const page = h(TranslationsPage, { frame, read, postTitle, removed, typed: asked, ...shown });
    await sendPage(page, { request, reply, status });
  }
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
export function standing(language: string, { items }: ReadTranslations): TypedTranslation {
  const found = items.find((item) => item.language === language);
  const begun = language === '' ? null : language;
  return { language, title: found?.title ?? '', body: found?.body ?? '', begun, asked: '' };
}

export function commentIn(id: string): TranslatedText {
  return { kind: 'comment', id: requireId(id, 'comment_not_found') };
}
