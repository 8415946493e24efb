import type { Comment, CommentPage, ThreadChange } from '../../libs/client/index.ts';
import type { ThreadChangeKind } from '../../libs/words/index.ts';

interface Row {
  comment: Comment;
  readonly posted: number;
  hidden: boolean;
}

interface Step {
  readonly position: number;
  readonly kind: ThreadChangeKind;
  readonly commentId: string | null;
}

export interface PageWish {
  readonly sort: 'oldest' | 'newest';
  readonly limit: number;
  readonly cursor: string | null;
}

/**
 * A forum's thread in its plainest form, for tests of what follows one: each page is made anew from all comments, by
 * sorting whole paths. Changes are told as the forum tells them: as the thread is now.
 */
export class ThreadModel {
  readonly postId = 'p';
  readonly #rows: Row[] = [];
  readonly #steps: Step[] = [];
  #position = 100;
  /** Comments that were held share their moment with none: which of two comes first, a reader could not tell of one that comes back. */
  #holds = 0;

  get position(): string {
    return String(this.#position);
  }

  /** Over all pages. */
  get counts(): { readonly total: number; readonly visible: number } {
    return { total: this.#shown().length, visible: this.#visible().length };
  }

  /** `at`: minutes; `parent` counts the comments that can be answered. */
  post(at: number, parent: number | null): Comment {
    const answered = parent === null ? undefined : pick(this.#shown(), parent);
    const position = this.#step('comment-posted', `c${this.#rows.length}`);
    const comment: Comment = {
      id: `c${this.#rows.length}`,
      postId: this.postId,
      parentId: answered?.comment.id ?? null,
      depth: answered === undefined ? 0 : answered.comment.depth + 1,
      author: null,
      bodyHtml: null,
      body: `text ${position}`,
      status: 'visible',
      createdAt: new Date(Date.UTC(2015, 9, 1, 0, at, 0, this.#holds)).toISOString(),
      editedAt: null,
      revision: 0,
      replyCount: 0,
      reactions: {},
      position: String(position),
    };
    this.#rows.push({ comment, posted: position, hidden: false });
    return comment;
  }

  edit(which: number): void {
    const row = pick(this.#visible(), which);
    if (row === undefined) return;
    const position = this.#step('comment-edited', row.comment.id);
    this.#set(row, { body: `text ${position}`, editedAt: 'then' }, position);
  }

  remove(which: number): void {
    const row = pick(this.#visible(), which);
    if (row === undefined) return;
    this.#set(row, { status: 'removed', body: null }, this.#step('comment-removed', row.comment.id));
  }

  restore(which: number): void {
    const row = pick(
      this.#rows.filter(({ comment }) => comment.status !== 'visible'),
      which,
    );
    if (row === undefined) return;
    row.hidden = false;
    this.#set(row, { status: 'visible', body: 'back' }, this.#step('comment-restored', row.comment.id));
  }

  /** Only comments without answers: the others' branches are told by `reload`. */
  hold(which: number): void {
    const answered = new Set(this.#rows.map(({ comment }) => comment.parentId));
    const row = pick(
      this.#visible().filter(({ comment }) => !answered.has(comment.id)),
      which,
    );
    if (row === undefined || this.#hasTwin(row)) return;
    this.#holds += 1;
    row.hidden = true;
    this.#set(row, { status: 'held', body: null }, this.#step('comment-held', row.comment.id));
  }

  react(which: number): void {
    const row = pick(this.#shown(), which);
    if (row === undefined) return;
    const position = this.#step('reaction-changed', row.comment.id);
    row.comment = { ...row.comment, reactions: { like: position } };
  }

  discuss(): void {
    this.#step('discussion-changed', null);
  }

  page({ sort, limit, cursor }: PageWish): CommentPage {
    const all = this.#inOrder(sort);
    const roots = all.filter(({ comment }) => comment.depth === 0);
    const from = cursor === null ? 0 : roots.findIndex((row) => this.#isAfter(row, cursor, sort));
    const taken = from < 0 ? [] : roots.slice(from, from + limit);
    const last = taken.at(-1);
    const ids = new Set(taken.map(({ comment }) => comment.id));
    const items = all.filter((row) => ids.has(this.#rootOf(row).comment.id)).map((row) => this.#presented(row));
    const isLast = last === undefined || roots.at(-1) === last;
    return { position: this.position, total: all.length, items, next: isLast ? null : this.#keyOf(last) };
  }

  /** All that pages up to this cursor show now. */
  upTo(sort: PageWish['sort'], cursor: string | null): readonly Comment[] {
    const within = (row: Row): boolean => cursor === null || !this.#isAfter(this.#rootOf(row), cursor, sort);
    return this.#inOrder(sort)
      .filter(within)
      .map((row) => this.#presented(row));
  }

  changesAfter(after: string): readonly ThreadChange[] {
    return this.#steps.filter(({ position }) => position > Number(after)).flatMap((step) => this.#told(step));
  }

  #told({ position, kind, commentId }: Step): ThreadChange[] {
    const change = { position: String(position), at: 'then', kind };
    if (commentId === null)
      return [{ ...change, discussion: { state: 'open', slowModeSeconds: position, pinnedCommentId: null } }];
    const row = this.#rows.find(({ comment }) => comment.id === commentId);
    if (row === undefined || !isTold(kind, row)) return [];
    return [{ ...change, comment: this.#presented(row) }];
  }

  #step(kind: ThreadChangeKind, commentId: string | null): number {
    // Other threads have their part of the log.
    this.#position += 1 + (this.#position % 3);
    this.#steps.push({ position: this.#position, kind, commentId });
    return this.#position;
  }

  #set(row: Row, change: Partial<Comment>, position: number): void {
    row.comment = { ...row.comment, ...change, revision: row.comment.revision + 1, position: String(position) };
  }

  #hasTwin({ comment }: Row): boolean {
    return this.#rows.filter((row) => row.comment.createdAt === comment.createdAt).length > 1;
  }

  #shown(): Row[] {
    return this.#rows.filter(({ hidden }) => !hidden);
  }

  #visible(): Row[] {
    return this.#rows.filter(({ comment }) => comment.status === 'visible');
  }

  #inOrder(sort: PageWish['sort']): Row[] {
    const rows = this.#shown().sort((a, b) => (this.#path(a) < this.#path(b) ? -1 : 1));
    if (sort === 'oldest') return rows;
    const branches = Map.groupBy(rows, (row) => this.#rootOf(row));
    return [...branches.values()].reverse().flat();
  }

  #path(row: Row): string {
    const parent = this.#rows.find(({ comment }) => comment.id === row.comment.parentId);
    return (parent === undefined ? '' : this.#path(parent)) + this.#keyOf(row);
  }

  #keyOf({ comment, posted }: Row): string {
    return `/${comment.createdAt} ${String(posted).padStart(9, '0')}`;
  }

  #isAfter(row: Row, cursor: string, sort: PageWish['sort']): boolean {
    return sort === 'oldest' ? this.#keyOf(row) > cursor : this.#keyOf(row) < cursor;
  }

  #rootOf(row: Row): Row {
    const parent = this.#rows.find(({ comment }) => comment.id === row.comment.parentId);
    return parent === undefined ? row : this.#rootOf(parent);
  }

  #presented({ comment }: Row): Comment {
    const answers = this.#visible().filter((row) => row.comment.parentId === comment.id);
    return { ...comment, replyCount: answers.length };
  }
}

function isTold(kind: ThreadChangeKind, { hidden, comment }: Row): boolean {
  if (kind === 'comment-held') return hidden;
  if (kind === 'comment-removed') return !hidden && comment.status !== 'visible';
  return !hidden;
}

function pick<Item>(items: readonly Item[], which: number): Item | undefined {
  return items[which % items.length];
}
