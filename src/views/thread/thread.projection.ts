import type { Database } from 'better-sqlite3';
import { idBytes } from '../ids.ts';
import type { StoredOf } from '../stored.ts';
import { Numbers } from './numbers.ts';
import type { ThreadProjected } from './thread.query-types.ts';
import { afterBranch, CHANGE, pathStep, STATUS, WEIGHT } from './thread.schema.ts';
import { type CommentRow, prepareThread, type ThreadStatements } from './thread.statements.ts';

type Status = (typeof STATUS)[keyof typeof STATUS];
type Change = (typeof CHANGE)[keyof typeof CHANGE];

interface PostCount {
  comments: number;
  shown: number;
  visible: number;
}

/** Folds events into the thread's tables; counts are kept in memory until `flush`. */
export class ThreadProjection {
  readonly #sql: ThreadStatements;
  readonly #posts: Numbers;
  readonly #authors: Numbers;
  readonly #postCounts = new Map<bigint, PostCount>();
  readonly #authorCounts = new Map<bigint, number>();
  /** By post, how far the thread has changed in this batch. */
  readonly #changed = new Map<string, bigint>();
  /** The comment posted by the event before, and the command behind it. */
  #justPosted: { readonly stream: string; readonly correlationId: string } | null = null;

  constructor(db: Database) {
    this.#sql = prepareThread(db);
    this.#posts = new Numbers(db, 'post');
    this.#authors = new Numbers(db, 'author');
  }

  postPublished(event: StoredOf<'PostPublished.v1'>): void {
    this.#sql.publishPost.run(Date.parse(event.data.publishAt), this.#posts.of(event.data.postId));
    this.#changed.set(event.data.postId, event.position);
  }

  postEdited({ data, position }: StoredOf<'PostEdited.v1'>): void {
    if (data.publishAt === undefined) return;
    this.#sql.publishPost.run(Date.parse(data.publishAt), this.#posts.of(data.postId));
    this.#changed.set(data.postId, position);
  }

  postWithdrawn({ data, position }: StoredOf<'PostWithdrawn.v1'>): void {
    this.#sql.withdrawPost.run(this.#posts.of(data.postId));
    this.#changed.set(data.postId, position);
  }

  discussionChanged(event: StoredOf<'DiscussionChanged.v1'>): void {
    const { postId, state, slowModeSeconds, pinnedCommentId } = event.data;
    const post = this.#posts.of(postId);
    this.#sql.changeDiscussion.run(state, slowModeSeconds, pinnedCommentId ? idBytes(pinnedCommentId) : null, post);
    this.#change(event, CHANGE.discussion, { post, n: null, shadow: 0n });
  }

