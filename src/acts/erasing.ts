import type { QueryBus } from '@nestjs/cqrs';
import type {
  Comment,
  Erasure,
  ImportedErasureWish,
  MemberErasureWish,
  OwnErasureWish,
} from '../../libs/client/index.ts';
import { type CommandMeta, DomainError, deriveId, type Position, stepOf } from '../../libs/kernel/index.ts';
import type { ErasedComments } from '../../libs/words/index.ts';
import { TEXT_LIMITS } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal, viewerOf } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { FreshSignIn } from '../access/sign-in/fresh-sign-in.ts';
import type { SignInGuard } from '../access/sign-in/sign-in-guard.ts';
import type { StreamErasing } from '../commands/erase-streams.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';
import type { ImportedPerson, PersonalStreams, WrittenBySource } from '../commands/personal-streams.ts';
import { EraseComment } from '../domain/comment/comment.commands.ts';
import { RequestErasure, TakeBackErasure, TakeBackWithAccount } from '../domain/erasure/erasure.commands.ts';
import { lastAdmin } from '../domain/reservation/names.ts';
import { textOf } from '../domain/text.ts';
import { FindErasure, HasOtherAdmin, type KnownErasure } from '../views/erasures/erasures.query-types.ts';
import { GetOwnMember } from '../views/members/members.query-types.ts';
import { GetComment } from '../views/thread/thread.query-types.ts';
import type { AccountLinks } from './account-links.ts';
import type { ForumWrites } from './forum-writes.ts';
import { inclusionAnswer } from './proving/inclusion-answer.ts';
import type { Proving } from './proving/proving.ts';

const DAY_MS = 86_400_000;

export interface ErasingParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly lookup: MemberLookup;
  readonly guard: SignInGuard;
  readonly fresh: FreshSignIn;
  readonly links: Pick<AccountLinks, 'proveOwner'>;
  readonly streams: StreamErasing;
  readonly people: Pick<PersonalStreams, 'countOf' | 'imagesOf' | 'subscribersOf'>;
  readonly proving: Pick<Proving, 'inclusion'>;
  /** Days in which a member can take its erasure back. */
  readonly days: () => number;
}

/** What the erasure of somebody without an account would take. */
export interface FoundPerson {
  readonly written: WrittenBySource;
  /** Whether the newsletter goes to the address, or the question whether it is wanted. */
  readonly newsletter: boolean;
}

interface Asked {
  readonly erasureId: string;
  readonly position: Position;
  /** False where an earlier wish stands. */
  readonly isNew: boolean;
}

/** Who asks for what: everything of an erasure that is decided before it is carried out. */
export class Erasing {
  readonly #parts: ErasingParts;

  constructor(parts: ErasingParts) {
    this.#parts = parts;
  }

  /**
   * One's own account. Asked again, the first wish stands until it is taken back. Throws DomainError `conflict` for another
   * wish about the comments meanwhile, `fresh_sign_in_required`, `invalid` (field `password`), `last_admin`, `unauthenticated`, and as a link does.
   */
  async eraseOwn(principal: Principal, wish: OwnErasureWish, asking: Asking): Promise<Asked> {
    const { memberId } = principal;
    const { limits, lookup } = this.#parts;
    await limits.take('profile', memberId);
    await this.#requireOwner(principal, wish, asking);
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    await lookup.requireShown({ memberId, meta });
    const asked = await this.#eraseMember(memberId, wish.comments, { wish, by: principal, asking });
    // The owner may have taken the account back just before this was recorded, and found nothing to take back.
    await lookup.requireShown({ memberId, meta }).catch((error: unknown) => this.#undo(asked, meta, error));
    return asked;
  }

  async #undo({ erasureId, isNew }: Asked, meta: CommandMeta, refusal: unknown): Promise<never> {
    const wish = { erasureId, memberId: meta.actor, since: null };
    if (isNew) await this.#parts.writes.send(new TakeBackWithAccount(wish, stepOf(meta, 'undo')));
    throw refusal;
  }

