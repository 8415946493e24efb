import type { QueryBus } from '@nestjs/cqrs';
import pLimit from 'p-limit';
import { type Command, type CommandMeta, DomainError, deriveId, type Position } from '../../../libs/kernel/index.ts';
import type { Commands } from '../../../libs/nest-decider/index.ts';
import type { Views } from '../../../libs/projections/index.ts';
import type { ErasureStep } from '../../../libs/words/index.ts';
import { EraseComment } from '../../domain/comment/comment.commands.ts';
import { DropDraft } from '../../domain/draft/draft.commands.ts';
import {
  BeginErasure,
  FinishErasure,
  RecordErasureStep,
  RememberErased,
  TakeBackErasure,
} from '../../domain/erasure/erasure.commands.ts';
import { EraseMember } from '../../domain/member/member.commands.ts';
import { EndSubscription } from '../../domain/newsletter/subscriber.commands.ts';
import { LEAVING_ADMINS, LetAdminGo, ReleaseName } from '../../domain/reservation/reservation.commands.ts';
import { EraseTranslation } from '../../domain/translation/translation.commands.ts';
import {
  GetErasureWords,
  GetPurgesOf,
  GetReportsToErase,
  GetUnerasedComments,
  HasOtherAdmin,
  type KnownErasure,
  type ReportOf,
} from '../../views/erasures/erasures.query-types.ts';
import { GetPostDraftKeys } from '../../views/shelf/post-drafts.query-types.ts';
import { CountDropped, GetDraftKeys } from '../../views/shelf/shelf.query-types.ts';
import { GetTranslationReportStreams } from '../../views/translation-reports/translation-reports.query-types.ts';
import { GetTranslationKeys } from '../../views/translations/translations.query-types.ts';
import { systemMeta } from '../system-meta.ts';

/** Destroys every key that sealed a part of these streams; gives the number of keys. */
interface Erases {
  erase(streams: readonly string[], meta: CommandMeta): Promise<number>;
}

/** Finds what the log has of a person and no view lists by person. */
interface FindsPeople {
  namesOf(memberId: string): Promise<{ readonly names: readonly string[]; readonly emails: readonly string[] }>;
  of(member: { readonly memberId: string; readonly emails: readonly string[] }): Promise<{
    readonly images: readonly string[];
    readonly links: readonly string[];
    readonly subscribers: readonly string[];
  }>;
  guestWordsOf(member: { readonly memberId: string; readonly emails: readonly string[] }): Promise<{
    readonly comments: readonly string[];
    readonly waiting: readonly string[];
  }>;
  /** The streams of the images that a comment shows, and nothing else of its author. */
  imagesOf(commentId: string): Promise<readonly string[]>;
  /** Those of the streams of a member's images that stand in no post, and in no comment of theirs that stays. */
  unshown(memberId: string, images: readonly string[]): Promise<readonly string[]>;
  /** Where the author of a comment keeps the draft of an edit of it. */
  editDraftOf(commentId: string): Promise<{ readonly memberId: string; readonly placeId: string } | null>;
  writtenBy(person: ImportedPerson): Promise<{
    readonly comments: readonly string[];
    readonly emails: readonly string[];
  }>;
  /** What an import knows the person by once it is erased. */
  marksOf(person: ImportedPerson): readonly string[];
  /** The same of a member, by the addresses that it has confirmed. */
  marksOfMember(member: { readonly memberId: string; readonly emails: readonly string[] }): Promise<readonly string[]>;
  waitingOf(person: ImportedPerson): Promise<readonly string[]>;
  /** The ids under which the person's mailbox gets the newsletter. */
  subscribersOf(person: ImportedPerson): Promise<readonly string[]>;
}

/** An address, or a name with the source it came from (null for any). */
interface ImportedPerson {
  readonly email: string | null;
  readonly name: string | null;
  readonly source: string | null;
}

export interface CarryingOutParts {
  readonly commands: Commands;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly views: Pick<Views, 'reached'>;
  readonly erasing: Erases;
  readonly found: FindsPeople;
  /** Called between two steps; tests stop here. */
  readonly onStep?: (step: ErasureStep | 'begun' | 'finished') => void;
}

/** Comments that are on their way to the log at once. */
const AT_ONCE = 64;
/** How long the views may take to show what was recorded, in milliseconds. */
const SHOWN_WITHIN_MS = 60_000;

type MemberErasure = KnownErasure & { readonly memberId: string };

/**
 * Carries an erasure out, step by step. Every step can be done again: a server that dies within one, or between two,
 * loses nothing, and another goes on with the first step that is not recorded.
 */
export class CarryingOut {
  readonly #parts: CarryingOutParts;
  #isClosing: () => boolean = () => false;

  constructor(parts: CarryingOutParts) {
    this.#parts = parts;
  }

