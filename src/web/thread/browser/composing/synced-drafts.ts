import { ShelfClient } from '../../../../../libs/client/shelf-client.ts';
import type { Draft, DraftSpot } from '../../../../../libs/client/shelf-shapes.ts';
import type { ThreadClient } from '../../../../../libs/client/thread-client.ts';
import { Drafts, keep, kept } from '../../../shell/browser/kept.ts';
import type { ComposeWords } from '../../../shell/browser/writing/compose-words.ts';
import { EditDrafts, seenKey } from '../edit-drafts.ts';
import type { ThreadParts } from '../thread-view.ts';
import { problemIn } from './problem-in.ts';
import { inOneText, isTooLong, UnkeptNotice } from './unkept.ts';
import { askWhichText, type OtherText, showWayBack } from './which-text.ts';

/** Milliseconds after the last key, and between two texts: each that is kept stands in the log. */
const PAUSE_MS = 2_000;
const LEAST_MS = 15_000;

/** A field with what the forum has of it. */
interface Synced {
  readonly spot: DraftSpot;
  /** Names its place in the browser's own storage. */
  readonly key: string;
  readonly field: HTMLTextAreaElement;
  /** The text that was kept or read last. */
  text: string;
  sentAt: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** The forum is asked to keep the text now. */
  isKeeping: boolean;
  /** The form leaves for the forum with its text: nothing of it is kept, unless it is typed on. */
  isSent: boolean;
  /** Where the forum alone keeps texts: the one that is offered beside, which it keeps behind what is typed until its writer chose. */
  beside: Draft | null;
  readonly unkept: UnkeptNotice;
  /** Calls follow each other, so that a text is not kept after it was dropped. */
  turn: Promise<void>;
}

/**
 * Keeps unsent texts for the member's other devices: a text that another device kept is shown where the field is empty,
 * and offered where it is not. The browser's own copy comes first at every key.
 */
export class SyncedDrafts {
  readonly #shelf: ShelfClient;
  readonly #t: ComposeWords;
  readonly #memberId: string;
  readonly #postId: string;
  readonly #drafts: Drafts;
  readonly #view: ThreadParts['view'];
  readonly #fields = new Set<Synced>();
  /** What #seen tells where the browser gives no storage. */
  readonly #seenHere = new Map<string, string>();

