import type { PostDraft, PostDraftText } from '../../../../libs/client/post-draft-shapes.ts';
import type { PostDraftsClient } from '../../../../libs/client/post-drafts-client.ts';
import { ColloquyProblem } from '../../../../libs/client/problem.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { appearAtIn, typedTags } from '../typed-post.ts';
import type { WrittenPost } from '../write-data.ts';
import { type KeptForm, typedFields } from './kept-form.ts';

/** Milliseconds after the last key, and between two savings: each stands in the log. */
const PAUSE_MS = 2_000;
const LEAST_MS = 10_000;
/** Until another try, when the forum did not say. */
const AGAIN_MS = 15_000;
/** Bytes that a browser still sends of a page that is left, with some room. */
const MOST_ON_LEAVE = 60_000;

interface SavedParts extends WrittenPost {
  readonly memberId: string;
  readonly drafts: PostDraftsClient;
  readonly page: Translator;
}

/** Hands what is typed to the forum after a pause, and when the page is left; where somebody kept a newer text it says so and stops. */
export class SavedDraft {
  readonly #kept: KeptForm;
  readonly #parts: SavedParts;
  readonly #line: HTMLElement | null;
  #saved: string;
  #sentAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | null = null;
  #isStopped: boolean;
  /** The form is on its way: what it holds is no draft any more, unless it is typed on. */
  #isSent = false;

  constructor(kept: KeptForm, parts: SavedParts) {
    this.#kept = kept;
    this.#parts = parts;
    this.#line = kept.form.querySelector('[data-kept-line]');
    this.#isStopped = parts.isStopped;
    this.#saved = this.#wish();
  }

  follow(): void {
    const { form } = this.#kept;
    form.addEventListener('input', () => {
      this.#isSent = false;
      this.#typed(PAUSE_MS);
    });
    form.addEventListener('submit', (event) => this.#submitted(event), { capture: true });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.#leave();
    });
    addEventListener('pagehide', () => this.#leave());
    // What this browser kept, or what was typed before this program came.
    if (this.#kept.isUnsaved && !this.#isStopped) {
      this.#saved = '';
      void this.#save();
    }
  }

  #typed(pause: number): void {
    clearTimeout(this.#timer);
    if (this.#isStopped) return;
    const wait = Math.max(pause, this.#sentAt + LEAST_MS - Date.now());
    this.#timer = setTimeout(() => void this.#save(), wait);
  }

  /** A draft is kept without leaving the page; nothing is sent while a saving is under way, whose answer it needs. */
  #submitted(event: SubmitEvent): void {
    const { submitter } = event;
    const keeps = submitter instanceof HTMLButtonElement && submitter.value === 'draft' && !this.#isStopped;
    clearTimeout(this.#timer);
    this.#isSent = !keeps;
    if (!keeps && this.#saving === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (keeps) void (this.#saving ?? Promise.resolve()).then(() => this.#save());
    else void this.#saving?.then(() => this.#kept.form.requestSubmit(submitter));
  }

  #save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#saving ??= this.#send().finally(() => {
      this.#saving = null;
    });
    return this.#saving;
  }

  async #send(): Promise<void> {
    const text = this.#text();
    const wish = JSON.stringify(text);
    if (wish === this.#saved || this.#isStopped || !this.#hasWords()) return;
    this.#sentAt = Date.now();
    const { drafts, postId } = this.#parts;
    try {
      const draft = await drafts.keep(this.#id(postId), { ...text, over: this.#field('over') || null });
      this.#taken(wish, draft);
    } catch (failure) {
      this.#failed(failure);
    }
  }

  #taken(wish: string, draft: PostDraft): void {
    const { page, isNew, memberId } = this.#parts;
    this.#saved = wish;
    this.#set('over', draft.position);
    const time = new Date(draft.keptAt).toLocaleTimeString(page.locale, { timeStyle: 'short' });
    this.#tell(page.t('write.saved', { time }));
    if (isNew) this.#moveTo(`/write/${draft.postId}`);
    if (wish === this.#wish())
      this.#kept.saved(
        `colloquy:write:${isNew ? `${memberId}:${draft.postId}` : (this.#kept.form.dataset['draft'] ?? '')}`,
      );
    else this.#typed(PAUSE_MS);
  }

  /** The draft has an address of its own, to which a change of the language leads back. */
  #moveTo(path: string): void {
    history.replaceState(history.state, '', path);
    const next = document.querySelector<HTMLInputElement>('.language-form [name=next]');
    if (next) next.value = path;
  }

  #failed(failure: unknown): void {
    const { page } = this.#parts;
    const problem = failure instanceof ColloquyProblem ? failure : null;
    if (problem?.code === 'stale_revision') {
      this.#isStopped = true;
      const compare = document.createElement('button');
      Object.assign(compare, { type: 'submit', name: 'do', value: 'draft', className: 'button', formNoValidate: true });
      compare.textContent = page.t('write.compare');
      this.#tell(`${page.t('write.newerKept')} `, compare);
      return;
    }
    const told = problem?.code === 'invalid' ? problem.detail : page.t('write.unsaved');
    this.#tell(told ?? page.t('write.unsaved'));
    if (problem?.code === 'invalid') return;
    this.#typed((problem?.retryAfterSeconds ?? 0) * 1_000 || AGAIN_MS);
  }

  /** The page may go before an answer comes. */
  #leave(): void {
    const text = this.#text();
    const wish = JSON.stringify(text);
    if (wish === this.#saved || this.#isStopped || this.#isSent || this.#saving !== null || !this.#hasWords()) return;
    const body = JSON.stringify({ ...text, over: this.#field('over') || null });
    if (new TextEncoder().encode(body).length > MOST_ON_LEAVE) return;
    const { memberId, postId } = this.#parts;
    const headers = { 'content-type': 'application/json', 'colloquy-as': memberId };
    const path = `/api/v1/post-drafts/${this.#id(postId)}`;
    this.#saving = fetch(path, { method: 'PUT', headers, body, keepalive: true })
      .then(async (answer) => {
        const draft: unknown = await answer.json();
        const position: unknown = Reflect.get(Object(draft), 'position');
        if (!answer.ok || typeof position !== 'string') return;
        this.#saved = wish;
        this.#set('over', position);
      })
      .catch(() => undefined)
      .finally(() => {
        this.#saving = null;
      });
  }

  /** What a saving sends. */
  #text(): PostDraftText {
    const fields = typedFields(this.#kept.form);
    const { title = '', slug = '', body = '', excerpt = '', tags = '', locale = 'en', kind } = fields;
    const own = { title, slug, body, excerpt, tags: typedTags(tags), locale };
    return { ...own, kind: kind === 'newsletter' ? kind : 'article', appearAt: appearAtIn(fields) };
  }

  #wish(): string {
    return JSON.stringify(this.#text());
  }

  /** An empty form is no draft, unless it was one. */
  #hasWords(): boolean {
    const { title = '', body = '', excerpt = '' } = typedFields(this.#kept.form);
    return this.#field('over') !== '' || `${title}${body}${excerpt}`.trim() !== '';
  }

  /** What this browser kept may be of another draft than the page's own. */
  #id(postId: string): string {
    return this.#field('id') || postId;
  }

  #field(name: string): string {
    const field = this.#kept.form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field.value : '';
  }

  #set(name: string, value: string): void {
    const field = this.#kept.form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }

  #tell(...parts: readonly (string | Node)[]): void {
    this.#line?.replaceChildren(...parts);
  }
}
