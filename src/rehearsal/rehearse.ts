import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Rehearsal } from '../../libs/client/index.ts';
import { isDisposableDomain } from '../../libs/disposable-addresses/index.ts';
import type { EventStore, RecordedEvent } from '../../libs/event-store/index.ts';
import {
  domainOfEmail,
  isErased,
  isUnreadable,
  type Remembered,
  type WithoutPersonal,
} from '../../libs/kernel/index.ts';
import { seenInComment } from '../../libs/markdown/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import { type CommentStatus, isModerator } from '../../libs/words/index.ts';
import { decoders } from '../commands/decoders.ts';
import { type CommentEvent, standingAfter } from '../domain/comment/comment.events.ts';
import type { CommentDecided } from '../domain/comment/decision.events.ts';
import type { MemberEvent } from '../domain/member/member.events.ts';
import { judge } from '../domain/policy/judge.ts';
import { policyOf } from '../domain/policy/policy.check.ts';
import type { Policy } from '../domain/policy/policy.settings.ts';
import { screensArrivals } from '../domain/policy/screen.ts';
import type { SanctionEvent } from '../domain/sanction/sanction.events.ts';
import { Authors, type RehearsedComment } from './authors.ts';
import { Registrations } from './registrations.ts';
import { JudgedTexts, type RehearsedText } from './texts.ts';

export interface RehearsalOrder {
  /** As it was sent: its form is checked here. */
  readonly policy: unknown;
  /** RFC 3339; null for the log's beginning and end. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface RehearsalParts {
  readonly store: Pick<EventStore, 'readAll' | 'head'>;
  readonly vault: Vault;
  /** Called as soon as it has begun, and now and then with how far the log was read: positions, of the head at the start. */
  readonly onProgress?: (progress: {
    readonly comments: number;
    readonly position: bigint;
    readonly head: bigint;
  }) => void;
  readonly signal?: AbortSignal;
}

/** The number of events read between two turns for other work. */
const TURN = 500;
/** A password that is erased was one. */
const ERASED = { email: null, passwordHash: '' };
const STREAMS = ['comment-', 'member-', 'sanction-'];

/**
 * Reads the log from its beginning, since the rules use what an author has done before, and judges each text of the
 * period by the other policy, with the knowledge of that moment. Nothing is recorded.
 * Throws DomainError `invalid` for a policy that could not be set; the signal's reason when it aborts.
 */
export async function rehearse(wish: RehearsalOrder, parts: RehearsalParts): Promise<Rehearsal> {
  const policy = policyOf(wish.policy);
  const head = await parts.store.head();
  const play = new Play({ ...wish, policy });
  parts.onProgress?.({ comments: 0, position: 0n, head });
  let read = 0;
  for await (const event of parts.store.readAll({ filter: { streamPrefixes: STREAMS } })) {
    if (event.position > head) break;
    await play.take(event, parts.vault);
    read += 1;
    if (read % TURN !== 0) continue;
    parts.signal?.throwIfAborted();
    parts.onProgress?.({ comments: play.texts.count, position: event.position, head });
    await nextTurn();
  }
  parts.onProgress?.({ comments: play.texts.count, position: head, head });
  const registrations = screensArrivals(policy) ? play.registrations.result({ version: 0, policy }, wish) : null;
  return { ...play.texts.result(wish.from, wish.to), registrations };
}

class Play {
  readonly texts = new JudgedTexts();
  readonly registrations = new Registrations();
  readonly #authors = new Authors();
  readonly #moderators = new Set<string>();
  readonly #wish: RehearsalOrder & { readonly policy: Policy };

  constructor(wish: RehearsalOrder & { readonly policy: Policy }) {
    this.#wish = wish;
  }

  async take(event: RecordedEvent, vault: Vault): Promise<void> {
    if (event.stream.startsWith('comment-')) return this.#comment(await decoders.comment.open(event, vault));
    if (event.stream.startsWith('member-')) {
      const fact = decoders.member.read(event);
      if (fact.type === 'MemberRegistered.v2' && screensArrivals(this.#wish.policy)) await this.#arrival(event, vault);
      return this.#member(fact);
    }
    return this.#sanction(decoders.sanction.read(event));
  }

  #comment(fact: Remembered<CommentEvent>): void {
    const { commentId } = fact.data;
    const at = fact.envelope.occurredAt;
    if (fact.type === 'CommentPosted.v1') {
      const { authorId } = fact.data;
      if (authorId === null) return;
      const body = isErased(fact.personal) ? null : fact.personal.body;
      const { language } = fact.data;
      this.#judge({ kind: 'post', commentId, authorId, at, body, language, isUnreadable: isUnreadable(fact.personal) });
      return this.#authors.posted({ commentId, authorId, at }, body);
    }
    if (fact.type === 'CommentEdited.v1') {
      const written = this.#authors.of(commentId);
      const body = isErased(fact.personal) ? null : fact.personal.body;
      const text = { at, body, language: fact.data.language, isUnreadable: isUnreadable(fact.personal) };
      if (written?.status === 'visible') this.#judge({ ...written, kind: 'edit', ...text });
      return this.#authors.edited(commentId, body);
    }
    if (fact.type === 'CommentLanguageSet.v1') this.texts.isIn(commentId, fact.data.language);
    if (fact.type === 'CommentJudged.v1') this.texts.wasJudged(commentId, fact.data.measure);
    if (fact.type === 'CommentDecided.v1') this.#judgeUnseen(fact);
    const standing = standingAfter(fact);
    if (standing !== null) this.#became(fact, standing.status);
  }

  #became(fact: Remembered<CommentEvent>, status: CommentStatus): void {
    const { commentId } = fact.data;
    const ruled = ruledBy(fact, status);
    this.#authors.became(commentId, status, ruled);
    if (ruled !== undefined) this.texts.wasRuled(commentId, ruled);
  }

