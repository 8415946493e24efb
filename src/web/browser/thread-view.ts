import type { OutboxEntry } from '../../../libs/client/outbox.ts';
import type { Comment } from '../../../libs/client/shapes.ts';
import type { Thread } from '../../../libs/client/thread-fold.ts';
import type { SessionState, ThreadSession } from '../../../libs/client/thread-session.ts';
import type { Translator } from '../i18n/translate.ts';
import type { OpenForm, OwnChanges, PresenceSource, ThreadActions, ThreadContext, ThreadPageInfo, ThreadState } from '../thread/context.ts';
import { reasonOf } from '../thread/refusal-messages.ts';
import type { Delivery, ShownComment } from '../thread/tree.ts';
import { HeldBack } from './held-back.ts';
import type { Drafts } from './kept.ts';

/** How long a comment that has just come is tinted. */
const FRESH_MS = 2_000;
/** The forum forgets that somebody writes after six seconds. */
const TYPING_EVERY_MS = 3_000;

const OPEN: ThreadContext['discussion'] = { state: 'open', slowModeSeconds: 0, pinnedCommentId: null };

export interface ViewParts {
  readonly session: ThreadSession;
  readonly drafts: Drafts | null;
  readonly page: ThreadPageInfo;
  readonly translator: Translator;
  /** The thread and its visible comments as the page showed them. */
  readonly start: Thread;
  readonly startCount: number;
  /** Whether showing an arrival now would move what is being read. */
  readonly wouldMove: (arrival: Comment, comments: readonly Comment[]) => boolean;
  /** Brings a comment before the reader. */
  readonly goTo: (commentId: string) => void;
}

/** What is drawn; a new object for each change. */
export interface Drawn extends Pick<ThreadContext, 'own' | 'discussion'> {
  readonly state: ThreadState;
  readonly comments: readonly ShownComment[];
  readonly count: number;
  readonly connection: SessionState['connection'];
  /** The thread was read anew from its beginning, which is not the page that is shown. */
  readonly isStale: boolean;
}

/** A comment as a request of one's own answered it, until the thread tells something newer. */
interface Patch {
  readonly over: Comment | undefined;
  readonly comment: Comment;
}

/** Between the thread's session and its components: holds back what would move, and does what the reader asks. */
export class ThreadView {
  readonly #parts: ViewParts;
  readonly #held: HeldBack;
  readonly #listeners = new Set<() => void>();
  readonly #presenceListeners = new Set<() => void>();
  readonly #arrivalListeners = new Set<(comment: Comment) => void>();
  readonly #patches = new Map<string, Patch>();
  readonly #startIds: ReadonlySet<string>;
  #ownReactions: Readonly<Record<string, readonly string[]>>;
  #openForm: OpenForm | null;
  #fresh: ReadonlySet<string> = new Set();
  #own: ThreadContext['own'] = null;
  #typedAt = 0;
  #presence = '';
  /** What of the session's state was drawn last. */
  #drawnFrom: readonly unknown[] = [];
  #drawn: Drawn;
  readonly actions: ThreadActions;
  readonly presence: PresenceSource;

  constructor(parts: ViewParts, { openForm, ownReactions }: Pick<ThreadState, 'openForm' | 'ownReactions'>) {
    this.#parts = parts;
    this.#held = new HeldBack(parts.start.comments);
    this.#startIds = new Set(parts.start.comments.map(({ id }) => id));
    this.#openForm = openForm;
    this.#ownReactions = ownReactions;
    this.#drawn = this.#draw();
    this.actions = this.#makeActions();
    this.presence = { now: () => this.#presenceNow(), subscribe: (listener) => listening(this.#presenceListeners, listener) };
    parts.session.subscribe(() => this.#sessionChanged());
  }

  get drawn(): Drawn {
    return this.#drawn;
  }

  subscribe(listener: () => void): () => void {
    return listening(this.#listeners, listener);
  }

  /** Called with each comment of others that arrives, shown or held back. */
  onArrival(listener: (comment: Comment) => void): void {
    this.#arrivalListeners.add(listener);
  }

  /** From now on comments are changed in place. */
  changeInPlace(own: OwnChanges): void {
    this.#own = own;
    this.#redraw();
  }

  #sessionChanged(): void {
    const { thread, presence, outbox, connection } = this.#parts.session.state;
    if (thread !== null && !this.#isElsewhere(thread)) this.#take(thread);
    const told = JSON.stringify(presence);
    if (told !== this.#presence) {
      this.#presence = told;
      for (const listener of this.#presenceListeners) listener();
    }
    const drawnFrom = [thread, outbox, connection];
    if (drawnFrom.some((part, n) => part !== this.#drawnFrom[n])) {
      this.#drawnFrom = drawnFrom;
      this.#redraw();
    }
  }

  #take(thread: Thread): void {
    const own = new Set(this.#parts.session.state.outbox.map(({ id }) => id));
    const shownNow: string[] = [];
    const arrivals = this.#held.take(thread.comments, (arrival) => {
      if (this.#isOwn(arrival) || own.has(arrival.id)) return false;
      const holds = this.#parts.wouldMove(arrival, thread.comments);
      if (!holds) shownNow.push(arrival.id);
      return holds;
    });
    for (const arrival of arrivals) {
      if (!this.#isOwn(arrival)) for (const listener of this.#arrivalListeners) listener(arrival);
    }
    if (shownNow.length > 0) this.#tint(shownNow);
  }

  /** A thread read anew begins at its first page; another page is then shown as it was, with a way to load it again. */
  #isElsewhere(thread: Thread): boolean {
    const { cursor } = this.#parts.page;
    const [first] = thread.comments;
    return cursor !== null && first !== undefined && !this.#startIds.has(first.id);
  }

  #isOwn({ author }: Comment): boolean {
    const { viewer } = this.#parts.page;
    return viewer !== null && author !== null && author.id === viewer.memberId;
  }

  #tint(ids: readonly string[]): void {
    this.#fresh = new Set([...this.#fresh, ...ids]);
    setTimeout(() => {
      this.#fresh = new Set([...this.#fresh].filter((id) => !ids.includes(id)));
      this.#redraw();
    }, FRESH_MS);
  }

  #redraw(): void {
    this.#drawn = this.#draw();
    for (const listener of this.#listeners) listener();
  }

  #draw(): Drawn {
    const { session, start } = this.#parts;
    const { thread: current, outbox, connection } = session.state;
    const isStale = current !== null && this.#isElsewhere(current);
    const thread = current === null || isStale ? start : current;
    const known = new Set(thread.comments.map(({ id }) => id));
    const unsent = outbox.filter(({ id }) => !known.has(id)).map((entry) => this.#shownUnsent(entry, thread));
    const stored = this.#held.shown(thread.comments).map((comment) => this.#patched(comment));
    const later = this.#later(thread);
    return {
      comments: thread.sort === 'newest' ? [...unsent, ...stored] : [...stored, ...unsent],
      count: this.#parts.startCount + visible(thread.comments) - visible(start.comments) + later,
      state: {
        waiting: this.#held.waiting(thread.comments),
        later,
        fresh: this.#fresh,
        openForm: this.#openForm,
        ownReactions: this.#ownReactions,
      },
      discussion: thread.discussion ?? OPEN,
      own: this.#own,
      connection,
      isStale,
    };
  }

  /** What was added to the whole thread but not to the page that is shown. */
  #later(thread: Thread): number {
    const { start } = this.#parts;
    return Math.max(0, thread.total - start.total - (thread.comments.length - start.comments.length));
  }

  #patched(comment: Comment): Comment {
    const patch = this.#patches.get(comment.id);
    return patch !== undefined && patch.over === comment ? patch.comment : comment;
  }

