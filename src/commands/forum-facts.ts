import { type EventStore, type NumberedStreams, newestNumbered } from '../../libs/event-store/index.ts';
import type { Fold } from '../../libs/kernel/index.ts';
import { inForumWords, StreamFacts } from '../../libs/nest-decider/index.ts';
import { rolesInForce } from '../../libs/words/index.ts';
import type { CommentEvent } from '../domain/comment/comment.events.ts';
import { type CommentFacts, commentFacts } from '../domain/comment/comment.facts.ts';
import type { Surroundings } from '../domain/comment/findable.rules.ts';
import type { DiscussionEvent } from '../domain/discussion/discussion.events.ts';
import { type DiscussionFacts, discussionFacts } from '../domain/discussion/discussion.facts.ts';
import type { MemberEvent } from '../domain/member/member.events.ts';
import { type MemberFacts, memberFacts } from '../domain/member/member.facts.ts';
import { needsRecord } from '../domain/policy/judge.ts';
import type { PolicyEvent } from '../domain/policy/policy.events.ts';
import { policyFacts } from '../domain/policy/policy.facts.ts';
import { FIRST_POLICY, type PolicyInForce } from '../domain/policy/policy.settings.ts';
import { type JudgedAuthor } from '../domain/policy/subject.ts';
import type { PostEvent } from '../domain/post/post.events.ts';
import { type PostFacts, postFacts } from '../domain/post/post.facts.ts';
import type { SanctionEvent } from '../domain/sanction/sanction.events.ts';
import { type StandingFacts, sanctionInForce, standingFacts } from '../domain/sanction/standing.facts.ts';
import type { SiteEvent } from '../domain/site/site.events.ts';
import { siteFacts } from '../domain/site/site.facts.ts';
import type { SiteSettings } from '../domain/site/site.settings.ts';
import type { TranslationEvent } from '../domain/translation/translation.events.ts';
import { type TranslationFacts, translationFacts } from '../domain/translation/translation.facts.ts';
import type { Admins } from './admins.ts';
import { type AuthorRecords, NOTHING_WRITTEN } from './author-records.ts';
import { decoders } from './decoders.ts';
import { compileLists } from './ready-lists.ts';
import { streams } from './streams.ts';

/**
 * The facts that the rules may ask for beyond the stream they decide on, each as current as the log. All handlers over
 * a log share one instance, so that what one has read serves the others.
 */
export class ForumFacts {
  readonly #posts: StreamFacts<PostFacts | null, PostEvent>;
  readonly #discussions: StreamFacts<DiscussionFacts, DiscussionEvent>;
  readonly #comments: StreamFacts<CommentFacts | null, CommentEvent>;
  readonly #translations: StreamFacts<TranslationFacts | null, TranslationEvent>;
  readonly #standings: StreamFacts<StandingFacts, SanctionEvent>;
  readonly #members: StreamFacts<MemberFacts | null, MemberEvent>;
  readonly #sites: StreamFacts<SiteSettings, SiteEvent>;
  /** The versions of the policy that exist. */
  readonly #versions: StreamFacts<boolean, PolicyEvent>;
  readonly #policies: NumberedStreams;
  readonly #records: AuthorRecords;
  readonly #admins: Admins;
  #policy: PolicyInForce = { version: 0, policy: FIRST_POLICY };
  #hasLooked = false;
  #looking: Promise<void> | null = null;

  /** The log itself. */
  readonly store: EventStore;

  constructor(store: EventStore, records: AuthorRecords, admins: Admins) {
    this.store = store;
    this.#records = records;
    this.#admins = admins;
    this.#posts = new StreamFacts({ store, fold: postFacts, decoder: decoders.post });
    this.#discussions = new StreamFacts({ store, fold: discussionFacts, decoder: decoders.discussion });
    this.#comments = new StreamFacts({ store, fold: commentFacts, decoder: decoders.comment });
    this.#translations = new StreamFacts({ store, fold: translationFacts, decoder: decoders.translation, most: 10 });
    this.#standings = new StreamFacts({ store, fold: standingFacts, decoder: decoders.sanction });
    this.#members = new StreamFacts({ store, fold: memberFacts, decoder: decoders.member });
    this.#sites = new StreamFacts({ store, fold: siteFacts, decoder: decoders.site, most: 1 });
    this.#versions = new StreamFacts({ store, fold: HAS_EVENTS, decoder: decoders.policy, most: 10 });
    this.#policies = { store, nameOf: streams.policy };
  }

  post(postId: string): Promise<PostFacts | null> {
    return this.#posts.of(streams.post(postId));
  }

