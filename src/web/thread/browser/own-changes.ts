import { ColloquyProblem } from '../../../../libs/client/problem.ts';
import type { ColloquyClient } from '../../../../libs/client/rest-client.ts';
import { ShelfClient } from '../../../../libs/client/shelf-client.ts';
import type { ReactionKind } from '../../../../libs/words/index.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import type { Changing } from '../parts/use-current.ts';
import { type Refusal, refusalInWords } from './refusal.tsx';
import type { ThreadView } from './thread-view.ts';
import { ToldValue } from './told-value.ts';

/** A member's changes to existing comments: sent to the forum, and shown at once. */
export class CommentChanges {
  readonly #view: ThreadView;
  readonly #translator: Translator;
  readonly #rest: ColloquyClient;
  readonly #shelf: ShelfClient;
  readonly #refused = new ToldValue<Readonly<Record<string, Refusal | null>>>({});
  /** The reason why the last reaction was refused, by comment. */
  readonly refused: Changing<Readonly<Record<string, Refusal | null>>> = this.#refused;

  constructor(view: ThreadView, translator: Translator, rest: ColloquyClient) {
    this.#rest = rest;
    this.#shelf = new ShelfClient(rest.http);
    this.#view = view;
    this.#translator = translator;
  }

  /** Null when it succeeded, otherwise the reason. */
  remove(commentId: string): Promise<Refusal | null> {
    return this.#tried(async () => {
      this.#view.patch(await this.#rest.removeComment(commentId));
      this.#view.open(null);
    });
  }

  /** Shown as pressed at once, and released again when it was refused. */
  async react(commentId: string, kind: ReactionKind): Promise<void> {
    const before = this.#view.now().state.ownReactions[commentId] ?? [];
    const had = before.includes(kind);
    this.#view.setOwnReactions(commentId, had ? before.filter((own) => own !== kind) : [...before, kind]);
    const failed = await this.#tried(async () => {
      const answer = had ? this.#rest.unreact(commentId, kind) : this.#rest.react(commentId, kind);
      this.#view.patch(await answer);
    });
    if (failed !== null) this.#view.setOwnReactions(commentId, before);
    this.#refused.tell({ ...this.#refused.now(), [commentId]: failed });
  }

  /** Shown as marked at once, and as before when it was refused. */
  async bookmark(commentId: string): Promise<void> {
    const had = this.#view.now().state.bookmarks.has(commentId);
    this.#view.setBookmarked(commentId, !had);
    const failed = await this.#tried(async () => {
      if (had) await this.#shelf.unmarkComment(commentId);
      else await this.#shelf.bookmarkComment(commentId);
    });
    if (failed !== null) this.#view.setBookmarked(commentId, had);
    this.#refused.tell({ ...this.#refused.now(), [commentId]: failed });
  }

  async #tried(work: () => Promise<void>): Promise<Refusal | null> {
    try {
      await work();
      return null;
    } catch (failure) {
      if (failure instanceof ColloquyProblem) return refusalInWords(failure, this.#translator);
      throw failure;
    }
  }
}
