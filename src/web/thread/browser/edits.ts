import { keepTrying } from '../../../../libs/client/keep-trying.ts';
import { ColloquyProblem } from '../../../../libs/client/problem.ts';
import type { ColloquyClient } from '../../../../libs/client/rest-client.ts';
import type { Comment } from '../../../../libs/client/shapes.ts';
import { ShelfClient } from '../../../../libs/client/shelf-client.ts';
import { keep, kept } from '../../shell/browser/kept.ts';
import type { Changing } from '../parts/use-current.ts';
import { type EditDraft, EditDrafts, seenKey } from './edit-drafts.ts';
import { type Refusal, refusalInWords } from './refusal.tsx';
import type { ThreadParts } from './thread-view.ts';
import { ToldValue } from './told-value.ts';

/** Milliseconds without an answer after which a try counts as lost: the next one finds what has become of it. */
const LOST_AFTER_MS = 15_000;

/** The state of an edit that is being sent, by its comment; none for one that is only typed. */
type Fares = Readonly<Record<string, { readonly isBusy: boolean; readonly refusal: Refusal | null }>>;

/**
 * The edits of one's own comments: kept until the forum has them, and sent by themselves when only a connection was
 * missing.
 */
export class Edits {
  readonly #parts: Pick<ThreadParts, 'view' | 'translator' | 'page'>;
  readonly #rest: ColloquyClient;
  readonly #drafts: EditDrafts;
  readonly #fares = new ToldValue<Fares>({});
  /** Belongs to the present live connection, or the last one. */
  #connection = new AbortController();
  #sending: Promise<void> = Promise.resolve();
  readonly fares: Changing<Fares> = this.#fares;

  constructor(parts: Pick<ThreadParts, 'view' | 'translator' | 'page'>, rest: ColloquyClient) {
    this.#parts = parts;
    this.#rest = rest;
    this.#drafts = new EditDrafts(parts.page.viewer?.memberId ?? '', parts.page.post.id);
    this.#connection.abort();
  }