  /**
   * Nobody decided on a text that was written under a decision which is taken back: it is judged when readers see it.
   */
  #judgeUnseen({ data: { commentId, to, undoes }, envelope: { occurredAt: at } }: Remembered<CommentDecided>): void {
    const written = this.#authors.of(commentId);
    if (!written) return;
    const { authorId, unjudged: body } = written;
    if (undoes !== null && to === 'visible' && body !== null)
      this.#judge({ kind: 'edit', commentId, authorId, at, body, isUnreadable: false });
    if (undoes === null || to === 'visible') written.unjudged = null;
  }

  #judge(text: RehearsedText & { kind: 'post' | 'edit'; commentId: string; authorId: string }): void {
    const { kind, commentId, authorId, at, body } = text;
    const { policy, from, to } = this.#wish;
    if (from !== null && Date.parse(at) < Date.parse(from)) return;
    if (to !== null && Date.parse(at) >= Date.parse(to)) return;
    const free = body === null || this.#moderators.has(authorId);
    const author = this.#authors.recordOf(authorId, at);
    const verdict = free ? null : judge({ version: 0, policy }, { kind, body, seenIn: seenInComment, now: at, author });
    this.texts.add(commentId, text, verdict);
  }

  #member(fact: WithoutPersonal<MemberEvent>): void {
    switch (fact.type) {
      case 'MemberRegistered.v2':
        this.#authors.registered(fact.data.memberId, fact.envelope.occurredAt, !fact.data.emailReserved);
        return this.#holds(fact.data.memberId, isModerator(fact.data.roles));
      case 'EmailConfirmed.v1':
      case 'EmailChanged.v1':
        return this.#authors.confirmed(fact.data.memberId);
      case 'MemberScreened.v1':
        return this.registrations.screened(fact.data.memberId, fact.data);
      case 'MemberRolesChanged.v1':
        return this.#holds(fact.data.memberId, isModerator(fact.data.roles));
      case 'MemberRenamed.v1':
      case 'MemberLocaleChanged.v1':
      case 'MemberPageChosen.v1':
      case 'MemberQuotingChosen.v1':
      case 'MemberLanguagesChosen.v1':
      case 'MemberTranslationsChosen.v1':
      case 'MemberPasswordChanged.v1':
      case 'AccountTakenBack.v1':
      case 'EmailChangeAsked.v1':
      case 'EmailChangeDropped.v1':
      case 'MemberSessionEnded.v1':
      case 'MemberSessionOpened.v1':
      case 'MemberSessionsEnded.v1':
      case 'SecondFactorOffered.v1':
      case 'SecondFactorTurnedOn.v1':
      case 'SecondFactorTurnedOff.v1':
      case 'SecondFactorUsed.v1':
      case 'RecoveryCodesMade.v1':
      case 'RecoveryCodeUsed.v1':
      case 'PasskeyAdded.v1':
      case 'PasskeyRemoved.v1':
      case 'PasskeyUsed.v1':
      case 'MemberNameLost.v1':
      case 'ProviderLinked.v1':
      case 'ProviderUnlinked.v1':
      case 'MemberApproved.v1':
      case 'MemberRefused.v1':
      case 'MemberErased.v1':
        return undefined;
      default:
        return fact satisfies never;
    }
  }

  /** Staff and invited people are never asked. */
  async #arrival(event: RecordedEvent, vault: Vault): Promise<void> {
    const fact = await decoders.member.open(event, vault);
    if (fact.type !== 'MemberRegistered.v2') return;
    const { memberId, roles, invitationId } = fact.data;
    const { email } = isErased(fact.personal) ? ERASED : fact.personal;
    if (roles.some((role) => role !== 'member') || invitationId !== null) return;
    const domain = email === null ? null : domainOfEmail(email);
    const isListed = domain !== null && isDisposableDomain(domain);
    this.registrations.registered(memberId, fact.envelope.occurredAt, { domain, isListed });
  }

  #holds(memberId: string, moderates: boolean): void {
    if (moderates) this.#moderators.add(memberId);
    else this.#moderators.delete(memberId);
  }

  #sanction(fact: WithoutPersonal<SanctionEvent>): void {
    const { memberId } = fact.data;
    if (fact.type === 'MemberSanctioned.v1' && fact.data.kind === 'pre-moderation') {
      this.#authors.premoderated(memberId, fact.data.sanctionId, fact.data.until);
    }
    if (fact.type === 'SanctionLifted.v1') this.#authors.lifted(memberId, fact.data.sanctionId);
  }
}

/**
 * Moderators' outcome for a comment; undefined where none decided. A decision that was taken back does not count, and a
 * waiting comment is not decided on yet.
 */
function ruledBy(fact: Remembered<CommentEvent>, status: CommentStatus): RehearsedComment['ruled'] | undefined {
  const isDecision =
    fact.type === 'CommentDecided.v1' || (fact.type === 'CommentRemoved.v1' && fact.data.by === 'moderator');
  if (!isDecision) return undefined;
  const isTakenBack = fact.type === 'CommentDecided.v1' && fact.data.undoes !== null;
  if (isTakenBack || status === 'held') return null;
  return status === 'visible' ? 'kept' : 'turned-down';
}
