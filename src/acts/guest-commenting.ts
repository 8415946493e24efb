import type { QueryBus } from '@nestjs/cqrs';
import type { Guest, NewComment, Post, PostedComment } from '../../libs/client/index.ts';
import { DomainError, deriveId, formatPosition, mailboxOf, type Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { networkOf } from '../access/network.ts';
import { commandMeta } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { FoundGuestComment, GuestComments } from '../commands/guest-comments.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';
import { type CommentLimits, PostGuestComment } from '../domain/comment/comment.commands.ts';
import { ConfirmGuestComment, GUEST, SendGuestComment } from '../domain/guest/guest.commands.ts';
import { emailOf } from '../domain/member/email.ts';
import { guestNameOf } from '../domain/member/handle.ts';
import { invalid } from '../domain/text.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { GetComment } from '../views/thread/thread.query-types.ts';
import type { BannedMailboxes } from './banned-mailboxes.ts';
import type { ForumWrites } from './forum-writes.ts';
import { refuseMoreLetters, type SentLetters } from './guest-letter-limit.ts';
import { GuestTurns } from './guest-turns.ts';
import type { Pages } from './pages.ts';
import type { Screening, SentForm } from './screening.ts';
import type { TellingLanguages } from './telling-languages.ts';
import { unlessGone } from './unless-gone.ts';

export interface GuestCommentingParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly guests: GuestComments;
  readonly letters: SentLetters;
  readonly pages: Pick<Pages, 'open'>;
  readonly languages: Pick<TellingLanguages, 'of'>;
  readonly members: Pick<
    MemberLookup,
    'allByLogin' | 'byConfirmed' | 'isHandleAtAGlance' | 'passesForAnother' | 'names'
  >;
  readonly commentLimits: () => CommentLimits;
  /** Of slow mode in a discussion; 0 where it is off. */
  readonly slowModeSeconds: (postId: string) => Promise<number>;
  /** A comment's Markdown as safe HTML. */
  readonly htmlOf: (markdown: string) => Promise<string>;
  /** How the forum is called now. */
  readonly siteName: () => string;
  readonly screening: Pick<Screening, 'guest'>;
  readonly banned: Pick<BannedMailboxes, 'holderOf'>;
  /** Whether the forum takes comments of guests now. */
  readonly takesGuests: () => boolean;
  /** The language of letters unless the guest asks for one. */
  readonly defaultLocale: () => string;
}

export type GuestWish = NewComment & { readonly guest: Guest };

/** A comment as its page shows it before and after the press. */
export interface SeenGuestComment {
  readonly displayName: string;
  readonly bodyHtml: string;
  readonly email: string;
  /** Null where its post is not shown any more. */
  readonly post: Pick<Post, 'slug' | 'title' | 'url'> | null;
}

/** The hour within which the same words without an id count as one press. */
const HOUR_MS = 3_600_000;

/**
 * Comments of people without an account: sent, confirmed by the holder of the address, and then held for moderators.
 * Whether an address has an account changes nothing that its sender sees.
 */
export class GuestCommenting {
  readonly #parts: GuestCommentingParts;
  readonly #turns = new GuestTurns();

  constructor(parts: GuestCommentingParts) {
    this.#parts = parts;
  }

