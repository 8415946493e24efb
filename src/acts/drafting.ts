import { hash } from 'node:crypto';
import type { QueryBus } from '@nestjs/cqrs';
import { LRUCache } from 'lru-cache';
import type { Draft, DraftSpot, DraftWish } from '../../libs/client/index.ts';
import { commentNotFound, DomainError, deriveId, type Position, parsePosition } from '../../libs/kernel/index.ts';
import { DRAFT_DAYS, MOST_DRAFTS } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal, viewerOf } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { StreamErasing } from '../commands/erase-streams.ts';
import { DropDraft, KeepDraft } from '../domain/draft/draft.commands.ts';
import { type DraftPlace, wordsOfPlace } from '../domain/draft/draft.events.ts';
import { normalized } from '../domain/text.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { CountDropped, GetDraftKeys, GetKeptDrafts, type KeptDraft } from '../views/shelf/shelf.query-types.ts';
import { GetComment, GetRemovable, GetWritten } from '../views/thread/thread.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';
import type { ShelfNames } from './shelf-names.ts';
import { unlessGone } from './unless-gone.ts';

const DAY_MS = 86_400_000;
/** For so long a browser may still send what it began to keep before it posted the text. */
const POSTED_MS = 60_000;
const MOST_POSTED = 2_000;
/** How often the clock is read for it, which takes a timer each time. */
const CLOCK_MS = 1_000;

export interface DraftingParts {
  readonly writes: Pick<ForumWrites, 'send'>;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly names: ShelfNames;
  readonly streams: Pick<StreamErasing, 'erase'>;
}

/** Whoever keeps a draft, whichever way the text comes. */
export type DraftWriter = Pick<Principal, 'memberId' | 'roles'>;

/** What a form sent, with the position of the draft that it showed, or ''. */
export interface SentText {
  readonly body: string;
  readonly position: string;
}

/** The unsent texts of members, for all their devices. Everything throws DomainError. */
export class Drafting {
  readonly #parts: DraftingParts;
  /** What was posted a moment ago, by writer and place: a text that is kept late is none of a draft. */
  readonly #posted = new LRUCache<string, string>({ max: MOST_POSTED, ttl: POSTED_MS, ttlResolution: CLOCK_MS });

  constructor(parts: DraftingParts) {
    this.#parts = parts;
  }