  /**
   * Gives the position of the end. A forum that closes ends with the step that is under way. Throws DomainError, also
   * for a storage that is away; a repeat goes on.
   */
  async carryOut(erasure: KnownErasure, isClosing: () => boolean): Promise<Position> {
    this.#isClosing = isClosing;
    const { erasureId } = erasure;
    if (isMember(erasure) && erasure.state === 'waiting' && !(await this.#mayGo(erasure))) {
      return this.#send(
        new TakeBackErasure({ erasureId, because: 'last-admin' }, metaOf(erasureId, `stays ${erasure.requestedAt}`)),
      );
    }
    await this.#send(new BeginErasure({ erasureId }, metaOf(erasureId, 'begin')));
    this.#parts.onStep?.('begun');
    if (isMember(erasure)) await this.#eraseMember(erasure);
    else await this.#eraseComments(erasure);
    const end = await this.#send(new FinishErasure({ erasureId }, metaOf(erasureId, 'finish')));
    this.#parts.onStep?.('finished');
    return end;
  }

  /** Erases what came from a member after the erasure had begun. */
  async eraseLate(stream: string, erasureId: string): Promise<Position> {
    const commentId = stream.startsWith(COMMENT) ? stream.slice(COMMENT.length) : null;
    const position =
      commentId === null
        ? 0n
        : await this.#send(new EraseComment({ commentId, erasureId }, metaOf(erasureId, `comment ${commentId}`)));
    await this.#parts.erasing.erase([stream], metaOf(erasureId, 'keys'));
    if (commentId !== null) await this.#eraseTranslations({ comments: [commentId], writtenBy: null }, erasureId);
    return position;
  }

