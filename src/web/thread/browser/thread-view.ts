import type { Comment } from '../../../../libs/client/shapes.ts';
import type { SessionState } from '../../../../libs/client/thread-follower.ts';
import type { Drafts } from '../../shell/browser/kept.ts';
import type { OpenForm } from '../parts/comment-node.ts';
import type {
  ChangingThread,
  Languages,
  OwnChanges,
  Presence,
  ThreadActions,
  ThreadContext,
} from '../parts/context.ts';
import type { ThreadPageData } from '../parts/page-data.ts';
import { isBy, type ShownComment } from '../parts/shown-comment.ts';
import type { Changing } from '../parts/use-current.ts';
import type { Arrivals } from './arrivals.ts';
import {
  countOf,
  elsewhereOf,
  isElsewhere,
  laterOf,
  onPage,
  type StartedPage,
  withUnsent,
  withWrittenAt,
} from './drawing.ts';
import type { LateSession } from './late-session.ts';
import type { PageThread } from './page-start.ts';
import { typedEarly } from './typed-early.ts';
import type { unsentComment } from './unsent-comment.ts';

/** Milliseconds for which a new comment is tinted. */
const FRESH_MS = 2_000;
/** Milliseconds between two announcements of writing; the forum forgets a writer after six seconds. */
const TYPING_EVERY_MS = 3_000;

const OPEN: ThreadContext['discussion'] = { state: 'open', slowModeSeconds: 0, pinnedCommentId: null };

export interface ViewParts {
  readonly session: LateSession;
  readonly drafts: Drafts | null;
  readonly start: StartedPage;
}

/** A thread on a page, for the programs that are loaded later. */
export interface ThreadParts extends Pick<StartedPage, 'page' | 'translator'>, Pick<ViewParts, 'session' | 'start'> {
  readonly view: ThreadView;
}

/** The comments that the reader sees, and those that wait or are folded. */
export interface Sight {
  /** Decides for each new comment, and gives them in tree order, with those that are shown at once. */
  readonly take: (comments: readonly Comment[], isOwn: (arrival: Comment) => boolean) => Arrivals;
  readonly shown: (comments: readonly Comment[]) => readonly Comment[];
  readonly state: (comments: readonly Comment[], left: Left) => Pick<ChangingThread, 'waiting' | 'later' | keyof Left>;
  /** Lets go of what waits in one place; gives the ids in tree order. */
  readonly reveal: (comments: readonly Comment[], place: string) => readonly string[];
  /** False when the reader must go to the page with the rest of a conversation. */
  readonly unfold: (rootId: string) => boolean;
  /** Brings a comment before the reader. */
  readonly goTo: (commentId: string) => void;
}

/** Draws an own comment that the forum has not acknowledged; only members have any. */
export type ShowsUnsent = typeof unsentComment;

/** The part of a thread that was not read. */
export type Left = Pick<ChangingThread, 'folds' | 'beyond'>;

/** The viewer's own marks on comments, as a page brings them. */
type OfViewer = Pick<ThreadPageData, 'ownReactions' | 'bookmarks'>;
/** What a page told of the viewer that stays until the next one. */
type Told = Pick<ThreadPageData, 'unread' | 'ignored'>;

/** Used until it is loaded, which is before anything arrives. */
const NOT_YET: Sight = {
  take: () => ({ all: [], shown: [] }),
  shown: (comments) => comments,
  state: (_, left) => ({ waiting: {}, later: 0, ...left }),
  reveal: () => [],
  unfold: () => false,
  goTo: () => undefined,
};

/** The drawn state; a new object for each change. */
export interface Drawn extends Pick<ThreadContext, 'own' | 'discussion'> {
  readonly state: ChangingThread;
  readonly languages: Languages | undefined;
  readonly comments: readonly ShownComment[];
  readonly count: number;
  readonly connection: SessionState['connection'];
  /** The thread was read anew from its beginning, which is not the shown page. */
  readonly isStale: boolean;
}

/** A comment in the answer to the reader's own request, until the thread tells something newer. */
interface Patch {
  readonly over: Comment | undefined;
  readonly comment: Comment;
}

/**
 * Stands between the thread's session and its components: holds back what would move, and does what the reader asks.
 */
