import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DraftSpot, NewComment } from '../../../libs/client/index.ts';
import { DomainError, isUuid } from '../../../libs/kernel/index.ts';
import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { FormStamps } from '../../access/form-stamps.ts';
import { memberOf } from '../../access/request.ts';
import { Commenting } from '../../acts/commenting.ts';
import { Drafting } from '../../acts/drafting.ts';
import { GuestCommenting } from '../../acts/guest-commenting.ts';
import { checked, email, formText, text } from '../shell/form-checks.ts';
import { frameIn } from '../shell/frame-address.ts';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { reasonOf } from '../shell/refusal-messages.ts';
import { sentFormIn, stampFor } from '../shell/sent-form.ts';
import { type Refused, threadHref } from './parts/context.ts';
import { PlainPreviews } from './plain-previews.ts';
import { ThreadScreens } from './thread-pages.ts';
import { sortIn, type ThreadWish } from './thread-wish.ts';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface GivenText {
  readonly form: unknown;
  readonly parentId: string | null;
  readonly body: string;
  readonly guest?: Refused['guest'];
  /** In the reader's language; made of the error unless given. */
  readonly reason?: string | undefined;
  /** The text instead of the typed one, and its preview. */
  readonly shown?: Pick<Refused, 'text' | 'previewHtml'>;
}

/** The page on which the form stands. */
interface Place {
  readonly slug: string;
  readonly frame?: string;
}

/** The form's fields by those of the API. */
const FIELDS_OF_GUESTS: Readonly<Record<string, 'name' | 'email'>> = { 'guest.name': 'name', 'guest.email': 'email' };

const GUEST_FIELDS = { body: text(TEXT_LIMITS.comment), name: text(TEXT_LIMITS.displayName), email };

