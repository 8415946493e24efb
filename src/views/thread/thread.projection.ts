import type { Database } from 'better-sqlite3';
import { REACTION_KINDS } from '../../domain/reaction/reaction.events.ts';
import { idBytes } from '../ids.ts';
import type { StoredOf } from '../stored.ts';
import { Numbers } from './numbers.ts';
import { type Place, Places } from './places.ts';
import { Tallies } from './tallies.ts';
import type { ThreadProjected } from './thread.query-types.ts';
import { afterBranch, CHANGE, pathStep, STATUS, WEIGHT } from './thread.schema.ts';
import { prepareThread, type StatusRow, type ThreadStatements } from './thread.statements.ts';

type Status = (typeof STATUS)[keyof typeof STATUS];
type Change = (typeof CHANGE)[keyof typeof CHANGE];

/** What every event about something in a thread carries. */
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

/** Folds events into the thread's tables. */
export class ThreadProjection {
  readonly #sql: ThreadStatements;
  readonly #posts: Numbers;
  readonly #authors: Numbers;
  readonly #places: Places;
  readonly #tallies: Tallies;
  /** By the post's number, how far its thread has changed in this batch. */
  readonly #changed = new Map<number, { postId: string; position: bigint }>();
  /** The comment posted by the event before, and the command behind it. */
  #justPosted: { readonly stream: string; readonly correlationId: string } | null = null;

  constructor(db: Database) {
    this.#sql = prepareThread(db);
    this.#posts = new Numbers(db, 'post');
    this.#authors = new Numbers(db, 'author');
    this.#places = new Places(db);
    this.#tallies = new Tallies(db);
  }

  postPublished({ data, position }: StoredOf<'PostPublished.v1'>): void {
    const post = this.#posts.of(data.postId);
    this.#sql.publishPost.run(Date.parse(data.publishAt), post);
    this.#touch(post, { data, position });
  }

  postEdited({ data, position }: StoredOf<'PostEdited.v1'>): void {
    if (data.publishAt === undefined) return;
    const post = this.#posts.of(data.postId);
    this.#sql.publishPost.run(Date.parse(data.publishAt), post);
    this.#touch(post, { data, position });
  }

  postWithdrawn({ data, position }: StoredOf<'PostWithdrawn.v1'>): void {
    const post = this.#posts.of(data.postId);
    this.#sql.withdrawPost.run(post);
    this.#touch(post, { data, position });
  }

  discussionChanged(event: StoredOf<'DiscussionChanged.v2'>): void {
    const { postId, state = null, slowModeSeconds = null, pinnedCommentId } = event.data;
    const post = this.#posts.of(postId);
    const pinned = pinnedCommentId ? idBytes(pinnedCommentId) : null;
    this.#sql.changeDiscussion.run(state, slowModeSeconds, pinnedCommentId === undefined ? 0 : 1, pinned, post);
    this.#change(event, CHANGE.discussion, { post, n: null, shadow: 0 });
  }

  commentPosted(event: StoredOf<'CommentPosted.v1'>): void {
    const { commentId, postId, parentId, depth, authorId } = event.data;
    const parent = parentId === null ? null : this.#places.of(parentId);
    const at = Date.parse(event.occurredAt);
    const step = pathStep(at, event.position);
    const place: Place = {
      n: event.position,
      post: this.#posts.of(postId),
      path: parent ? Buffer.concat([parent.path, step]) : step,
      author: authorId === null ? null : this.#authors.of(authorId),
      authorId,
      shadow: parent?.shadow ?? 0,
    };
    const { n, post, path, author, shadow } = place;
    const written = [at, event.revision, n, event.sealed];
    this.#sql.addComment.run(n, idBytes(commentId), post, parent?.n ?? null, depth, path, author, shadow, ...written);
    this.#places.add(commentId, place);
    const seen = shadow === 0 ? 1 : 0;
    this.#tallies.post(post, { comments: 1, shown: seen, visible: seen });
    if (author !== null) this.#tallies.author(author, 1);
    if (parent) this.#tallies.replies(parent.n, 1);
    this.#change(event, CHANGE.posted, place);
    this.#justPosted = event;
  }

  commentEdited(event: StoredOf<'CommentEdited.v1'>): void {
    const place = this.#places.of(event.data.commentId);
    this.#sql.editComment.run(event.sealed, Date.parse(event.occurredAt), event.revision, event.position, place.n);
    this.#change(event, CHANGE.edited, place);
  }

  commentHeld(event: StoredOf<'CommentHeld.v1'>): void {
    this.#hide(event, STATUS.held);
  }

  commentRemoved(event: StoredOf<'CommentRemoved.v1'>): void {
    this.#remove(event);
  }

  commentRestored(event: StoredOf<'CommentRestored.v1'>): void {
    this.#show(event);
  }

  commentJudged(event: StoredOf<'CommentJudged.v1'>): void {
    const { measure } = event.data;
    if (measure === 'report') this.#passOver(event);
    else this.#hide(event, measure === 'hold' ? STATUS.held : STATUS.rejected);
  }

