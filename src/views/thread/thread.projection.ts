import type { Database } from 'better-sqlite3';
import { withoutCommitment } from '../../../libs/vault/index.ts';
import { REACTION_KINDS, REACTION_WEIGHTS } from '../../../libs/words/index.ts';
import { idBytes } from '../ids.ts';
import { Numbers } from '../numbers.ts';
import type { StoredOf } from '../stored.ts';
import { KeptChanges } from './kept-changes.ts';
import { textInLog } from './kept-seal.ts';
import { type TextStep, textStepCode } from './public-texts.ts';
import { Tallies } from './tallies.ts';
import type { PostedProjected, ThreadChangeTold } from './thread.query-types.ts';
import { CHANGE, STATUS } from './thread.schema.ts';
import { type PostStatements, preparePosts } from './thread.statements.ts';
import type { NewSeal, ThreadTables, TreePlace } from './thread.tables.ts';
import { postedCode, reactionCode, STEP_KIND, statusCode, ThreadSteps } from './thread-steps.ts';

/** The changes that a build keeps in memory, about 25 bytes each, before it writes them; mostly these are all. */
const MOST_CHANGES = 500_000;
/** The same for steps, which are all kept: enough that a thread's next ones fill a row or more. */
const MOST_STEPS = 200_000;

/** The fields of every event about something in a thread. */
interface ThreadEvent {
  readonly position: bigint;
  readonly occurredAt: string;
  readonly revision: bigint;
  readonly data: { readonly postId: string };
}

interface AboutComment extends ThreadEvent {
  readonly stream: string;
  readonly correlationId: string;
  readonly data: { readonly postId: string; readonly commentId: string };
}

/** The subject of a change: a comment, or the thread itself. */
interface ChangedPlace extends Pick<TreePlace, 'post' | 'shadow'> {
  readonly n: bigint | null;
}

/** Folds events into the thread's tables: the rules for the counts and for the changes that readers hear of. */
export class ThreadProjection<P extends TreePlace = TreePlace> {
  readonly #tables: ThreadTables<P>;
  readonly #tells: boolean;
  readonly #keepsTexts: boolean;
  readonly #posts: PostStatements;
  readonly #postNumbers: Numbers;
  readonly #authors: Numbers;
  readonly #tallies: Tallies;
  readonly #changes: KeptChanges;
  readonly #steps: ThreadSteps;
  /** The newest change of each thread in this batch, by the post's number. */
  readonly #changed = new Map<number, { postId: string; position: bigint; isOnlyMore: boolean }>();
  /** The members' comments that are new in this batch, and the comments with another text or status. */
  readonly #written: PostedProjected[] = [];
  readonly #altered = new Set<string>();
  #lastTime = { text: '', at: Number.NaN };
  /** The comment posted by the event before, and its command. */
  #justPosted: { readonly stream: string; readonly correlationId: string } | null = null;

  /** `tells` means that somebody hears of the changes; without `keepsTexts` they are read from the log. */
  constructor(
    db: Database,
    tables: ThreadTables<P>,
    { tells, keepsTexts }: { readonly tells: boolean; readonly keepsTexts: boolean },
  ) {
    this.#tables = tables;
    this.#tells = tells;
    this.#keepsTexts = keepsTexts;
    this.#posts = preparePosts(db);
    this.#postNumbers = new Numbers(db, 'post');
    this.#authors = new Numbers(db, 'author');
    this.#tallies = new Tallies(db);
    this.#changes = new KeptChanges(db);
    this.#steps = new ThreadSteps(db);
  }

  postPublished({ data, position }: StoredOf<'PostPublished.v1'>): void {
    const post = this.#postNumbers.of(data.postId);
    this.#posts.publish.run(Date.parse(data.publishAt), post);
    this.#touch(post, { data, position });
  }

  postEdited({ data, position }: StoredOf<'PostEdited.v1'>): void {
    if (data.publishAt === undefined) return;
    const post = this.#postNumbers.of(data.postId);
    this.#posts.publish.run(Date.parse(data.publishAt), post);
    this.#touch(post, { data, position });
  }

  postStands({ type, data, position }: StoredOf<'PostWithdrawn.v1' | 'PostBroughtBack.v1'>): void {
    const post = this.#postNumbers.of(data.postId);
    this.#posts.withdraw.run(type === 'PostWithdrawn.v1' ? 1 : 0, post);
    this.#touch(post, { data, position });
  }