/** The form that adds to a discussion, on the page of its post and in a frame alike. */
@Injectable()
export class CommentForms {
  readonly #frames: Frames;
  readonly #commenting: Commenting;
  readonly #guests: GuestCommenting;
  readonly #stamps: FormStamps;
  readonly #previews: PlainPreviews;
  readonly #drafts: Drafting;
  readonly #threads: ThreadScreens;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Commenting) commenting: Commenting,
    @Inject(GuestCommenting) guests: GuestCommenting,
    @Inject(FormStamps) stamps: FormStamps,
    @Inject(PlainPreviews) previews: PlainPreviews,
    @Inject(Drafting) drafts: Drafting,
    @Inject(ThreadScreens) threads: ThreadScreens,
  ) {
    this.#frames = frames;
    this.#commenting = commenting;
    this.#guests = guests;
    this.#stamps = stamps;
    this.#previews = previews;
    this.#drafts = drafts;
    this.#threads = threads;
  }

  /**
   * Posts the comment and leads to its place in the thread. After a refusal it gives the page to send again, with the
   * text kept and the reason at its field, or with the preview that was asked for; null when the answer was sent.
   */
  async post(
    post: { readonly id: string; readonly slug: string },
    form: unknown,
    { request, reply }: Exchange,
  ): Promise<ThreadWish | null> {
    const [id, parent, body] = [textIn(form, 'id'), textIn(form, 'parentId'), formText(form, 'body')];
    const parentId = isUuid(parent) ? parent : null;
    const wish = { ...(isUuid(id) ? { id } : {}), parentId, body };
    const frame = frameIn(form);
    const place = { slug: post.slug, ...(frame !== undefined && { frame }) };
    const again = await this.#previewed(place, { form, parentId, body }, { request, reply });
    if (again !== null) return again;
    if (request.principal === null) return this.#asGuest({ ...place, id: post.id }, { form, wish }, { request, reply });
    try {
      const written = await this.#commenting.post(post.id, wish, memberOf(request), askingOf(request));
      const { comment, position } = written;
      await this.#dropDraft({ postId: post.id, parentId }, form, request);
      const sort = sortIn(form);
      const cursor = await this.#cursorOf(comment.id, place, { form, request });
      const path = threadHref({ post: place, sort, cursor }, { hash: `comment-${comment.id}` });
      reply.redirect(pathAfter(path, position), 303);
      return null;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
      return this.#again(place, { form, parentId: stillThere(parentId, error), body }, { error, request });
    }
  }

  /** The comment is recorded, so no failure of this is told: the draft stays, to be thrown away by its writer. */
  async #dropDraft(spot: DraftSpot, form: unknown, request: FastifyRequest): Promise<void> {
    const sent = { body: formText(form, 'body').trim(), position: textIn(form, 'draft') };
    await this.#drafts.dropSent(spot, sent, memberOf(request), askingOf(request)).catch(() => undefined);
  }

  async #previewed(place: Place, given: GivenText, { request, reply }: Exchange): Promise<ThreadWish | null> {
    const { form } = given;
    const typed = { name: textIn(form, 'name'), email: textIn(form, 'email') };
    const guest = { ...typed, field: 'body' as const, stamp: stampFor(form, this.#stamps) };
    const again = { ...given, ...(request.principal === null && { guest }) };
    try {
      const shown = await this.#previews.of(form, given, request);
      return shown && (await this.#again(place, { ...again, shown }, { error: null, request }));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
      return this.#again(place, again, { error, request });
    }
  }

  /** What a guest typed is checked here, so that the message is at its field; it stays in the form. */
  async #asGuest(
    place: Place & { readonly id: string },
    { form, wish }: { readonly form: unknown; readonly wish: NewComment & { readonly parentId: string | null } },
    { request, reply }: Exchange,
  ): Promise<ThreadWish | null> {
    const [name, address] = [textIn(form, 'name'), textIn(form, 'email')];
    const { translator } = this.#frames.of(request, place.frame);
    const { parentId, body } = wish;
    const errors = checked(form, GUEST_FIELDS, translator);
    const field = (['body', 'name', 'email'] as const).find((one) => errors[one] !== undefined);
    const again = { form, parentId, body };
    const stamp = { stamp: stampFor(form, this.#stamps) };
    if (field !== undefined) {
      const error = new DomainError('invalid', `${field} is wrong.`);
      return this.#again(
        place,
        { ...again, guest: { name, email: address, field, ...stamp }, reason: errors[field] },
        { error, request },
      );
    }
    try {
      const guest = { name, email: address, locale: translator.locale };
      const { position } = await this.#guests.send(place.id, { ...wish, guest }, askingOf(request), sentFormIn(form));
      const path = threadHref({ post: place, sort: 'oldest', cursor: null }, { isSent: true, hash: 'comment-form' });
      reply.redirect(pathAfter(path, position), 303);
      return null;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
      const wrong = error.errors[0]?.field;
      const reason = wrong === 'guest.name' ? translator.t('form.guest.nameTaken') : undefined;
      const guest = { name, email: address, field: FIELDS_OF_GUESTS[wrong ?? ''] ?? ('body' as const), ...stamp };
      const there = { ...again, parentId: stillThere(parentId, error) };
      return this.#again(place, { ...there, guest, reason }, { error, request });
    }
  }

  /** The page of the thread where the comment stands now; the first one when it is not found. */
  async #cursorOf(
    commentId: string,
    { slug, ...place }: Place,
    { form, request }: { readonly form: unknown; readonly request: FastifyRequest },
  ): Promise<string | null> {
    try {
      const post = await this.#threads.post(slug, request);
      return await this.#threads.cursorOf(commentId, { ...place, post, sort: sortIn(form) }, request);
    } catch {
      return null;
    }
  }

  async #again(
    place: Place,
    { form, parentId, body, guest, reason: given, shown = { text: body } }: GivenText,
    { error, request }: { readonly error: DomainError | null; readonly request: FastifyRequest },
  ): Promise<ThreadWish> {
    const { translator } = this.#frames.of(request, place.frame);
    const isEmpty = body.trim() === '';
    const plain = error && (isEmpty ? translator.t('field.required') : reasonOf(error, translator));
    const reason = given ?? plain;
    const draft = textIn(form, 'draft');
    const sort = sortIn(form);
    const cursor = parentId === null ? null : await this.#cursorOf(parentId, place, { form, request });
    return {
      sort,
      cursor,
      openForm: parentId === null ? null : { kind: 'answer', commentId: parentId },
      refused: { parentId, ...shown, reason, ...(guest && { guest }), ...(draft !== '' && { draft }) },
      past: { shown: null, since: null },
      changes: null,
      status: error?.status ?? 200,
      here: threadHref({ post: place, sort, cursor }),
      ...(place.frame !== undefined && { frame: place.frame }),
    };
  }
}

/** An answer to a comment that is not there stands in the form for a comment. */
function stillThere(parentId: string | null, { code }: DomainError): string | null {
  return code === 'parent_not_found' || code === 'parent_in_other_post' ? null : parentId;
}
