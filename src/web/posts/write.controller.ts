import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Param, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Post as WrittenPost } from '../../../libs/client/index.ts';
import { isUuid } from '../../../libs/kernel/index.ts';
import { renderPostAside } from '../../../libs/markdown/index.ts';
import { clockTime, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { Editing } from '../../acts/editing.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { type Check, checked, formText, isFine, text } from '../shell/form-checks.ts';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendPage } from '../shell/send-page.ts';
import { statusOf, type Typed } from '../shell/typed.ts';
import { WritePage } from './write-page.tsx';

const FIELDS = ['id', 'title', 'body', 'excerpt', 'tags', 'locale', 'kind', 'when', 'publishAt'];

const tags: Check = (value, { t }) => {
  const list = tagsIn(value);
  return list.length > 20 || list.some((tag) => [...tag].length > 50) ? t('field.tags') : null;
};
const POST = {
  title: text(TEXT_LIMITS.title),
  body: text(TEXT_LIMITS.postBody),
  excerpt: text(TEXT_LIMITS.excerpt),
  tags,
};

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}
interface Shown {
  readonly typed: Typed;
  readonly errors: FieldErrors;
  /** The slug of the edited post; null for a new one. */
  readonly slug: string | null;
  readonly preview?: boolean;
  readonly status?: number;
}

/** Where editors write posts. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class WritePagesController {
  readonly #frames: Frames;
  readonly #editing: Editing;
  readonly #queries: QueryBus;

  constructor(@Inject(Frames) frames: Frames, @Inject(Editing) editing: Editing, @Inject(QueryBus) queries: QueryBus) {
    this.#frames = frames;
    this.#editing = editing;
    this.#queries = queries;
  }

  @Get('write')
  newForm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send({ typed: { id: randomUUID() }, errors: {}, slug: null }, { request, reply });
  }

  @Post('write')
  async publish(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { translator, site } = this.#frames.of(request);
    const typed = typedIn(form);
    const publishAt = momentIn(typed, site.timeZone);
    const wrongTime = wrongTimeIn(typed, publishAt, new Date());
    const errors = {
      ...checked(form, POST, translator),
      ...(wrongTime !== null && { publishAt: translator.t(wrongTime) }),
    };
    const shown = { typed, errors, slug: null };
    if (textIn(form, 'do') === 'preview')
      return this.#send({ ...shown, errors: {}, preview: true }, { request, reply });
    if (!isFine(errors)) return this.#send({ ...shown, status: 400 }, { request, reply });
    const id = textIn(form, 'id');
    const wish = {
      ...contentIn(typed),
      ...(isUuid(id) ? { id } : {}),
      kind: typed['kind'] === 'newsletter' ? ('newsletter' as const) : ('article' as const),
      ...(publishAt ? { publishAt } : {}),
    };
    try {
      const { thing, position } = await this.#editing.publish(wish, memberOf(request), askingOf(request));
      // One for later says at its head when it comes.
      const told = publishAt === null ? '?done=published' : '';
      reply.redirect(pathAfter(`${postHref(thing)}${told}`, position), 303);
    } catch (error) {
      const refused = { ...shown, errors: fieldErrorsOf(error, translator), status: statusOf(error) };
      await this.#send(refused, { request, reply });
    }
  }

  @Get('posts/:slug/edit')
  async editForm(
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const post = await this.#post(slug, request);
    await this.#send({ typed: typedOf(post), errors: {}, slug: post.slug }, { request, reply });
  }

  @Post('posts/:slug/edit')
  async edit(
    @Param('slug') slug: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const post = await this.#post(slug, request);
    const { translator } = this.#frames.of(request);
    const typed = typedIn(form);
    const errors = checked(form, POST, translator);
    const shown = { typed, errors, slug: post.slug };
    if (textIn(form, 'do') === 'preview')
      return this.#send({ ...shown, errors: {}, preview: true }, { request, reply });
    if (!isFine(errors)) return this.#send({ ...shown, status: 400 }, { request, reply });
    try {
      const { thing, position } = await this.#editing.edit(
        post.id,
        contentIn(typed),
        memberOf(request),
        askingOf(request),
      );
      reply.redirect(pathAfter(postHref(thing), position), 303);
    } catch (error) {
      const refused = { ...shown, errors: fieldErrorsOf(error, translator), status: statusOf(error) };
      await this.#send(refused, { request, reply });
    }
  }

  #post(slug: string, request: FastifyRequest): Promise<WrittenPost> {
    return this.#queries.execute(new GetPost(slug, viewerOf(request.principal), new Date().toISOString()));
  }

  async #send(
    { typed, errors, slug, preview = false, status = 200 }: Shown,
    { request, reply }: Exchange,
  ): Promise<void> {
    const frame = this.#frames.of(request, slug === null ? '/write' : `/posts/${encodeURIComponent(slug)}/edit`);
    const previewHtml = preview ? await renderPostAside(typed['body'] ?? '') : null;
    const isTyped = request.method === 'POST';
    const page = h(WritePage, { frame, typed, errors, slug, previewHtml, isTyped });
    await sendPage(page, { request, reply, status });
  }
}

function tagsIn(list: string): readonly string[] {
  const tags = list.split(/[,،、，]/u).map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

function typedIn(form: unknown): Typed {
  return Object.fromEntries(FIELDS.map((name) => [name, formText(form, name)]));
}

function typedOf(post: WrittenPost): Typed {
  const { title, body, excerpt, tags: list, locale } = post;
  return { title, body, excerpt: excerpt ?? '', tags: list.join(', '), locale };
}

function contentIn(typed: Typed) {
  const excerpt = (typed['excerpt'] ?? '').trim();
  return {
    title: (typed['title'] ?? '').trim(),
    body: typed['body'] ?? '',
    excerpt: excerpt === '' ? null : excerpt,
    tags: tagsIn(typed['tags'] ?? ''),
    locale: typed['locale'] || 'en',
  };
}

/** The message for a post that cannot appear at the chosen time; null when it can. */
function wrongTimeIn(typed: Typed, publishAt: string | null | undefined, now: Date) {
  if (publishAt === undefined) return 'field.time';
  if (publishAt === null) return (typed['publishAt'] ?? '').trim() === '' ? null : 'field.nowOrLater';
  return Date.parse(publishAt) <= now.getTime() ? 'field.past' : null;
}

/** RFC 3339 from the value of a `datetime-local` field, read in the zone; null for now, undefined for a malformed one. */
function momentIn(typed: Typed, zone: string): string | null | undefined {
  if (typed['when'] !== 'later') return null;
  const value = (typed['publishAt'] ?? '').trim().replace(' ', 'T');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(value)) return undefined;
  const moment = clockTime(zone, value);
  return Number.isNaN(moment) ? undefined : new Date(moment).toISOString();
}