  /**
   * The same id with the same content is answered the same. `form` is null for a program. Throws DomainError as posting and
   * Screening do, and rate_limited.
   */
  async send(postId: string, wish: GuestWish, asking: Asking, form: SentForm | null = null): Promise<PostedComment> {
    const { limits, members, writes } = this.#parts;
    const { guest, body, parentId = null } = wish;
    const network = networkOf(asking.address);
    await limits.take('guest', network);
    const email = emailOf(guest.email, 'guest.email');
    const displayName = await this.#nameOf(guest.name);
    await limits.take('guest-email', members.names.hidden(mailboxOf(email)));
    const commentId = wish.id ?? this.#idOf(postId, wish);
    await refuseMoreLetters(this.#parts, { email, commentId });
    if (parentId === null && body.trim() !== '') await this.#parts.pages.open(postId, GUEST, asking);
    const proof = wish.proof ?? '';
    const heldBy = await this.#parts.screening.guest({ email, form, proof, actId: commentId, asking });
    const everySeconds = await this.#parts.slowModeSeconds(postId);
    const giveBack = this.#turns.take(commentId, { key: `${postId} ${network}`, everySeconds });
    const meta = commandMeta(GUEST, deriveId('SendGuestComment', commentId), asking.correlationId);
    const locale = guest.locale ?? this.#parts.defaultLocale();
    const identity = { displayName, email, locale };
    const by = { guest: identity, by: GUEST, heldBy };
    const data = { commentId, postId, parentId, body, ...by, limits: this.#parts.commentLimits() };
    try {
      const { position } = await writes.send(new SendGuestComment(data, meta));
      return await this.#answer(data, { at: meta.now, position });
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  /** Whether a link of a mail is one of these. */
  isOfGuest(token: string): Promise<boolean> {
    return this.#parts.guests.isOfGuest(token);
  }

  /** Throws DomainError link_not_found, link_used, link_expired, guests_off, rate_limited. */
  async see(token: string, { address }: Asking): Promise<SeenGuestComment> {
    await this.#parts.limits.take('link-use', networkOf(address));
    const now = new Date().toISOString();
    const { comment } = await this.#waiting(token, now);
    const { displayName, email, body, postId } = comment;
    const bodyHtml = await this.#parts.htmlOf(body);
    return { displayName, email, bodyHtml, post: await this.#postOf(postId, now) };
  }

  /**
   * The comment now stands in a stream of its own, held. What a crash leaves undone, the next press does. Throws
   * DomainError as `see` and posting do, and banned or suspended for the address of such a member. Gives the post, if it is
   * shown.
   */
  async confirm(token: string, asking: Asking): Promise<SeenGuestComment['post']> {
    const { limits, writes } = this.#parts;
    await limits.take('link-use', networkOf(asking.address));
    const { comment, hash } = await this.#waiting(token, new Date().toISOString());
    const { commentId, postId, parentId, body, displayName, email, heldBy } = comment;
    // Somebody may have taken the name, or the office, since the comment was sent.
    await this.#nameOf(displayName);
    const metaOf = (step: string) => commandMeta(GUEST, deriveId(step, commentId), asking.correlationId);
    const author = { displayName, email, url: null, guest: true } as const;
    const memberId = await this.#memberAt(email);
    const limitsOf = this.#parts.commentLimits();
    const language = await this.#parts.languages.of({ body, postId });
    const text = { commentId, postId, parentId, body, ...language };
    const data = { ...text, author, memberId, heldBy, by: GUEST, limits: limitsOf };
    const post = (id: string, step: string) =>
      writes.send(new PostGuestComment({ ...data, commentId: id }, metaOf(step)));
    await post(commentId, 'PostGuestComment').catch((error: unknown) => {
      if (!isIdTaken(error)) throw error;
      // Somebody who knew the id has posted under it since; nobody without the forum's key knows the other one.
      return post(this.#parts.members.names.guestComment([commentId]), 'PostGuestComment beside');
    });
    const confirmed = new ConfirmGuestComment({ commentId, hash }, metaOf('ConfirmGuestComment'));
    await writes.send(confirmed);
    return this.#postOf(postId, new Date().toISOString());
  }

  async #postOf(postId: string, now: string): Promise<SeenGuestComment['post']> {
    const post = await unlessGone(this.#parts.queries.execute(new GetPost(postId, null, now)));
    return post && { slug: post.slug, title: post.title, ...(post.url !== undefined && { url: post.url }) };
  }

  async #waiting(token: string, now: string): Promise<FoundGuestComment> {
    const found = await this.#parts.guests.find(token, now);
    if (!this.#parts.takesGuests()) throw new DomainError('guests_off', 'This forum takes no comments of guests now.');
    return found;
  }

  /** The member who confirmed the address, else the first who gave it: their sanctions hold for the address. */
  async #memberAt(email: string): Promise<string | null> {
    const banned = await this.#parts.banned.holderOf(email, null);
    if (banned !== null) return banned;
    const member = (await this.#parts.members.byConfirmed(email)) ?? (await this.#parts.members.allByLogin(email))[0];
    return member?.memberId ?? null;
  }

  /** A guest takes neither an office, a member's handle nor the name of one who holds a role, nor what looks like them. */
  async #nameOf(text: string): Promise<string> {
    const { members, siteName } = this.#parts;
    const name = guestNameOf(text, siteName());
    const isTaken = (await members.isHandleAtAGlance(name)) || (await members.passesForAnother(name, GUEST.memberId));
    if (isTaken) throw invalid('guest.name', 'is the name of a member, whom it would pass for');
    return name;
  }

  #idOf(postId: string, { parentId = null, body, guest }: GuestWish): string {
    const hour = Math.floor(Date.now() / HOUR_MS);
    const words = [postId, parentId ?? '', body, guest.name, guest.email, String(hour)];
    return this.#parts.members.names.guestComment(words);
  }

  async #answer(
    { commentId, postId, parentId, body, guest }: SendGuestComment['data'],
    { at, position }: { readonly at: string; readonly position: Position },
  ): Promise<PostedComment> {
    const parent = parentId && (await unlessGone(this.#parts.queries.execute(new GetComment(parentId, null))));
    const text = formatPosition(position);
    return {
      comment: {
        id: commentId,
        postId,
        parentId,
        depth: parent ? parent.depth + 1 : 0,
        author: { id: null, displayName: guest.displayName, guest: true },
        bodyHtml: await this.#parts.htmlOf(body),
        body,
        status: 'held',
        createdAt: at,
        editedAt: null,
        revision: 0,
        replyCount: 0,
        reactions: {},
        position: text,
      },
      position: text,
      unconfirmed: true,
    };
  }
}

function isIdTaken(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'id_taken';
}