  /** From now on waiting edits are sent whenever there is a connection. */
  followConnection(): void {
    for (const id of this.#drafts.commentIds) if (this.draft(id)?.isWaiting) this.#tell(id, this.#waits());
    const { view } = this.#parts;
    const follow = (): void => {
      const isLive = view.now().connection === 'live';
      if (isLive !== this.#connection.signal.aborted) return;
      if (!isLive) return this.#connection.abort();
      this.#connection = new AbortController();
      this.#sendWaiting();
    };
    view.subscribe(follow);
    follow();
  }

  draft(commentId: string): EditDraft | null {
    return this.#drafts.read(commentId);
  }

  /** The comments with an edit that is not saved. */
  get commentIds(): readonly string[] {
    return this.#drafts.commentIds;
  }

  /** The comment with the Markdown behind it, in its newest revision. */
  async newest(commentId: string): Promise<Comment> {
    const comment = await this.#rest.comment(commentId);
    this.#parts.view.patch(comment);
    return comment;
  }

  /** Keeps the typed text; a text that waited to be sent is then no longer the writer's last word. */
  type(commentId: string, body: string, revision: number): void {
    this.#drafts.write(commentId, { body, revision, isWaiting: false });
    this.#tell(commentId, null);
  }

  cancel(commentId: string): void {
    const draft = this.draft(commentId);
    this.#drafts.write(commentId, null);
    this.#tell(commentId, null);
    // Without an answer the forum keeps the text, and offers it once more.
    if (draft) this.#dropKept(commentId, draft.body.trim()).catch(() => undefined);
  }

  /** What another device kept and this one has not seen stays. */
  async #dropKept(commentId: string, typed: string): Promise<void> {
    const { viewer, post } = this.#parts.page;
    const shelf = new ShelfClient(this.#rest.http);
    const key = seenKey(viewer?.memberId ?? '', post.id, { commentId });
    const seen = kept(key);
    const { items } = await shelf.drafts({ postId: post.id });
    const ours = items.find((one) => one.commentId === commentId && (one.position === seen || one.body === typed));
    if (ours === undefined) return;
    await shelf.dropDraft({ postId: post.id, commentId });
    if (kept(key) === seen) keep(key, null);
  }

  /** Saves over the revision that its writer has seen. */
  async save(commentId: string, body: string, revision: number): Promise<void> {
    if (this.#fares.now()[commentId]?.isBusy) return;
    const draft = { body, revision, isWaiting: true };
    this.#drafts.write(commentId, draft);
    try {
      await this.#send(commentId, draft);
    } catch (failure) {
      this.#refused(commentId, failure);
    }
  }

  #sendWaiting(): void {
    const { signal } = this.#connection;
    this.#sending = this.#sending.then(async () => {
      for (const id of this.#drafts.commentIds) {
        await keepTrying(() => this.#sendIfWaiting(id), signal).catch((failure) => this.#refused(id, failure));
      }
    });
  }

  async #sendIfWaiting(commentId: string): Promise<void> {
    const draft = this.draft(commentId);
    if (draft?.isWaiting && !this.#fares.now()[commentId]?.isBusy) await this.#send(commentId, draft);
  }

  async #send(commentId: string, draft: EditDraft): Promise<void> {
    const { view } = this.#parts;
    this.#tell(commentId, this.#fares.now()[commentId]?.refusal ?? null, true);
    try {
      view.patch(await this.#edited(commentId, draft));
    } finally {
      this.#tell(commentId, this.#fares.now()[commentId]?.refusal ?? null);
    }
    if (this.draft(commentId)?.isWaiting === false) return;
    this.cancel(commentId);
    const { openForm } = view.now().state;
    if (openForm?.kind !== 'edit' || openForm.commentId !== commentId) return;
    // Only a writer who is still at the form is led back to the comment.
    if (document.activeElement?.closest(`#comment-${commentId}`)) view.open(null);
    else view.openByItself(null);
  }

  /** An edit whose answer was lost changes nothing when it is sent again from the same revision. */
  async #edited(commentId: string, { body, revision }: EditDraft): Promise<Comment> {
    const signal = this.#trying();
    try {
      return await this.#rest.editComment(commentId, { body, revision }, { signal });
    } catch (failure) {
      if (signal.aborted) throw new ColloquyProblem({ code: 'unreachable', detail: 'No answer has come.' });
      // The text that stands there now is shown above the typed one.
      if (isStale(failure)) await this.newest(commentId);
      throw failure;
    }
  }

  /** Aborts with the connection over which the try begins, since a request over a dead line may never end. */
  #trying(): AbortSignal {
    const { signal } = this.#connection;
    const late = AbortSignal.timeout(LOST_AFTER_MS);
    return signal.aborted ? late : AbortSignal.any([signal, late]);
  }

  /** The form itself says that the text was changed elsewhere. A fault of this program stops no other edit. */
  #refused(commentId: string, failure: unknown): void {
    if (!(failure instanceof ColloquyProblem)) {
      reportError(failure);
      return;
    }
    const draft = this.draft(commentId);
    if (failure.code === 'unreachable' && draft?.isWaiting) {
      this.#tell(commentId, this.#waits());
      this.#sendWaiting();
      return;
    }
    if (draft) this.#drafts.write(commentId, { ...draft, isWaiting: false });
    this.#tell(commentId, isStale(failure) && draft ? null : refusalInWords(failure, this.#parts.translator));
    const { view } = this.#parts;
    if (view.now().state.openForm === null) view.openByItself({ kind: 'edit', commentId });
  }

  #waits(): Refusal {
    return { reason: this.#parts.translator.t('comment.unsent'), isSignedOut: false, isWaiting: true };
  }

  #tell(commentId: string, refusal: Refusal | null, isBusy = false): void {
    this.#fares.tell({ ...this.#fares.now(), [commentId]: { isBusy, refusal } });
  }
}

function isStale(failure: unknown): boolean {
  return failure instanceof ColloquyProblem && failure.code === 'stale_revision';
}