  /** By an admin. Throws DomainError `member_not_found`, `fresh_sign_in_required`, `last_admin`, `conflict`. */
  async eraseMember(memberId: string, wish: MemberErasureWish, by: Principal, asking: Asking): Promise<Asked> {
    await this.#requireFresh(by, wish.password);
    const known = await this.#find(this.#parts.lookup.erasureIdOf(memberId));
    if (known === null || known.state === 'taken-back') await this.#parts.queries.execute(new GetOwnMember(memberId));
    const asked = known === null || known.state === 'taken-back' ? 'remove' : known.comments;
    return this.#eraseMember(memberId, wish.comments ?? asked, { wish, by, asking });
  }

  /** What `eraseImported` would take now. Throws DomainError `invalid`, `rate_limited`. */
  async countImported(wish: ImportedErasureWish, by: Principal): Promise<FoundPerson> {
    const { limits, people } = this.#parts;
    await limits.take('profile', by.memberId);
    const person = personIn(wish);
    return {
      written: await people.countOf(person),
      newsletter: (await people.subscribersOf(person)).length > 0,
    };
  }

  /** People that an import brought, with all comments that they wrote, and by the address their newsletter. Throws DomainError `invalid`, `fresh_sign_in_required`. */
  async eraseImported(wish: ImportedErasureWish, by: Principal, asking: Asking): Promise<Asked> {
    await this.#requireFresh(by, wish.password);
    const { email, name, source } = personIn(wish);
    const erasureId = deriveId(asking.commandId, 'erasure');
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const about = { subject: 'imported', memberId: null, commentId: null, source, comments: 'remove' } as const;
    const request = { erasureId, ...about, dueAt: meta.now, email, name, reason: null };
    const { position } = await this.#parts.writes.send(new RequestErasure(request, meta));
    return { erasureId, position, isNew: true };
  }