  commentDecided(event: StoredOf<'CommentDecided.v1'>): void {
    const { from, to, undoes } = event.data;
    if (from === to || to === 'erased') this.#passOver(event);
    else if (to === 'visible') this.#show(event);
    else if (to === 'removed') this.#remove(event, undoes !== null);
    else this.#hide(event, STATUS[to]);
  }

  /** Reactions of the comment's own author count, but not towards `best`. */
  reactionChanged(event: StoredOf<'ReactionAdded.v1' | 'ReactionWithdrawn.v1'>, by: 1 | -1): void {
    const { commentId, memberId, kind } = event.data;
    const place = this.#places.of(commentId);
    const kindNumber = REACTION_KINDS.indexOf(kind);
    if (kindNumber === -1) throw new Error(`${kind} is no kind of reaction`);
    (by === 1 ? this.#sql.react : this.#sql.withdrawReaction).run(idBytes(memberId), place.post, place.n, kindNumber);
    this.#tallies.reaction(place.n, kind, { by, score: place.authorId === memberId ? 0 : by * WEIGHT[kind] });
    this.#change(event, CHANGE.reaction, place);
  }

  flush(): readonly ThreadProjected[] {
    this.#tallies.flush();
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    return changed;
  }

  /** What was held by the command that posted it was never seen: the thread tells nothing of it. */
  #hide(event: AboutComment, to: typeof STATUS.held | typeof STATUS.rejected): void {
    const unseen = this.#justPosted?.stream === event.stream && this.#justPosted.correlationId === event.correlationId;
    const place = this.#places.of(event.data.commentId);
    this.#setStatus(event, place, to);
    const reload = this.#setHidden(place, true);
    if (unseen) this.#sql.forgetChange.run(place.post, place.n);
    else this.#change(event, reload ? CHANGE.reload : CHANGE.held, place);
  }

  /** A comment that is removed while it is hidden stays hidden; one that is brought back to that, is as it was then. */
  #remove(event: AboutComment, again = false): void {
    const place = this.#places.of(event.data.commentId);
    this.#setStatus(event, place, STATUS.removed);
    if (again) this.#setHidden(place, this.#status(place).unseen === 1n);
    else this.#sql.rememberHidden.run(place.n);
    this.#change(event, CHANGE.removed, this.#places.of(event.data.commentId));
  }

  #show(event: AboutComment): void {
    const { commentId } = event.data;
    const place = this.#places.of(commentId);
    this.#setStatus(event, place, STATUS.visible);
    const reload = this.#setHidden(place, false);
    this.#change(event, reload ? CHANGE.reload : CHANGE.restored, this.#places.of(commentId));
  }

  /** For readers nothing has changed; whoever changes the comment next names the new revision. */
  #passOver(event: AboutComment): void {
    const place = this.#places.of(event.data.commentId);
    this.#sql.setRevision.run(event.revision, place.n);
    this.#touch(place.post, event);
  }

  #setStatus(event: ThreadEvent, place: Place, to: Status): void {
    const { status, parent } = this.#status(place);
    const visible = Number(to === STATUS.visible) - Number(status === STATUS.visible);
    this.#sql.setStatus.run(to, event.revision, event.position, place.n);
    const mark = to === STATUS.held || to === STATUS.rejected ? this.#sql.hold : this.#sql.release;
    if (place.author !== null) mark.run(place.author, place.post, place.n);
    if (visible !== 0 && place.shadow === 0) this.#tallies.post(place.post, { visible });
    if (visible !== 0 && place.author !== null) this.#tallies.author(place.author, visible);
    if (visible !== 0 && parent !== null) this.#tallies.replies(parent, visible);
    this.#touch(place.post, event);
  }

  /** Hides the comment with all below it, or shows it again; true when there is something below. */
  #setHidden(place: Place, hidden: boolean): boolean {
    if ((this.#status(place).hidden === 1n) === hidden) return false;
    this.#places.index();
    const branch = [place.post, place.path, afterBranch(place.path)] as const;
    const before = this.#sql.countBranch.get(...branch);
    const { changes } = this.#sql.shade.run(hidden ? 1 : -1, ...branch);
    this.#sql.setHidden.run(hidden ? 1 : 0, place.n);
    this.#places.forget();
    const after = this.#sql.countBranch.get(...branch);
    if (!before || !after) throw new Error('a branch was not counted');
    const [shown, visible] = [after.shown - before.shown, after.visible - before.visible];
    this.#tallies.post(place.post, { shown, visible });
    return changes > 1;
  }

  #status(place: Place): StatusRow {
    const row = this.#sql.statusOf.get(place.n);
    if (!row) throw new Error(`there is no comment ${place.n}`);
    return row;
  }

  /** What lies in a shadow is not told of; when the shadow goes, the whole branch is read anew. */
  #change(
    event: ThreadEvent,
    kind: Change,
    { post, n, shadow }: Pick<Place, 'post' | 'shadow'> & { n: bigint | null },
  ): void {
    this.#touch(post, event);
    if (shadow > 0) return;
    this.#sql.addChange.run(post, event.position, kind, n, Date.parse(event.occurredAt));
  }

  #touch(post: number, { data, position }: Pick<ThreadEvent, 'data' | 'position'>): void {
    const known = this.#changed.get(post);
    if (known) known.position = position;
    else this.#changed.set(post, { postId: data.postId, position });
  }
}