  discussionChanged(event: StoredOf<'DiscussionChanged.v2'>): void {
    const { postId, state = null, slowModeSeconds = null, pinnedCommentId } = event.data;
    const post = this.#postNumbers.of(postId);
    const pinned = pinnedCommentId ? idBytes(pinnedCommentId) : null;
    this.#posts.changeDiscussion.run(state, slowModeSeconds, pinnedCommentId === undefined ? 0 : 1, pinned, post);
    this.#step(event, STEP_KIND.discussion, { post, n: 0n });
    this.#change(event, CHANGE.discussion, { post, n: null, shadow: 0 });
  }

  askingChanged(event: StoredOf<'AskingChanged.v1'>): void {
    const post = this.#postNumbers.of(event.data.postId);
    this.#posts.ask.run(event.data.asks ? 1 : 0, post);
    this.#change(event, CHANGE.discussion, { post, n: null, shadow: 0 });
  }

  /** Readers are told of the comment and of the discussion that it is the answer in. */
  answerChanged(event: StoredOf<'AnswerAccepted.v1' | 'AcceptanceTakenBack.v1'>): void {
    const { commentId } = event.data;
    const place = this.#tables.place(commentId);
    if (event.type === 'AnswerAccepted.v1') this.#posts.accept.run(idBytes(commentId), place.post);
    else this.#posts.takeBack.run(place.post, idBytes(commentId));
    this.#change(event, CHANGE.discussion, place);
  }

  featuredChanged(event: StoredOf<'CommentFeatured.v1' | 'CommentUnfeatured.v1'>): void {
    const place = this.#tables.place(event.data.commentId);
    const row = event.type === 'CommentFeatured.v1' ? this.#posts.feature : this.#posts.unfeature;
    row.run(place.post, place.n);
    this.#change(event, CHANGE.discussion, place);
  }