  discussion(postId: string): Promise<DiscussionFacts> {
    return this.#discussions.of(streams.discussion(postId));
  }

  comment(commentId: string): Promise<CommentFacts | null> {
    return this.#comments.of(streams.comment(commentId));
  }

  translation(translationId: string): Promise<TranslationFacts | null> {
    return this.#translations.of(streams.translation(translationId));
  }

  /** The surroundings of a comment; an unknown comment (null) has none. */
  async surroundings(comment: CommentFacts | null): Promise<Surroundings> {
    if (comment === null) return { post: null, belowHidden: false };
    const [post, belowHidden] = await Promise.all([this.post(comment.postId), this.#isBelowHidden(comment)]);
    return { post, belowHidden };
  }

  async #isBelowHidden({ parentId }: CommentFacts): Promise<boolean> {
    const parent = parentId === null ? null : await this.comment(parentId);
    return parent !== null && (parent.hidden || this.#isBelowHidden(parent));
  }

  async standing(memberId: string): Promise<StandingFacts> {
    const [standing, member] = await Promise.all([
      this.#standings.of(streams.sanction(memberId)),
      this.member(memberId),
    ]);
    return { ...standing, membership: member?.membership ?? 'active' };
  }

  /** The settings that admins made on pages; a setting of the environment is not among them. */
  site(): Promise<SiteSettings> {
    return this.#sites.of(streams.site());
  }

  /** Null when there is no such member. */
  member(memberId: string): Promise<MemberFacts | null> {
    return this.#members.of(streams.member(memberId));
  }

  /**
   * All admins who can act, as the log knows them; `memberId` is asked about in any case. Null in a program without
   * views, which cannot tell.
   */
  async admins(memberId: string, now: string): Promise<readonly string[] | null> {
    const named = await this.#admins.ids();
    if (named === null) return null;
    const ids = [...new Set([memberId, ...named])];
    const are = await Promise.all(ids.map((id) => this.isAdmin(id, now)));
    return ids.filter((_, index) => are[index]);
  }

  /** Whether it is an admin who can act. */
  async isAdmin(memberId: string, now: string): Promise<boolean> {
    const [member, standing] = await Promise.all([this.member(memberId), this.standing(memberId)]);
    if (member === null || !rolesInForce(member).includes('admin')) return false;
    return sanctionInForce(standing, 'ban', now) === undefined;
  }

  /**
   * The facts about an author that this policy's rules use; only rules that are on cause a look-up. Policy and standing may
   * still be on their way, so that the log is asked for everything at once.
   */
  async record(
    memberId: string,
    { inForce, stands }: { readonly inForce: Promise<PolicyInForce>; readonly stands: Promise<StandingFacts> },
    now: string,
  ): Promise<JudgedAuthor> {
    const [member, standing, written] = await Promise.all([
      this.member(memberId),
      stands,
      inForce.then(({ policy }) => (needsRecord(policy) ? this.#records.of(memberId) : NOTHING_WRITTEN)),
    ]);
    const isPremoderated = sanctionInForce(standing, 'pre-moderation', now) !== undefined;
    const { registeredAt = now, isConfirmed = true } = member ?? {};
    return { registeredAt, isPremoderated, isConfirmed, ...written };
  }

  /**
   * The newest policy. Only this version is remembered, ready to be asked; each call checks whether a newer one exists.
   */
  async policy(): Promise<PolicyInForce> {
    // The first call looks for all versions; calls made meanwhile wait for the same answer.
    if (!this.#hasLooked) await this.#lookForPolicy();
    while (await this.#versions.of(streams.policy(this.#policy.version + 1))) await this.#lookForPolicy();
    return this.#policy;
  }

  /**
   * The newest policy that this process has met, without another look at the log once it has looked. Throws DomainError
   * storage_unavailable.
   */
  async policyAtHand(): Promise<PolicyInForce> {
    try {
      if (!this.#hasLooked) await this.#lookForPolicy();
    } catch (error) {
      throw inForumWords(error);
    }
    return this.#policy;
  }

  #lookForPolicy(): Promise<void> {
    this.#looking ??= this.#findPolicy().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #findPolicy(): Promise<void> {
    const newest = await newestNumbered(this.#policies, this.#policy.version);
    const found = newest && policyFacts.evolve(null, decoders.policy.read(newest.event));
    if (found !== null) {
      await compileLists(found.policy);
      this.#policy = found;
    }
    this.#hasLooked = true;
  }
}

/** Whether somebody has made a version. */
const HAS_EVENTS: Fold<boolean, PolicyEvent> = { initial: () => false, evolve: () => true };