  constructor({ page, view }: ThreadParts, rest: ThreadClient, t: ComposeWords) {
    this.#shelf = new ShelfClient(rest.http);
    this.#t = t;
    this.#memberId = page.viewer?.memberId ?? '';
    this.#postId = page.post.id;
    this.#view = view;
    this.#drafts = new Drafts(this.#memberId, this.#postId);
    view.subscribe(() => requestAnimationFrame(() => this.#lookForClosed()));
    addEventListener('beforeunload', (event) => {
      if ([...this.#fields].some((synced) => this.#isUnkept(synced))) event.preventDefault();
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') for (const synced of this.#fields) this.#keepNow(synced);
    });
  }

  /** Looks after a field of a comment from now on. */
  follow(field: HTMLTextAreaElement): void {
    // Leaving the page asks here then.
    if (field.dataset['synced'] !== undefined) return;
    field.dataset['synced'] = '';
    const spot = spotOf(field, this.#postId);
    const key = seenKey(this.#memberId, this.#postId, spot);
    const begun = { text: '', sentAt: 0, timer: undefined, isKeeping: false, isSent: false, beside: null };
    const unkept = new UnkeptNotice(field, this.#t);
    const synced: Synced = { spot, key, field, ...begun, unkept, turn: Promise.resolve() };
    this.#fields.add(synced);
    this.#inTurn(synced, () => this.#compare(synced));
    field.addEventListener('input', () => {
      synced.isSent = false;
      this.#typed(synced);
    });
    field.form?.addEventListener('submit', (event) => {
      if (!event.defaultPrevented) return this.#leave(synced, event);
      synced.isSent = false;
      // The form empties its field after this, and no event tells of that.
      setTimeout(() => this.#typed(synced));
    });
  }

  /** The page goes with the form that the forum takes; what it still keeps then would stand as unsent for ever. */
  #leave(synced: Synced, event: SubmitEvent): void {
    clearTimeout(synced.timer);
    if (synced.beside) this.#giveBack(synced);
    if (synced.isKeeping) {
      event.preventDefault();
      // The button sends it again once the forum has answered, however often it is pressed until then.
      if (!synced.isSent) void synced.turn.then(() => synced.field.form?.requestSubmit(event.submitter));
    }
    synced.isSent = true;
    synced.unkept.tell(false);
  }

  /** A form that closed with its text sent has nothing more to keep. */
  #typed(synced: Synced): void {
    clearTimeout(synced.timer);
    if (!this.#fields.has(synced) || !synced.field.isConnected) return;
    if (synced.field.value.trim() === '') return this.#keepNow(synced);
    if (isTooLong(this.#toKeep(synced, synced.field.value))) synced.unkept.tell(this.#forgets(synced));
    const wait = Math.max(PAUSE_MS, synced.sentAt + LEAST_MS - Date.now());
    synced.timer = setTimeout(() => this.#keepNow(synced), wait);
  }

  /** A form that was sent or cancelled left no text behind. */
  #lookForClosed(): void {
    for (const synced of this.#fields) {
      if (synced.field.isConnected) continue;
      clearTimeout(synced.timer);
      this.#fields.delete(synced);
      this.#inTurn(synced, () => this.#keepText(synced, this.#ownText(synced)));
      this.#giveBack(synced);
    }
  }

  #keepNow(synced: Synced): void {
    clearTimeout(synced.timer);
    this.#inTurn(synced, () => this.#keepText(synced, synced.field.value));
  }

  #inTurn(synced: Synced, work: () => Promise<void>): void {
    // Without an answer the text is in this browser alone, until the next pause.
    synced.turn = synced.turn.then(work).catch(() => undefined);
  }

  async #keepText(synced: Synced, typed: string): Promise<void> {
    const body = this.#toKeep(synced, typed);
    const over = this.#seen(synced);
    const isTaken = body === '' || body === synced.text || synced.isSent;
    if (isTaken) synced.unkept.tell(false);
    if (body === synced.text || synced.isSent) return;
    if (isTooLong(body)) return synced.unkept.tell(this.#forgets(synced));
    if (body === '') {
      if (over !== null) await this.#shelf.dropDraft(synced.spot);
      this.#see(synced, null);
      return;
    }
    synced.sentAt = Date.now();
    synced.isKeeping = true;
    try {
      this.#see(synced, await this.#shelf.keepDraft({ ...synced.spot, body, over }));
      synced.unkept.tell(false);
    } catch (failure) {
      if (problemIn(failure)?.code !== 'stale_revision') {
        synced.unkept.tell(!synced.isSent && this.#forgets(synced));
        throw failure;
      }
      synced.isKeeping = false;
      await this.#compare(synced);
    } finally {
      synced.isKeeping = false;
    }
  }

  #toKeep(synced: Synced, typed: string): string {
    const isNothing = typed.trim() === '' || this.#isOfComment(synced, typed);
    return inOneText(isNothing ? '' : typed, synced.beside?.body ?? '');
  }

  /** An edit that changes nothing is no draft. */
  #isOfComment({ spot }: Synced, typed: string): boolean {
    const comment = this.#view.now().comments.find(({ id }) => id === spot.commentId);
    return comment?.body?.trim() === typed.trim();
  }

  /**
   * Shows the text that another device kept since this one looked last, or that was put aside here; over a text only when
   * its writer says so.
   */
  async #compare(synced: Synced): Promise<void> {
    const { items } = await this.#shelf.drafts({ postId: this.#postId });
    const { field, spot } = synced;
    const draft = items.find((one) => one.parentId === spot.parentId && one.commentId === spot.commentId);
    const typed = field.value.trim();
    const aside = spot.commentId ? '' : this.#drafts.aside(spot.parentId ?? null).trim();
    const stands = draft?.body.trim();
    const isSeen = draft && (stands === typed || (draft.position === this.#seen(synced) && stands !== aside));
    if (draft && !isSeen) {
      const forgets = this.#forgets(synced);
      const isOlder = stands === aside || (forgets && synced.sentAt === 0);
      const told = isOlder ? 'compose.draftOlder' : 'compose.draftNewer';
      synced.beside = forgets ? draft : null;
      const offered = this.#offer(synced, { body: draft.body, told });
      // The other text was neither sent nor thrown away: the forum keeps it, and nothing here stands in its place.
      if (!forgets && !(await offered)) return;
      void offered.then((isChosen) => (isChosen ? this.#chosen(synced, draft) : this.#giveBack(synced)));
    }
    this.#see(synced, draft ?? null);
    const isLeft = aside !== '' && aside !== stands && aside !== field.value.trim();
    if (isLeft && !(await this.#offer(synced, { body: aside, told: 'compose.draftOlder' }))) return;
    if (aside !== '') this.#drafts.putAside(spot.parentId ?? null, null);
    // What was typed before this program came is kept too.
    if (field.value.trim() !== '' && !this.#isOfComment(synced, field.value)) this.#typed(synced);
  }

  /** False where the text in the field was sent meanwhile: what was put aside then stands there next. */
  async #offer(synced: Synced, other: OtherText): Promise<boolean> {
    const { field, spot } = synced;
    const isUntouched = field.value.trim() === '' || this.#isOfComment(synced, field.value);
    const takes = isUntouched || (await askWhichText(field, other, this.#t));
    if (takes) {
      const mine = field.value;
      write(field, other.body);
      if (!isUntouched) showWayBack(field, { mine, t: this.#t, write: (text) => write(field, text) });
    }
    if (takes !== null) return true;
    synced.text = '';
    const parentId = spot.parentId ?? null;
    const aside = spot.commentId ? '' : this.#drafts.aside(parentId);
    if (aside !== '') this.#drafts.write(parentId, aside);
    if (aside !== '') this.#drafts.putAside(parentId, null);
    return false;
  }

  /** The text in the field is the one that its writer wants. */
  #chosen(synced: Synced, other: Draft): void {
    if (synced.beside !== other) return;
    synced.beside = null;
    this.#typed(synced);
  }

  /**
   * Without a storage the forum alone keeps what is typed, and keeps the other text behind it. Where the form was sent or
   * closed instead of choosing, the other text stands there alone again.
   */
  #giveBack(synced: Synced): void {
    const { beside, spot } = synced;
    synced.beside = null;
    if (beside === null) return;
    synced.isKeeping = true;
    this.#inTurn(synced, async () => {
      try {
        await this.#shelf.keepDraft({ ...spot, body: beside.body, over: this.#seen(synced) });
        this.#see(synced, null);
      } finally {
        synced.isKeeping = false;
      }
    });
  }

  /** The text is on this page alone. */
  #isUnkept(synced: Synced): boolean {
    const { field, isSent, text } = synced;
    const body = field.isConnected ? this.#toKeep(synced, field.value) : '';
    return !isSent && body !== '' && body !== text && this.#forgets(synced);
  }

  /** The browser gives no storage. */
  #forgets({ key }: Synced): boolean {
    const before = kept(key);
    keep(key, before ?? '0');
    const forgets = kept(key) === null;
    keep(key, before);
    return forgets;
  }

  #ownText({ spot: { parentId = null, commentId } }: Synced): string {
    if (commentId) return new EditDrafts(this.#memberId, this.#postId).read(commentId)?.body ?? '';
    return this.#drafts.read(parentId);
  }

  #seen({ key }: Synced): string | null {
    return kept(key) ?? this.#seenHere.get(key) ?? null;
  }

  #see(synced: Synced, draft: Draft | null): void {
    synced.text = draft?.body ?? '';
    keep(synced.key, draft?.position ?? null);
    if (draft) this.#seenHere.set(synced.key, draft.position);
    else this.#seenHere.delete(synced.key);
  }
}

function write(field: HTMLTextAreaElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

const ANSWER = 'answer-';
const EDIT = 'edit-';

function spotOf({ id }: HTMLTextAreaElement, postId: string): DraftSpot {
  const parentId = id.startsWith(ANSWER) ? id.slice(ANSWER.length) : null;
  const commentId = id.startsWith(EDIT) ? id.slice(EDIT.length) : null;
  return { postId, parentId, commentId };
}