  /** Throws DomainError `not_found`, also for another member's, and `conflict` once it has begun. */
  async takeBack(erasureId: string, by: Principal, asking: Asking): Promise<Position> {
    const known = await this.#find(erasureId);
    const isOwn = known !== null && known.memberId === by.memberId;
    if (known === null || !(isOwn || by.roles.includes('admin'))) throw erasureNotFound();
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    return (await this.#parts.writes.send(new TakeBackErasure({ erasureId, because: 'asked' }, meta))).position;
  }

  /** Throws DomainError `not_found`. */
  async see(erasureId: string): Promise<Erasure> {
    const known = await this.#find(erasureId);
    if (known === null) throw erasureNotFound();
    const { subject, state, comments, requestedAt, dueAt, finishedAt, finishedPosition, steps } = known;
    const proof =
      finishedPosition === null ? null : inclusionAnswer(await this.#parts.proving.inclusion(BigInt(finishedPosition)));
    return { id: erasureId, subject, state, comments, requestedAt, dueAt, finishedAt, steps, proof };
  }

  /** Days in which a member can take its erasure back. */
  get days(): number {
    return this.#parts.days();
  }

  /** False for a member who signs in by other ways: its sign-in must be fresh. */
  async asksPassword(memberId: string): Promise<boolean> {
    return (await this.#parts.lookup.byId(memberId))?.passwordHash != null;
  }

  /** The erasure that a member has asked for or an admin for it; null for none, and for one that was taken back. */
  async ofMember(memberId: string): Promise<Erasure | null> {
    const known = await this.#find(this.#parts.lookup.erasureIdOf(memberId));
    return known === null || known.state === 'taken-back' ? null : this.see(known.erasureId);
  }

  /** The erasure that was taken back when the member took its account back; null for none. */
  async undoneOf(memberId: string): Promise<Pick<KnownErasure, 'requestedAt' | 'undoneAt'> | null> {
    const known = await this.#find(this.#parts.lookup.erasureIdOf(memberId));
    return known?.state === 'taken-back' && known.undoneAt !== null ? known : null;
  }

  /** The erasures of these members that wait or are being carried out, by member. */
  async openOf(memberIds: readonly string[]): Promise<ReadonlyMap<string, Erasure>> {
    const found = await Promise.all(memberIds.map(async (id) => [id, await this.ofMember(id)] as const));
    return new Map(
      found.flatMap(([id, erasure]) => (erasure === null || erasure.state === 'done' ? [] : [[id, erasure] as const])),
    );
  }

  /** Whose erasure it is, for that member and for admins; null for everybody else, since its page names nobody. */
  async subjectFor(erasureId: string, viewer: Principal | null): Promise<string | null> {
    if (viewer === null) return null;
    const memberId = (await this.#find(erasureId))?.memberId ?? null;
    return memberId === viewer.memberId || viewer.roles.includes('admin') ? memberId : null;
  }

  /**
   * The text of one comment, for good. It is unreadable when this resolves; what was said about it in reports goes right
   * after. Throws DomainError `comment_not_found`, `invalid`.
   */
  async purge(commentId: string, reason: string, by: Principal, asking: Asking): Promise<Asked & { comment: Comment }> {
    const { writes, limits, queries, streams, people } = this.#parts;
    await limits.take('decide', by.memberId);
    const text = textOf(reason, 'reason', TEXT_LIMITS.reason);
    if (text === '')
      throw new DomainError('invalid', 'reason is missing.', [{ field: 'reason', message: 'is missing' }]);
    await queries.execute(new GetComment(commentId, viewerOf(by)));
    const erasureId = this.#parts.lookup.names.erasure(`comment ${commentId}`);
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const about = { subject: 'comment', memberId: null, commentId, source: null, comments: 'remove' } as const;
    const request = { erasureId, ...about, dueAt: meta.now, email: null, name: null, reason: text };
    await writes.send(new RequestErasure(request, stepOf(meta, 'request')));
    const { position } = await writes.send(new EraseComment({ commentId, erasureId }, stepOf(meta, 'erase')));
    // The text names its images, so they go before its key.
    await streams.erase(await people.imagesOf(commentId), stepOf(meta, 'images'));
    await streams.erase([`comment-${commentId}`], stepOf(meta, 'keys'));
    return {
      erasureId,
      position,
      isNew: true,
      comment: await queries.execute(new GetComment(commentId, viewerOf(by))),
    };
  }

  async #eraseMember(
    memberId: string,
    comments: ErasedComments,
    { wish, by, asking }: { wish: { readonly immediately?: boolean }; by: Principal; asking: Asking },
  ): Promise<Asked> {
    const { writes, queries, days } = this.#parts;
    if (!(await queries.execute(new HasOtherAdmin(memberId)))) {
      const { roles } = await queries.execute(new GetOwnMember(memberId));
      if (roles.includes('admin')) throw lastAdmin();
    }
    const erasureId = this.#parts.lookup.erasureIdOf(memberId);
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const wait = wish.immediately === true ? 0 : days() * DAY_MS;
    const dueAt = new Date(Date.parse(meta.now) + wait).toISOString();
    const about = { subject: 'member', memberId, commentId: null, source: null, comments } as const;
    const request = { erasureId, ...about, dueAt, email: null, name: null, reason: null };
    const { position, repeated } = await writes.send(new RequestErasure(request, meta));
    return { erasureId, position, isNew: !repeated };
  }

  /** Nobody who found a browser open erases its owner: the password is asked for however fresh the sign-in is. */
  async #requireOwner(principal: Principal, { password, link }: OwnErasureWish, asking: Asking): Promise<void> {
    if (link !== undefined) return this.#parts.links.proveOwner(link, principal, asking);
    const known = await this.#parts.lookup.byId(principal.memberId);
    if (known?.passwordHash == null) return this.#parts.fresh.require(principal, password);
    if (password === undefined || password === '') {
      throw new DomainError(
        'fresh_sign_in_required',
        'Send your password, or a link to sign in that was mailed to you.',
      );
    }
    if (await this.#parts.guard.isOf(known, password)) return;
    throw new DomainError('invalid', 'password is wrong.', [{ field: 'password', message: 'is wrong' }]);
  }

  async #requireFresh(by: Principal, password: string | undefined): Promise<void> {
    await this.#parts.limits.take('profile', by.memberId);
    await this.#parts.fresh.require(by, password);
  }

  #find(erasureId: string): Promise<KnownErasure | null> {
    return this.#parts.queries.execute(new FindErasure(erasureId));
  }
}

function personIn(wish: ImportedErasureWish): ImportedPerson {
  const { email = null, name = null, source = null } = wish;
  if ((email === null) !== (name === null)) return { email, name, source };
  const message = 'or a name is needed, and not both';
  throw new DomainError('invalid', `email ${message}.`, [{ field: 'email', message }]);
}

function erasureNotFound(): DomainError {
  return new DomainError('not_found', 'There is no such erasure.');
}