  /** Newest first; of one post alone where it is named. */
  async list(by: Principal, postId: string | null = null): Promise<readonly Draft[]> {
    const kept = (await this.#kept(by.memberId)).filter((draft) => isYoung(draft, Date.now()));
    const wanted = kept.filter((draft) => postId === null || draft.postId === postId);
    return Promise.all(wanted.map((draft) => this.#present(draft, by)));
  }

  /**
   * Throws DomainError stale_revision where another device kept a text that this one has not seen, post_not_found,
   * comment_not_found, and conflict where there are too many, or where this very text was posted a moment ago.
   */
  async keep(
    wish: DraftWish,
    by: Principal,
    asking: Asking,
  ): Promise<{ readonly draft: Draft; readonly position: Position }> {
    const { memberId } = by;
    await this.#parts.limits.take('draft', memberId);
    const place = placeOf(wish);
    await this.#requirePlace(place, by);
    if (this.#isPosted(place, memberId, wish.body)) throw postedBefore();
    const placeId = this.#placeId(place, memberId);
    const kept = await this.#forgetOld(await this.#kept(memberId), by, asking);
    if (kept.length >= MOST_DRAFTS && !kept.some((draft) => draft.placeId === placeId)) {
      throw new DomainError('conflict', `There are ${MOST_DRAFTS} drafts; send or throw away one of them first.`);
    }
    const dropped = await this.#parts.queries.execute(new CountDropped(memberId, placeId));
    const draftId = deriveId(placeId, String(dropped));
    const over = wish.over == null ? null : (parsePosition(wish.over) ?? null);
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const command = new KeepDraft({ by, draftId, placeId, place, body: wish.body, over }, meta);
    const { position } = await this.#parts.writes.send(command);
    const now = (await this.#kept(memberId)).find((draft) => draft.placeId === placeId);
    if (now !== undefined) await this.#dropUnlessStanding(now, by, asking);
    if (now !== undefined) await this.#dropIfPosted(now, by, asking);
    if (now === undefined) throw new DomainError('conflict', 'This draft was thrown away meanwhile.');
    return { draft: await this.#present(now, by), position };
  }

  /** Its text is gone for good then; where there is none, nothing happens. */
  async drop(spot: DraftSpot, by: Principal, asking: Asking): Promise<Position> {
    await this.#parts.limits.take('draft', by.memberId);
    const placeId = this.#placeId(placeOf(spot), by.memberId);
    const kept = (await this.#kept(by.memberId)).filter((draft) => draft.placeId === placeId);
    return this.#drop(kept, by, asking);
  }

  /**
   * Drops what was sent, as it was kept or changed in the form that showed it, and what the sent text goes on from. A
   * text that another device kept meanwhile stays unless it is such a one.
   */
  async dropSent(spot: DraftSpot, sent: SentText, by: DraftWriter, asking: Asking): Promise<void> {
    const place = placeOf(spot);
    const body = normalized(sent.body);
    this.#posted.set(spotOf(place, by.memberId), digestOf(body));
    const kept = await this.#kept(by.memberId);
    if (kept.length === 0) return;
    const placeId = this.#placeId(place, by.memberId);
    const isSent = (draft: KeptDraft): boolean =>
      sent.position === String(draft.position) || body.startsWith(normalized(draft.body));
    const drafts = kept.filter((draft) => draft.placeId === placeId && isSent(draft));
    if (drafts.length > 0) await this.#drop(drafts, by, asking);
  }

  /**
   * The text of an edit goes where its comment was purged while it was kept: whoever of the two is recorded last sees
   * the other one.
   */
  async #dropUnlessStanding(draft: KeptDraft, by: Principal, asking: Asking): Promise<void> {
    if (draft.commentId === null) return;
    try {
      await this.#requirePlace(draft, by);
    } catch (refusal) {
      if (refusal instanceof DomainError && refusal.code === 'comment_not_found') await this.#drop([draft], by, asking);
      throw refusal;
    }
  }

  /** The same for what is posted while it is kept. */
  async #dropIfPosted(draft: KeptDraft, by: Principal, asking: Asking): Promise<void> {
    if (!this.#isPosted(draft, by.memberId, draft.body)) return;
    await this.#drop([draft], by, asking);
    throw postedBefore();
  }

  #isPosted(place: DraftPlace, memberId: string, body: string): boolean {
    return this.#posted.get(spotOf(place, memberId)) === digestOf(normalized(body));
  }

  #kept(memberId: string): Promise<readonly KeptDraft[]> {
    return this.#parts.queries.execute(new GetKeptDrafts(memberId));
  }

  /** Gives those that are left. */
  async #forgetOld(kept: readonly KeptDraft[], by: Principal, asking: Asking): Promise<readonly KeptDraft[]> {
    const young = kept.filter((draft) => isYoung(draft, Date.now()));
    if (young.length < kept.length) {
      const old = kept.filter((draft) => !young.includes(draft));
      await this.#drop(old, by, asking);
    }
    return young;
  }

  /** A crash between the two leaves a key, which the next drop of the member destroys. */
  async #drop(drafts: readonly KeptDraft[], by: DraftWriter, asking: Asking): Promise<Position> {
    let position = 0n;
    for (const { draftId, placeId } of drafts) {
      const meta = commandMeta(by, deriveId(asking.commandId, 'drop', draftId), asking.correlationId);
      position = (await this.#parts.writes.send(new DropDraft({ by, draftId, placeId }, meta))).position;
    }
    const standing = new Set((await this.#kept(by.memberId)).map(({ draftId }) => draftId));
    const keys = await this.#parts.queries.execute(new GetDraftKeys(by.memberId));
    const left = keys.filter((draftId) => !standing.has(draftId));
    const meta = commandMeta(by, deriveId(asking.commandId, 'drop'), asking.correlationId);
    if (left.length > 0)
      await this.#parts.streams.erase(
        left.map((draftId) => `draft-${draftId}`),
        meta,
      );
    return position;
  }

  /**
   * Nothing is kept below a post that the writer cannot see. An answer is kept also when its comment went while it was
   * written, and an edit of the own comment as long as that is not purged: the words are the writer's.
   */
  async #requirePlace({ postId, parentId, commentId }: DraftPlace, by: Principal): Promise<void> {
    const { queries } = this.#parts;
    const viewer = viewerOf(by);
    await queries.execute(new GetPost(postId, viewer, new Date().toISOString()));
    if (parentId !== null) {
      const answered = await queries.execute(new GetWritten(parentId, viewer));
      if (answered.postId !== postId) throw commentNotFound();
    }
    if (commentId !== null) {
      const { postId: at, author, status } = await queries.execute(new GetRemovable(commentId, viewer));
      // The place of a removed comment names nobody.
      const isOwn = author === null ? status === 'removed' : author.id === by.memberId;
      if (at !== postId || !isOwn || status === 'erased') throw commentNotFound();
    }
  }

  async #present({ postId, parentId, commentId, body, position, keptAt }: KeptDraft, by: Principal): Promise<Draft> {
    const { queries } = this.#parts;
    const viewer = viewerOf(by);
    const post = await unlessGone(queries.execute(new GetPost(postId, viewer, new Date().toISOString())));
    const about = commentId ?? parentId;
    const comment = about === null ? null : await unlessGone(queries.execute(new GetComment(about, viewer)));
    const isGone = post === null || (about !== null && (comment === null || GONE.has(comment.status)));
    const state = isGone ? 'gone' : post.discussion.state === 'open' ? 'open' : 'closed';
    const named = post && { id: post.id, slug: post.slug, title: post.title, locale: post.locale };
    return { postId, parentId, commentId, body, position: String(position), keptAt, post: named, state };
  }

  #placeId(place: DraftPlace, memberId: string): string {
    return this.#parts.names.kept(memberId, wordsOfPlace(place));
  }
}

function postedBefore(): DomainError {
  return new DomainError('conflict', 'This text was posted a moment ago, so it is no draft.');
}

function digestOf(body: string): string {
  return hash('sha256', body, 'base64');
}

/** A place of one member, in memory alone. */
function spotOf(place: DraftPlace, memberId: string): string {
  return [memberId, ...wordsOfPlace(place)].join(' ');
}

const GONE: ReadonlySet<string> = new Set(['removed', 'erased']);

function placeOf({ postId, parentId = null, commentId = null }: DraftSpot): DraftPlace {
  if (parentId === null || commentId === null) return { postId, parentId, commentId };
  const message = 'and parentId are two places: name one of them';
  throw new DomainError('invalid', `commentId ${message}.`, [{ field: 'commentId', message }]);
}

function isYoung({ keptAt }: KeptDraft, now: number): boolean {
  return now - Date.parse(keptAt) <= DRAFT_DAYS * DAY_MS;
}
