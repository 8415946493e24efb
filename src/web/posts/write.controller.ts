import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Post as WrittenPost } from '../../../libs/client/index.ts';
import { DomainError, isUuid, requireId } from '../../../libs/kernel/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { Editing } from '../../acts/editing.ts';
import { QuotesToTakeOut } from '../../acts/issue-quotes.ts';
import { PostDrafting } from '../../acts/post-drafting.ts';
import { Previewing } from '../../acts/previewing.ts';
import { unlessGone } from '../../acts/unless-gone.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { checked, isFine } from '../shell/form-checks.ts';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { quoteHead } from '../shell/quote-head.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { statusOf, type Typed } from '../shell/typed.ts';
import {
  appearanceIn,
  contentIn,
  DRAFT_CHECKS,
  draftIn,
  fieldsOfDraft,
  fieldsOfPost,
  newPostIn,
  POST_CHECKS,
  slugIn,
  typedPost,
} from './write-forms.ts';
import { type Exchange, editPath, WritePages, writePath } from './write-pages.ts';

/** A sent form, and the post that it changes; null for a new one. */
interface Sent extends Exchange {
  readonly typed: Typed;
  /** Of the post, or of the one that is to come. */
  readonly id: string;
  readonly post: WrittenPost | null;
}

const isStale = (error: unknown): boolean => error instanceof DomainError && error.code === 'stale_revision';