  commentPosted(event: StoredOf<'CommentPosted.v1'>): void {
    const { commentId, postId, parentId, depth, authorId } = event.data;
    const post = this.#posts.of(postId);
    const author = authorId === null ? null : this.#authors.of(authorId);
    const at = Date.parse(event.occurredAt);
    const parent = parentId === null ? null : this.#answer(parentId);
    const step = pathStep(at, event.position);
    const path = parent ? Buffer.concat([parent.path, step]) : step;
    const shadow = parent?.shadow ?? 0n;
    this.#sql.addComment.run(
      event.position, idBytes(commentId), post, parent?.n ?? null, depth, path, author, shadow,
      at, event.revision, event.position, event.sealed,
    );
    const seen = shadow === 0n ? 1 : 0;
    this.#countPost(post, { comments: 1, shown: seen, visible: seen });
    if (author !== null) this.#countAuthor(author, 1);
    this.#change(event, CHANGE.posted, { post, n: event.position, shadow });
    this.#justPosted = event;
  }

  commentEdited(event: StoredOf<'CommentEdited.v1'>): void {
    const { revision, position, sealed, data } = event;
    const edited = this.#sql.editComment.get(sealed, Date.parse(event.occurredAt), revision, position, idBytes(data.commentId));
    if (!edited) throw new Error(`comment ${data.commentId} was not posted`);
    this.#change(event, CHANGE.edited, edited);
  }

  /** What was held by the command that posted it was never seen: the thread tells nothing of it. */
  commentHeld(event: StoredOf<'CommentHeld.v1'>): void {
    const posted = this.#justPosted;
    const unseen = posted?.stream === event.stream && posted.correlationId === event.correlationId;
    const comment = this.#comment(event.data.commentId);
    this.#setStatus(event, comment, STATUS.held);
    const reload = this.#setHidden(comment, true);
    if (unseen) this.#sql.forgetChange.run(comment.post, comment.n);
    else this.#change(event, reload ? CHANGE.reload : CHANGE.held, comment);
  }

  /** A comment that is removed while it is hidden stays hidden. */
  commentRemoved(event: StoredOf<'CommentRemoved.v1'>): void {
    const comment = this.#comment(event.data.commentId);
    this.#setStatus(event, comment, STATUS.removed);
    this.#change(event, CHANGE.removed, comment);
  }

  commentRestored(event: StoredOf<'CommentRestored.v1'>): void {
    const comment = this.#comment(event.data.commentId);
    this.#setStatus(event, comment, STATUS.visible);
    const reload = this.#setHidden(comment, false);
    const shadow = comment.shadow - comment.hidden;
    this.#change(event, reload ? CHANGE.reload : CHANGE.restored, { ...comment, shadow });
  }

  /** Reactions of the comment's own author count, but not towards `best`. */
  reactionChanged(event: StoredOf<'ReactionAdded.v1' | 'ReactionWithdrawn.v1'>, by: 1 | -1): void {
    const { commentId, memberId, kind } = event.data;
    const reacted = this.#sql.react(kind).get(by, this.#authors.known(memberId), by * WEIGHT[kind], idBytes(commentId));
    if (!reacted) throw new Error(`comment ${commentId} was not posted`);
    this.#change(event, CHANGE.reaction, reacted);
  }

  flush(): readonly ThreadProjected[] {
    for (const [post, { comments, shown, visible }] of this.#postCounts) {
      this.#sql.countPost.run(comments, shown, visible, post);
    }
    for (const [author, comments] of this.#authorCounts) this.#sql.countAuthor.run(comments, author);
    const changed = [...this.#changed].map(([postId, position]) => ({ postId, position }));
    this.#postCounts.clear();
    this.#authorCounts.clear();
    this.#changed.clear();
    return changed;
  }

  #answer(parentId: string): Pick<CommentRow, 'n' | 'path' | 'shadow'> {
    const parent = this.#sql.answerTo.get(idBytes(parentId));
    if (!parent) throw new Error(`comment ${parentId} was not posted before its answer`);
    return parent;
  }

  #comment(commentId: string): CommentRow {
    const comment = this.#sql.commentById.get(idBytes(commentId));
    if (!comment) throw new Error(`comment ${commentId} was not posted`);
    return comment;
  }

  #setStatus(event: { revision: bigint; position: bigint; data: { postId: string } }, comment: CommentRow, to: Status): void {
    const visible = Number(to === STATUS.visible) - Number(comment.status === STATUS.visible);
    this.#sql.setStatus.run(to, event.revision, event.position, comment.n);
    if (visible !== 0 && comment.shadow === 0n) this.#countPost(comment.post, { comments: 0, shown: 0, visible });
    if (visible !== 0 && comment.author !== null) this.#countAuthor(comment.author, visible);
    if (visible !== 0 && comment.parent !== null) this.#sql.countReplies.run(visible, comment.parent);
    this.#changed.set(event.data.postId, event.position);
  }

  /** Hides the comment with all below it, or shows it again; true when there is something below. */
  #setHidden(comment: CommentRow, hidden: boolean): boolean {
    if ((comment.hidden === 1n) === hidden) return false;
    const branch = [comment.post, comment.path, afterBranch(comment.path)] as const;
    const count = (): PostCount => {
      const { shown = 0n, visible = 0n } = this.#sql.countBranch.get(...branch) ?? {};
      return { comments: 0, shown: Number(shown), visible: Number(visible) };
    };
    const before = count();
    const { changes } = this.#sql.shade.run(hidden ? 1 : -1, ...branch);
    this.#sql.setHidden.run(hidden ? 1 : 0, comment.n);
    const after = count();
    const { shown, visible } = { shown: after.shown - before.shown, visible: after.visible - before.visible };
    this.#countPost(comment.post, { comments: 0, shown, visible });
    return changes > 1;
  }

  /** What lies in a shadow is not told of; when the shadow goes, the whole branch is read anew. */
  #change(
    event: { position: bigint; occurredAt: string; data: { postId: string } },
    kind: Change,
    comment: { readonly post: bigint; readonly n: bigint | null; readonly shadow: bigint },
  ): void {
    this.#changed.set(event.data.postId, event.position);
    if (comment.shadow > 0n) return;
    this.#sql.addChange.run(comment.post, event.position, kind, comment.n, Date.parse(event.occurredAt));
  }

  #countPost(post: bigint, by: Readonly<PostCount>): void {
    const count = this.#postCounts.get(post);
    if (!count) this.#postCounts.set(post, { ...by });
    else {
      count.comments += by.comments;
      count.shown += by.shown;
      count.visible += by.visible;
    }
  }

  #countAuthor(author: bigint, by: number): void {
    this.#authorCounts.set(author, (this.#authorCounts.get(author) ?? 0) + by);
  }
}