export class ThreadView {
  readonly #parts: ViewParts;
  readonly #listeners = new Set<() => void>();
  readonly #presenceListeners = new Set<() => void>();
  readonly #arrivalListeners = new Set<(comment: Comment) => void>();
  readonly #patches = new Map<string, Patch>();
  #ownReactions: Readonly<Record<string, readonly string[]>>;
  #bookmarks: ReadonlySet<string>;
  readonly #told: Readonly<Record<keyof Told, ReadonlySet<string>>>;
  #openForm: OpenForm | null;
  /** The reader asked for the open form. */
  #isAsked = true;
  #fresh: ReadonlySet<string> = new Set();
  #own: ThreadContext['own'] = null;
  #languages: Languages | undefined;
  #sight = NOT_YET;
  #unsent: ShowsUnsent | null = null;
  #left: Left;
  /** Comments that were no news when they came: the reader asked for them. */
  #asked = 0;
  #typedAt = 0;
  #presence = '';
  /** The part of the session's state that was drawn last. */
  #drawnFrom: readonly unknown[] = [];
  /** What was drawn last. */
  #before: readonly ShownComment[] = [];
  #drawn: Drawn;
  readonly actions: ThreadActions;
  readonly presence: Changing<Presence>;

  constructor(
    parts: ViewParts,
    {
      openForm,
      ownReactions,
      bookmarks,
      unread,
      ignored,
      folds,
      beyond,
    }: Pick<ChangingThread, 'openForm' | keyof Left> & OfViewer & Told,
    languages?: Languages,
  ) {
    this.#parts = parts;
    this.#languages = languages;
    this.#left = { folds, beyond };
    this.#openForm = openForm;
    this.#ownReactions = ownReactions;
    this.#bookmarks = new Set(bookmarks);
    this.#told = { unread: new Set(unread), ignored: new Set(ignored) };
    this.#drawn = this.#draw();
    this.actions = this.#makeActions();
    this.presence = {
      now: () => this.#presenceNow(),
      subscribe: (listener) => listening(this.#presenceListeners, listener),
    };
    parts.session.subscribe(() => this.#sessionChanged());
  }

  readonly now = (): Drawn => this.#drawn;

  readonly subscribe = (listener: () => void): (() => void) => listening(this.#listeners, listener);

  /** Called with each comment of others that arrives, shown or held back, but for those whom the reader ignores. */
  onArrival(listener: (comment: Comment) => void): void {
    this.#arrivalListeners.add(listener);
  }

  /** The parts of conversations that were not read. */
  readonly left = (): Left =>
    (this.#parts.session.state.thread?.hasGaps ?? true) ? this.#left : { folds: {}, beyond: {} };

  /** From now on a member changes comments in place, and arrivals know what they would move. */
  equip(own: OwnChanges | null, sight: Sight, unsent: ShowsUnsent | null): void {
    this.#own = own;
    this.#unsent = unsent;
    this.#sight = sight;
    this.#redraw();
  }

  /** From now on translations are drawn. */
  readLanguages(languages: Languages): void {
    this.#languages = languages;
    this.#redraw();
  }

  #sessionChanged(): void {
    const { thread, presence, outbox, connection } = this.#parts.session.state;
    if (thread !== null && !isElsewhere(thread, this.#parts.start)) this.#take(thread);
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

  #take(thread: PageThread): void {
    const { session, start } = this.#parts;
    const own = new Set(session.state.outbox.map(({ id }) => id));
    const isOwn = (arrival: Comment): boolean => this.#isOwn(arrival) || own.has(arrival.id);
    const { all, shown } = this.#sight.take(onPage(thread, start), isOwn);
    for (const arrival of all) {
      const isFolded = isBy(arrival, this.#told.ignored) || this.#languages?.isInOtherLanguage(arrival, start.page);
      if (!this.#isOwn(arrival) && !isFolded) for (const listener of this.#arrivalListeners) listener(arrival);
    }
    if (shown.length > 0) this.#tint(shown);
  }

  #isOwn({ author }: Comment): boolean {
    const { viewer } = this.#parts.start.page;
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
    const { thread: current, outbox, connection, problem } = session.state;
    const isStale = current !== null && isElsewhere(current, start);
    const thread = current === null || isStale ? start.thread : current;
    const comments = onPage(thread, start);
    const known = new Set(comments.map(({ id }) => id));
    const unsent = outbox
      .filter(({ id }) => !known.has(id))
      .flatMap((entry) => this.#unsent?.(entry, comments, { ...start, connection, problem }) ?? []);
    const stored = this.#sight.shown(comments).map((comment) => this.#patched(comment));
    const held = this.#sight.state(comments, this.left());
    const later = laterOf(thread, comments, { start, asked: this.#asked }) + held.later;
    const drawn = withWrittenAt(withUnsent(stored, unsent, thread), this.#openForm, this.#before);
    this.#before = drawn;
    const elsewhere = elsewhereOf(drawn, start);
    return {
      comments: drawn,
      count: countOf(thread, start),
      state: {
        ...held,
        later,
        since: start.thread.position,
        elsewhere,
        fresh: this.#fresh,
        openForm: this.#openForm,
        ownReactions: this.#ownReactions,
        bookmarks: this.#bookmarks,
        ...this.#told,
      },
      discussion: thread.discussion ?? OPEN,
      own: this.#own,
      languages: this.#languages,
      connection,
      isStale,
    };
  }

  #patched(comment: Comment): Comment {
    const patch = this.#patches.get(comment.id);
    return patch !== undefined && patch.over === comment ? patch.comment : comment;
  }

  #presenceNow(): { readers: number; writing: readonly string[] } {
    const { readers, typing } = this.#parts.session.state.presence;
    const own = this.#parts.start.page.viewer?.displayName;
    return { readers, writing: typing.filter((name) => name !== own) };
  }

  /** Shows the answer of a request until the thread itself tells it, or something newer. */
  patch(comment: Comment): void {
    const over = this.#parts.session.state.thread?.comments.find(({ id }) => id === comment.id);
    this.#patches.set(comment.id, { over, comment });
    this.#redraw();
  }

  /** Opens one of the thread's forms; null closes it and goes back to its comment. */
  open(form: OpenForm | null): void {
    const before = this.#openForm;
    this.#isAsked = true;
    this.#openForm = form;
    this.#redraw();
    if (form === null && before !== null) this.#sight.goTo(before.commentId);
  }

  /** Opens a form that the reader did not ask for: neither eyes nor keyboard are moved. */
  openByItself(form: OpenForm | null): void {
    this.#isAsked = false;
    this.#openForm = form;
    this.#redraw();
  }

  /** Comments that the reader asked for, in tree order with those above them, and what of their conversation is still left out. */
  bring({ comments, position }: PageThread, left: Left, own: OfViewer): void {
    const { session, start } = this.#parts;
    const known = new Set(session.state.thread?.comments.map(({ id }) => id));
    this.#left = left;
    this.#ownReactions = { ...this.#ownReactions, ...own.ownReactions };
    this.#bookmarks = new Set([...this.#bookmarks, ...own.bookmarks]);
    session.now?.keepAll(comments, position);
    const began = BigInt(start.thread.position);
    this.#asked += comments.filter((one) => !known.has(one.id) && BigInt(one.position) <= began).length;
    this.#redraw();
  }

  setOwnReactions(commentId: string, kinds: readonly string[]): void {
    this.#ownReactions = { ...this.#ownReactions, [commentId]: kinds };
    this.#redraw();
  }

  setBookmarked(commentId: string, isMarked: boolean): void {
    const others = [...this.#bookmarks].filter((id) => id !== commentId);
    this.#bookmarks = new Set(isMarked ? [...others, commentId] : others);
    this.#redraw();
  }

  #makeActions(): ThreadActions {
    const { session, drafts } = this.#parts;
    return {
      open: (form) => this.open(form),
      takesFocus: () => this.#isAsked,
      post: (parentId, text, id) => this.#post(parentId, text, id),
      reveal: (parentId) => this.#reveal(parentId),
      unfold: (rootId) => this.#sight.unfold(rootId),
      retry: (commentId) => session.writing?.retry(commentId),
      discard: (commentId) => session.writing?.discard(commentId),
      typed: typedEarly,
      draft: (parentId, typed, formId) => {
        if (typed !== '') drafts?.noteEarly(parentId, formId, typed);
        return drafts?.begun(parentId, typed) ?? typed;
      },
      keepDraft: (parentId, text) => drafts?.write(parentId, text),
      typing: (parentId) => this.#typing(parentId),
      translation: (commentId, language, tell) => {
        import('./shown-translation.ts')
          .then(({ shownTranslation }) => shownTranslation(commentId, language))
          .then(tell, () => tell(null));
      },
    };
  }

  #post(parentId: string | null, text: string, formId: string): boolean {
    const { session: late, drafts, start } = this.#parts;
    // Any node knows the page by the address in the form, and perhaps not by its id alone.
    const isFirst = start.page.post.isUnwritten && (late.state.thread?.total ?? 0) === 0;
    const session = isFirst ? null : late.writing;
    if (session === null) {
      drafts?.send(parentId, formId, text);
      return false;
    }
    drafts?.write(parentId, null);
    this.#openForm = null;
    const id = session.post(text, parentId);
    this.#redraw();
    this.#sight.goTo(id);
    return true;
  }

  #reveal(parentId: string | null): void {
    const { thread } = this.#parts.session.state;
    if (thread === null) return;
    this.show(this.#sight.reveal(onPage(thread, this.#parts.start), parentId ?? ''));
  }

  /** Draws hidden comments, and goes to the first of them. */
  show(revealed: readonly string[]): void {
    this.#tint(revealed);
    this.#redraw();
    const [first] = revealed;
    if (first !== undefined) this.#sight.goTo(first);
  }

  #typing(parentId: string | null): void {
    const now = Date.now();
    if (now - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = now;
    this.#parts.session.writing?.typing(parentId);
  }
}

function listening(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