/** Where editors write posts. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class WritePagesController {
  readonly #frames: Frames;
  readonly #editing: Editing;
  readonly #drafts: PostDrafting;
  readonly #previewing: Previewing;
  readonly #queries: QueryBus;
  readonly #pages: WritePages;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Editing) editing: Editing,
    @Inject(PostDrafting) drafts: PostDrafting,
    @Inject(Previewing) previewing: Previewing,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(WritePages) pages: WritePages,
  ) {
    this.#frames = frames;
    this.#editing = editing;
    this.#drafts = drafts;
    this.#previewing = previewing;
    this.#queries = queries;
    this.#pages = pages;
  }

  @Get('write')
  newForm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#pages.send({ typed: { id: randomUUID() }, post: null }, { request, reply });
  }

  @Get('write/:id')
  async draftForm(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const postId = requireId(id, 'post_not_found');
    const post = await unlessGone(this.#post(postId, request));
    if (post !== null) return void reply.redirect(editPath(post), 303);
    const kept = await this.#drafts.get(postId);
    const isDone = textIn(query, 'done') === 'draft';
    await this.#pages.send({ typed: fieldsOfDraft(kept), post: null, kept, isDone }, { request, reply });
  }

  @Post('write')
  async write(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const typed = typedPost(form);
    const id = isUuid(typed['id'] ?? '') ? (typed['id'] ?? '') : randomUUID();
    await this.#take(form, { typed: { ...typed, id }, id, post: null, request, reply });
  }

  @Post('write/:id/drop')
  async drop(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const postId = requireId(id, 'post_not_found');
    const position = await this.#drafts.drop(postId, textIn(form, 'over'), memberOf(request), askingOf(request));
    reply.redirect(position === 0n ? '/drafts' : pathAfter('/drafts', position), 303);
  }

  @Get('posts/:slug/edit')
  async editForm(
    @Param('slug') slug: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const post = await this.#post(slug, request);
    const kept = await this.#drafts.of(post.id);
    const fields = fieldsOfPost(post, this.#zone(request));
    const typed = kept === null ? fields : { ...fields, ...fieldsOfDraft(kept) };
    const isDone = textIn(query, 'done') === 'draft';
    await this.#pages.send({ typed, post, kept, isDone }, { request, reply });
  }

  @Post('posts/:slug/edit')
  async edit(
    @Param('slug') slug: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const post = await this.#post(slug, request);
    await this.#take(form, { typed: { ...typedPost(form), id: post.id }, id: post.id, post, request, reply });
  }

  #take(form: unknown, sent: Sent): Promise<void> {
    switch (textIn(form, 'do')) {
      case 'preview':
      case 'enter':
        return this.#preview(sent);
      case 'draft':
        return this.#keep(sent);
      case 'both':
        return this.#both(sent);
      case 'theirs':
        return this.#takeTheirs(sent);
      default:
        return this.#publish(sent);
    }
  }

  async #preview(sent: Sent): Promise<void> {
    try {
      const { bodyHtml } = await this.#previewing.previewPost(sent.typed['body'] ?? '', memberOf(sent.request));
      await this.#pages.send({ ...sent, previewHtml: bodyHtml }, sent);
    } catch (error) {
      await this.#refused(error, sent);
    }
  }

  /** Keeps the text for all editors; two texts that nobody has seen together are shown together. */
  async #keep(sent: Sent): Promise<void> {
    const { typed, id, post, request, reply } = sent;
    const errors = checked(typed, DRAFT_CHECKS, this.#frames.of(request).translator);
    if (!isFine(errors)) return this.#pages.send({ ...sent, errors, status: 400 }, sent);
    try {
      const wish = { ...draftIn(typed), over: typed['over'] ?? null };
      const { position } = await this.#drafts.keep(id, wish, memberOf(request), askingOf(request));
      reply.redirect(pathAfter(`${post === null ? writePath(id) : editPath(post)}?done=draft`, position), 303);
    } catch (error) {
      await this.#refused(error, sent);
    }
  }

  async #publish(sent: Sent): Promise<void> {
    const { typed, id, post, request, reply } = sent;
    const { translator } = this.#frames.of(request);
    const isTimed = post === null || post.status === 'scheduled';
    const appearance = isTimed ? appearanceIn(typed, this.#zone(request), Date.now()) : { at: null };
    const errors = {
      ...checked(typed, POST_CHECKS, translator),
      ...('wrong' in appearance && { publishAt: translator.t(appearance.wrong) }),
    };
    if (!isFine(errors) || 'wrong' in appearance) return this.#pages.send({ ...sent, errors, status: 400 }, sent);
    try {
      await this.#keepBefore(sent);
      const { thing, position } = await (post === null
        ? this.#publishNew({ ...sent, at: appearance.at })
        : this.#editing.edit(post.id, changeIn(sent, post, appearance.at), memberOf(request), askingOf(request)));
      // One for later says at its head when it comes.
      const told = post === null && appearance.at === null ? '?done=published' : '';
      reply.redirect(pathAfter(`${postHref(thing)}${told}`, position), 303);
    } catch (error) {
      // Somebody published it meanwhile: what is typed here stays, as changes of the post.
      const isThere = error instanceof DomainError && error.code === 'id_taken';
      const there = isThere ? await unlessGone(this.#post(id, request)) : null;
      await (there === null ? this.#refused(error, sent) : this.#keep({ ...sent, post: there }));
    }
  }

  #publishNew({ typed, id, at, request }: Sent & { readonly at: string | null }) {
    const wish = { ...newPostIn(typed), id, ...(at !== null && { publishAt: at }) };
    return this.#editing.publish(wish, memberOf(request), askingOf(request));
  }

  /** What somebody kept beside this text is not passed over. */
  async #keepBefore({ typed, id, request }: Sent): Promise<void> {
    if ((await this.#drafts.of(id)) === null) return;
    const asking = { ...askingOf(request), commandId: randomUUID() };
    await this.#drafts.keep(id, { ...draftIn(typed), over: typed['over'] ?? null }, memberOf(request), asking);
  }

  /** One text with every line of both goes on in the form. */
  async #both(sent: Sent): Promise<void> {
    const { typed, id, post, request } = sent;
    const theirs = typed['beside'] === 'post' ? post : await this.#drafts.of(id);
    if (theirs === null) return this.#pages.send(sent, sent);
    const seen = 'position' in theirs ? { over: theirs.position } : { revision: String(theirs.revision) };
    try {
      const body = await this.#drafts.join({ theirs: theirs.body, own: typed['body'] ?? '' }, memberOf(request));
      await this.#pages.send({ ...sent, typed: { ...typed, ...seen, body } }, sent);
    } catch (error) {
      await this.#refused(error, sent);
    }
  }

  /** The own text is given up where it stands in the place of theirs. */
  async #takeTheirs({ typed, id, post, request, reply }: Sent): Promise<void> {
    const path = post === null ? writePath(id) : editPath(post);
    if (typed['beside'] !== 'post') return void reply.redirect(path, 303);
    const position = await this.#drafts.drop(id, typed['over'] ?? '', memberOf(request), askingOf(request));
    reply.redirect(position === 0n ? path : pathAfter(path, position), 303);
  }

  async #refused(error: unknown, sent: Sent): Promise<void> {
    const { translator } = this.#frames.of(sent.request);
    if (!isStale(error)) {
      const isTaken = error instanceof DomainError && error.code === 'slug_taken';
      const errors = isTaken
        ? { slug: translator.t('write.slugTaken') }
        : error instanceof QuotesToTakeOut
          ? { body: translator.t('write.quotes', { quotes: error.quotes.map(quoteHead).join(' · ') }) }
          : fieldErrorsOf(error, translator);
      const refusal = { errors, status: statusOf(error) };
      return this.#pages.send({ ...sent, ...refusal }, sent);
    }
    const draft = await this.#drafts.of(sent.id);
    const isOfDraft = draft !== null && draft.position !== sent.typed['over'];
    const post = sent.post && (await this.#post(sent.post.id, sent.request));
    await this.#pages.sendConflict({ ...sent, post }, isOfDraft ? draft : post, sent);
  }

  #zone(request: FastifyRequest): string {
    return this.#frames.of(request).site.timeZone;
  }

  #post(idOrSlug: string, request: FastifyRequest): Promise<WrittenPost> {
    return this.#queries.execute(new GetPost(idOrSlug, viewerOf(request.principal), new Date().toISOString()));
  }
}

/** What an edit changes; a scheduled post may be moved, or appear at once. */
function changeIn({ typed }: Sent, { slug, status }: WrittenPost, at: string | null) {
  const seen = typed['revision'] ?? '';
  return {
    ...contentIn(typed),
    ...slugIn(typed, slug),
    ...(status === 'scheduled' && { publishAt: at ?? new Date().toISOString() }),
    ...(/^\d{1,9}$/.test(seen) && { revision: Number(seen) }),
  };
}