  commentPosted(event: StoredOf<'CommentPosted.v1'>): void {
    const { commentId, postId, parentId, depth, authorId, language = null } = event.data;
    const { position: n, revision } = event;
    const sealed = this.#kept(event.sealed, 0n);
    const at = this.#timeOf(event.occurredAt);
    const parent = parentId === null ? null : this.#tables.place(parentId);
    const post = this.#postNumbers.of(postId);
    const author = authorId === null ? null : this.#authors.of(authorId);
    const row = { commentId, n, post, author, authorId, depth, at, revision, sealed, language };
    const place = this.#tables.add(row, parent);
    const seen = place.shadow === 0 ? 1 : 0;
    this.#tallies.post(post, { comments: 1, shown: seen, visible: seen });
    if (author !== null) this.#tallies.author(author, 1);
    this.#tables.countAnswer(place, 1);
    if (place.shadow !== 0) this.#tables.setUnseen(place, true);
    this.#step(event, postedCode(place.shadow === 0), place);
    this.#touch(post, event, true);
    if (this.#tells && authorId !== null) this.#written.push({ authorId, posted: String(n), at });
    this.#justPosted = event;
  }

  commentEdited(event: StoredOf<'CommentEdited.v1'>): void {
    const place = this.#tables.place(event.data.commentId);
    const { revision, position } = event;
    const sealed = this.#kept(event.sealed, position - place.n);
    this.#textStep(event, place, { kind: 'edited', position, unseenBefore: this.#tables.isUnseen(place) });
    const isSeen = place.shadow === 0 && this.#tables.status(place).status === STATUS.visible;
    this.#tables.setUnseen(place, !isSeen);
    const { language = null } = event.data;
    this.#tables.edit(place, { sealed, at: Date.parse(event.occurredAt), revision, position, language });
    this.#step(event, STEP_KIND.edited, place);
    this.#change(event, CHANGE.edited, place);
    this.#alter(event);
  }

  /** Readers are shown the comment anew; nothing of it is another one in its past. */
  languageSet(event: StoredOf<'CommentLanguageSet.v1'>): void {
    const place = this.#tables.place(event.data.commentId);
    this.#tables.setLanguage(place, event.data.language);
    this.#tables.setRevision(place, event.revision);
    this.#step(event, STEP_KIND.passed, place);
    this.#change(event, CHANGE.edited, place);
    this.#alter(event);
  }

  /** The comment now counts as the member's; readers are shown it anew, with its author. */
  commentClaimed(event: StoredOf<'CommentClaimed.v1'>): void {
    const { commentId, memberId } = event.data;
    const place = this.#tables.place(commentId);
    const author = this.#authors.of(memberId);
    if (this.#tables.status(place).status === STATUS.visible) this.#tallies.author(author, 1);
    this.#tables.claim(commentId, { author, authorId: memberId }, event);
    this.#step(event, STEP_KIND.claimed, place);
    this.#change(event, CHANGE.edited, place);
    this.#alter(event);
  }

  #kept(sealed: Uint8Array | null, afterPosting: bigint): NewSeal {
    if (sealed === null) return null;
    return this.#keepsTexts ? withoutCommitment(sealed) : textInLog(sealed, afterPosting);
  }

  commentHeld(event: StoredOf<'CommentHeld.v2'>): void {
    if (event.data.keepsPlace) this.#show(event, STATUS.held);
    else this.#hide(event, STATUS.held);
  }

  /** A comment that is removed while hidden stays hidden. */
  commentRemoved(event: StoredOf<'CommentRemoved.v1'>): void {
    this.#empty(event, STATUS.removed);
  }

  /** Readers hear of it as of a removal; what they are told of the comment then says that it was erased. */
  commentErased(event: StoredOf<'CommentErased.v1'>): void {
    this.#empty(event, STATUS.erased);
  }

  commentRestored(event: StoredOf<'CommentRestored.v1'>): void {
    this.#show(event, STATUS.visible);
  }

  commentJudged(event: StoredOf<'CommentJudged.v1'>): void {
    const { measure } = event.data;
    if (measure === 'report') this.#passOver(event);
    else this.#hide(event, measure === 'hold' ? STATUS.held : STATUS.rejected);
  }

  commentDecided(event: StoredOf<'CommentDecided.v1'>): void {
    const { from, to, hidden, undoes } = event.data;
    const undoing = undoes !== null;
    if (from === to) this.#passOver(event);
    else if (hidden) this.#hide(event, STATUS[to], undoing);
    else this.#show(event, STATUS[to], undoing);
  }

  /** Reactions of the comment's own author count, but not in the sort `best`. */
  reactionChanged(event: StoredOf<'ReactionAdded.v1' | 'ReactionWithdrawn.v1'>, count: 1 | -1): void {
    const { commentId, memberId, kind: name } = event.data;
    const place = this.#tables.place(commentId);
    const kind = REACTION_KINDS.indexOf(name);
    if (kind === -1) throw new Error(`${name} is no kind of reaction`);
    this.#tables.setReaction(place, { memberId, kind, given: count === 1 });
    const own = this.#tables.isBy(place, memberId);
    this.#tables.countReaction(place, kind, { count, score: own ? 0 : count * REACTION_WEIGHTS[name] });
    this.#step(event, reactionCode(kind, { count, own }), place);
    this.#change(event, CHANGE.reaction, place);
  }

  /** Readers are shown the comment anew, with what is told of its translations. */
  translationChanged(event: StoredOf<'TranslationWritten.v1' | 'TranslationRemoved.v2'>): void {
    const { commentId } = event.data;
    if (commentId !== null) this.#change(event, CHANGE.discussion, this.#tables.place(commentId));
  }

  flush(): readonly ThreadChangeTold[] {
    this.#write();
    const told: ThreadChangeTold[] = [...this.#changed.values(), ...this.#written];
    for (const changedCommentId of this.#altered) told.push({ changedCommentId });
    this.#changed.clear();
    this.#written.length = 0;
    this.#altered.clear();
    return told;
  }

  /** A build calls this in place of `flush`: nobody hears of changes, and counts can wait. */
  pass(): void {
    if (this.#changes.waiting > MOST_CHANGES) this.#changes.flush();
    if (this.#steps.waiting > MOST_STEPS) this.#steps.flush();
  }

  #write(): void {
    this.#tables.flush();
    this.#tallies.flush();
    this.#changes.flush();
    this.#steps.flush();
  }

  /** The place stays as hidden or shown as it was. */
  #empty(event: AboutComment, to: number): void {
    const place = this.#tables.place(event.data.commentId);
    this.#setStatus(event, place, to);
    this.#rule(event, place, true);
    this.#step(event, statusCode(to, null), place);
    this.#change(event, CHANGE.removed, place);
  }

  /** A comment held by the command that posted it was never seen, so the thread tells nothing of it. */
  #hide(event: AboutComment, to: number, undoing = false): void {
    const unseen = this.#justPosted?.stream === event.stream && this.#justPosted.correlationId === event.correlationId;
    const place = this.#tables.place(event.data.commentId);
    this.#setStatus(event, place, to);
    this.#rule(event, place, true, undoing);
    this.#step(event, statusCode(to, true), place);
    const reload = this.#setHidden(place, true);
    if (unseen) this.#steps.hush(place.post, place.n);
    else this.#change(event, reload ? CHANGE.reload : CHANGE.held, place);
  }

  /** Readers see the comment, or its place. */
  #show(event: AboutComment, to: number, undoing = false): void {
    const { commentId } = event.data;
    const place = this.#tables.place(commentId);
    this.#setStatus(event, place, to);
    this.#rule(event, place, to !== STATUS.visible, undoing);
    this.#step(event, statusCode(to, false), place);
    const reload = this.#setHidden(place, false);
    this.#tables.sight(place);
    const kind = to === STATUS.visible ? CHANGE.restored : CHANGE.removed;
    this.#change(event, reload ? CHANGE.reload : kind, this.#tables.place(commentId));
  }

  /** Nothing changes for readers; the next change of the comment must name the new revision. */
  #passOver(event: AboutComment): void {
    const place = this.#tables.place(event.data.commentId);
    this.#tables.setRevision(place, event.revision);
    this.#step(event, STEP_KIND.passed, place);
    this.#touch(place.post, event);
  }