  #deliveryOf({ state, problem }: OutboxEntry): Delivery {
    const reason = problem === null ? null : reasonOf(problem, this.#parts.translator);
    if (state === 'failed') return { kind: 'refused', reason: reason ?? '' };
    if (this.#parts.session.state.connection !== 'live') return { kind: 'waiting', reason: null };
    return reason === null ? { kind: 'sending' } : { kind: 'waiting', reason };
  }

  #shownUnsent(entry: OutboxEntry, thread: Thread): ShownComment {
    const { id, postId, parentId, body, writtenAt } = entry;
    const { viewer } = this.#parts.page;
    const parent = thread.comments.find((comment) => comment.id === parentId);
    return {
      id,
      postId,
      parentId: parent ? parentId : null,
      depth: parent ? parent.depth + 1 : 0,
      author: viewer && { id: viewer.memberId, handle: viewer.handle, displayName: viewer.displayName, roles: viewer.roles },
      body,
      bodyHtml: null,
      status: 'visible',
      createdAt: writtenAt,
      editedAt: null,
      revision: 0,
      replyCount: 0,
      reactions: {},
      position: '0',
      delivery: this.#deliveryOf(entry),
    };
  }

  #presenceNow(): { readers: number; writing: readonly string[] } {
    const { readers, typing } = this.#parts.session.state.presence;
    const own = this.#parts.page.viewer?.displayName;
    return { readers, writing: typing.filter((name) => name !== own) };
  }

  /** What a request answered is shown until the thread itself tells it, or something newer. */
  patch(comment: Comment): void {
    const over = this.#parts.session.state.thread?.comments.find(({ id }) => id === comment.id);
    this.#patches.set(comment.id, { over, comment });
    this.#redraw();
  }

  /** Opens one of the thread's forms; null closes it and goes back to its comment. */
  open(form: OpenForm | null): void {
    const before = this.#openForm;
    this.#openForm = form;
    this.#redraw();
    if (form === null && before !== null) this.#parts.goTo(before.commentId);
  }

  setOwnReactions(commentId: string, kinds: readonly string[]): void {
    this.#ownReactions = { ...this.#ownReactions, [commentId]: kinds };
    this.#redraw();
  }

  #makeActions(): ThreadActions {
    const { session, drafts } = this.#parts;
    return {
      open: (form) => this.open(form),
      post: (parentId, text) => this.#post(parentId, text),
      reveal: (parentId) => this.#reveal(parentId),
      retry: (commentId) => session.retry(commentId),
      discard: (commentId) => session.discard(commentId),
      draft: (parentId) => drafts?.read(parentId) ?? '',
      keepDraft: (parentId, text) => drafts?.write(parentId, text),
      typing: (parentId) => this.#typing(parentId),
    };
  }

  #post(parentId: string | null, text: string): void {
    this.#parts.drafts?.write(parentId, null);
    this.#openForm = null;
    const id = this.#parts.session.post(text, parentId);
    this.#redraw();
    this.#parts.goTo(id);
  }

  #reveal(parentId: string | null): void {
    const { thread } = this.#parts.session.state;
    if (thread === null) return;
    const revealed = this.#held.reveal(thread.comments, parentId ?? '');
    this.#tint(revealed);
    this.#redraw();
    const [first] = revealed;
    if (first !== undefined) this.#parts.goTo(first);
  }

  #typing(parentId: string | null): void {
    const now = Date.now();
    if (now - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = now;
    this.#parts.session.typing(parentId);
  }
}

function visible(comments: readonly Comment[]): number {
  return comments.filter(({ status, author }) => status === 'visible' && author !== null).length;
}

function listening(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