  async #eraseMember(erasure: MemberErasure): Promise<void> {
    const { erasureId, memberId, comments } = erasure;
    const removes = comments === 'remove';
    await this.#step(erasure, 'sessions', async () => {
      const gone = await this.#send(new EraseMember({ memberId, erasureId }, metaOf(erasureId, 'member')));
      await this.#parts.views.reached(gone, SHOWN_WITHIN_MS);
      return 1;
    });
    const { names, emails } = await this.#parts.found.namesOf(memberId);
    // Before the look for comments, so that a running import brings none behind it.
    await this.#remember(erasureId, await this.#parts.found.marksOfMember({ memberId, emails }));
    await this.#step(erasure, 'comments', () =>
      removes ? this.#eraseAllOf(erasure, emails) : this.#eraseClaimed(erasure, emails),
    );
    await this.#step(erasure, 'words', async () => {
      const of = { writtenBy: memberId, about: removes ? memberId : null, comments: [] };
      const reports = await this.#parts.queries.execute(new GetReportsToErase(of));
      const purges = await this.#parts.queries.execute(new GetPurgesOf(memberId));
      const told = [`sanction-${memberId}`, ...purges.map((id) => `erasure-${id}`)];
      const translations = await this.#eraseTranslations({ comments: [], writtenBy: memberId }, erasureId);
      const asked = new GetTranslationReportStreams({ writtenBy: memberId, translations: [] });
      const complaints = await this.#parts.queries.execute(asked);
      return translations + (await this.#erase([...told, ...reports.map(streamOf), ...complaints], erasureId));
    });
    const { images, links, subscribers } = await this.#parts.found.of({ memberId, emails });
    await this.#step(erasure, 'images', async () =>
      this.#erase(removes ? images : await this.#parts.found.unshown(memberId, images), erasureId),
    );
    await this.#step(erasure, 'links', async () => {
      const ended = await this.#endSubscriptions(subscribers, erasureId);
      return this.#erase([...links, ...ended], erasureId);
    });
    await this.#step(erasure, 'names', async () => {
      for (const name of names) {
        const meta = metaOf(erasureId, `release ${name}`);
        await this.#send(new ReleaseName({ name, holder: memberId }, meta));
      }
      return names.length;
    });
    await this.#step(erasure, 'account', async () => {
      const drafts = await this.#parts.queries.execute(new GetDraftKeys(memberId));
      const posts = await this.#parts.queries.execute(new GetPostDraftKeys(memberId));
      const written = posts.map(({ draftId }) => `post-draft-${draftId}`);
      const kept = [
        ...drafts.map((draftId) => `draft-${draftId}`),
        ...written,
        `bookmarks-${memberId}`,
        `visits-${memberId}`,
      ];
      return this.#erase([...kept, `inbox-${memberId}`, `subscriptions-${memberId}`, `member-${memberId}`], erasureId);
    });
  }

  /** With a comment that the member has claimed, the name and the address of its guest or of the source are sealed. */
  async #eraseClaimed({ erasureId, memberId }: MemberErasure, emails: readonly string[]): Promise<number> {
    const own = new Set(await this.#parts.queries.execute(new GetUnerasedComments(memberId)));
    const find = (email: string) => this.#parts.found.writtenBy({ email, name: null, source: null });
    const named = (await Promise.all(emails.map(find))).flatMap(({ comments }) => comments);
    const claimed = [...new Set(named)].filter((id) => own.has(id));
    await this.#eraseEach(claimed, erasureId);
    return claimed.length;
  }

  /** What waits goes first: its link then makes no comment any more. */
  async #eraseAllOf({ erasureId, memberId }: MemberErasure, emails: readonly string[]): Promise<number> {
    const { found } = this.#parts;
    const words = await found.guestWordsOf({ memberId, emails });
    await this.#erase(words.waiting, erasureId);
    const { comments } = words.waiting.length === 0 ? words : await found.guestWordsOf({ memberId, emails });
    const reports = await this.#reportsOn(comments);
    await this.#erase(reports.map(streamOf), erasureId);
    await this.#eraseEach(comments, erasureId);
    return comments.length + (await this.#eraseAllBy(memberId, erasureId));
  }

  #reportsOn(comments: readonly string[]): Promise<readonly ReportOf[]> {
    return this.#parts.queries.execute(new GetReportsToErase({ writtenBy: null, about: null, comments }));
  }

  /** A comment that was under way on another node when the erasure began is found by the next look. */
  async #eraseAllBy(memberId: string, erasureId: string): Promise<number> {
    let count = 0;
    for (;;) {
      const ids = await this.#parts.queries.execute(new GetUnerasedComments(memberId));
      if (ids.length === 0) return count;
      await this.#eraseEach(ids, erasureId);
      count += ids.length;
    }
  }

  /** All texts are hidden before the first key is destroyed, since that is what people wait for. */
  async #eraseEach(commentIds: readonly string[], erasureId: string): Promise<void> {
    const limit = pLimit(AT_ONCE);
    const erase = (commentId: string): Promise<Position> =>
      this.#send(new EraseComment({ commentId, erasureId }, metaOf(erasureId, `comment ${commentId}`)));
    const positions = await Promise.all(commentIds.map((id) => limit(erase, id)));
    const last = positions.reduce((most, position) => (position > most ? position : most), 0n);
    await this.#parts.views.reached(last, SHOWN_WITHIN_MS);
    await this.#erase(
      commentIds.map((id) => `${COMMENT}${id}`),
      erasureId,
    );
    await this.#eraseTranslations({ comments: commentIds, writtenBy: null }, erasureId);
  }

  /** A translation says what its source says, so it goes with that as with whoever translated, and what was said of it too; readers see it go first. */
  async #eraseTranslations(of: GetTranslationKeys['of'], erasureId: string): Promise<number> {
    const ids = await this.#parts.queries.execute(new GetTranslationKeys(of));
    const limit = pLimit(AT_ONCE);
    const take = (translationId: string): Promise<Position> =>
      this.#send(new EraseTranslation({ translationId }, metaOf(erasureId, `translation ${translationId}`)));
    await Promise.all(ids.map((id) => limit(take, id)));
    const asked = new GetTranslationReportStreams({ writtenBy: null, translations: ids });
    const reports = await this.#parts.queries.execute(asked);
    return this.#erase([...ids.map((id) => `translation-${id}`), ...reports], erasureId);
  }

  async #eraseComments(erasure: KnownErasure): Promise<void> {
    const { erasureId, commentId } = erasure;
    // The text names them, so they go before its key.
    const images = commentId === null ? [] : await this.#parts.found.imagesOf(commentId);
    if (images.length > 0) await this.#step(erasure, 'images', () => this.#erase(images, erasureId));
    const waiting = await this.#waitingOf(erasure);
    // What waits goes first: its link then makes no comment any more that the next look would miss.
    await this.#erase(waiting, erasureId);
    const ids = await this.#commentsOf(erasure);
    await this.#step(erasure, 'comments', async () => {
      await this.#eraseEach(ids, erasureId);
      return new Set([...ids, ...waiting.map((stream) => stream.slice(GUEST.length))]).size;
    });
    await this.#step(erasure, 'words', async () => {
      const reports = await this.#reportsOn(ids);
      const drafts = await this.#editDraftsOf(erasure);
      return this.#erase([...reports.map(streamOf), ...drafts], erasureId);
    });
    if (erasure.subject !== 'imported') return;
    const subscribers = await this.#subscribersOf(erasure);
    if (subscribers.length > 0) {
      await this.#step(erasure, 'links', async () =>
        this.#erase(await this.#endSubscriptions(subscribers, erasureId), erasureId),
      );
    }
    await this.#step(erasure, 'account', () => this.#erase([`erasure-${erasureId}`], erasureId));
  }

  /**
   * The draft of an edit begins with the text of the comment, so it goes with it, and with it all that were kept in its
   * place before. Gives their streams. A draft that is kept at this moment is dropped by whoever keeps it, since its
   * comment is erased by then.
   */
  async #editDraftsOf({ erasureId, commentId }: KnownErasure): Promise<readonly string[]> {
    const kept = commentId === null ? null : await this.#parts.found.editDraftOf(commentId);
    if (kept === null) return [];
    const { memberId, placeId } = kept;
    const dropped = await this.#parts.queries.execute(new CountDropped(memberId, placeId));
    const ids = Array.from({ length: dropped + 1 }, (_, n) => deriveId(placeId, String(n)));
    const by = { memberId, roles: [] };
    for (const draftId of ids.slice(-1)) {
      const meta = metaOf(erasureId, `draft ${draftId}`);
      await this.#parts.views.reached(await this.#send(new DropDraft({ by, draftId, placeId }, meta)), SHOWN_WITHIN_MS);
    }
    return ids.map((draftId) => `draft-${draftId}`);
  }

  async #commentsOf({ erasureId, commentId, source }: KnownErasure): Promise<readonly string[]> {
    if (commentId !== null) return [commentId];
    const { email, name } = await this.#parts.queries.execute(new GetErasureWords(erasureId));
    if (email === null && name === null) return [];
    const { found } = this.#parts;
    // Before the look, so that a running import brings nothing behind it.
    await this.#remember(erasureId, found.marksOf({ email, name, source }));
    const { comments, emails } = await found.writtenBy({ email, name, source });
    const addresses = emails.flatMap((one) => found.marksOf({ email: one, name: null, source }));
    await this.#remember(erasureId, addresses);
    return comments;
  }

  async #remember(erasureId: string, marks: readonly string[]): Promise<void> {
    if (marks.length === 0) return;
    const meta = metaOf(erasureId, `remember ${[...marks].sort().join()}`);
    await this.#send(new RememberErased({ erasureId, marks }, meta));
  }

  async #waitingOf({ erasureId, subject, source }: KnownErasure): Promise<readonly string[]> {
    if (subject !== 'imported') return [];
    const { email, name } = await this.#parts.queries.execute(new GetErasureWords(erasureId));
    return email === null && name === null ? [] : this.#parts.found.waitingOf({ email, name, source });
  }

  async #subscribersOf({ erasureId, source }: KnownErasure): Promise<readonly string[]> {
    const { email, name } = await this.#parts.queries.execute(new GetErasureWords(erasureId));
    return email === null ? [] : this.#parts.found.subscribersOf({ email, name, source });
  }

  /** Gives their streams, whose keys are still to be destroyed. */
  async #endSubscriptions(subscribers: readonly string[], erasureId: string): Promise<readonly string[]> {
    for (const subscriberId of subscribers) {
      const meta = metaOf(erasureId, `subscriber ${subscriberId}`);
      await this.#send(new EndSubscription({ subscriberId, because: 'erased' }, meta));
    }
    return subscribers.map((id) => `subscriber-${id}`);
  }

  #erase(streams: readonly string[], erasureId: string): Promise<number> {
    return this.#parts.erasing.erase(streams, metaOf(erasureId, 'keys'));
  }

  async #step({ erasureId, steps }: KnownErasure, step: ErasureStep, work: () => Promise<number>): Promise<void> {
    if (steps.some((done) => done.step === step)) return;
    if (this.#isClosing()) throw new DomainError('shutting_down', 'The erasure goes on after the next start.');
    const count = await work();
    await this.#send(new RecordErasureStep({ erasureId, step, count }, metaOf(erasureId, `step ${step}`)));
    this.#parts.onStep?.(step);
  }

  /** An admin goes only while another stays, also when that one is on the way out at this moment. */
  async #mayGo({ memberId, erasureId, requestedAt }: MemberErasure): Promise<boolean> {
    if (!(await this.#parts.queries.execute(new HasOtherAdmin(memberId)))) return false;
    try {
      await this.#send(
        new LetAdminGo({ name: LEAVING_ADMINS, holder: memberId }, metaOf(erasureId, `goes ${requestedAt}`)),
      );
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'last_admin') return false;
      throw error;
    }
  }

  async #send(command: Command): Promise<Position> {
    return (await this.#parts.commands.execute(command)).position;
  }
}

const COMMENT = 'comment-';
const GUEST = 'guest-';

function isMember(erasure: KnownErasure): erasure is MemberErasure {
  return erasure.subject === 'member' && erasure.memberId !== null;
}

function streamOf({ commentId, memberId }: ReportOf): string {
  return `report-${commentId}-${memberId}`;
}

function metaOf(erasureId: string, what: string): CommandMeta {
  return systemMeta(deriveId(erasureId, what), erasureId);
}