  #setStatus(event: AboutComment, place: P, to: number): void {
    const { status } = this.#tables.status(place);
    const visible = Number(to === STATUS.visible) - Number(status === STATUS.visible);
    this.#tables.setStatus(place, to, event);
    if (visible !== 0) {
      if (place.shadow === 0) this.#tallies.post(place.post, { visible });
      if (place.author !== null) this.#tallies.author(place.author, visible);
      this.#tables.countAnswer(place, visible);
    }
    this.#touch(place.post, event);
    this.#alter(event);
  }

  #rule(event: AboutComment, place: P, against: boolean, undoes = false): void {
    this.#textStep(event, place, { kind: 'decided', against, undoes });
  }

  #textStep({ position }: AboutComment, { post, n }: P, step: TextStep): void {
    this.#posts.addTextStep.run(post, n, position, textStepCode(step));
  }

  #alter({ data }: AboutComment): void {
    if (this.#tells) this.#altered.add(data.commentId);
  }

  /** Hides the comment with everything below it, or shows it again; true when there is something below. */
  #setHidden(place: P, hidden: boolean): boolean {
    if (this.#tables.status(place).hidden === hidden) return false;
    const { comments, shown, visible } = this.#tables.shade(place, hidden);
    this.#tallies.post(place.post, { shown, visible });
    return comments > 1;
  }

  /** Changes in a shadow are not told; when the shadow goes, the whole branch is read anew. A new comment is told by its step. */
  #change(event: ThreadEvent, kind: number, { post, n, shadow }: ChangedPlace): void {
    this.#touch(post, event, kind === CHANGE.reaction);
    if (shadow !== 0) return;
    this.#changes.add(post, { position: event.position, kind, comment: n, at: this.#timeOf(event.occurredAt) });
  }

  /** Records every step, also in a shadow, for the thread's past. */
  #step({ position, occurredAt }: ThreadEvent, code: number, { post, n }: Pick<TreePlace, 'post' | 'n'>): void {
    this.#steps.add(post, { position, comment: n, at: this.#timeOf(occurredAt), code });
  }

  /** The same time is asked for several times in a row, so the last one is remembered. */
  #timeOf(occurredAt: string): number {
    if (occurredAt !== this.#lastTime.text) this.#lastTime = { text: occurredAt, at: Date.parse(occurredAt) };
    return this.#lastTime.at;
  }

  #touch(post: number, { data, position }: Pick<ThreadEvent, 'data' | 'position'>, isOnlyMore = false): void {
    if (!this.#tells) return;
    const known = this.#changed.get(post);
    if (known) Object.assign(known, { position, isOnlyMore: known.isOnlyMore && isOnlyMore });
    else this.#changed.set(post, { postId: data.postId, position, isOnlyMore });
  }
}
