import type { ThreadClient } from '../../../../../libs/client/thread-client.ts';
import type { ComposeWords } from '../../../shell/browser/writing/compose-words.ts';
import { languageOf } from '../../../shell/i18n/language-of.ts';
import type { Translator } from '../../../shell/i18n/translate.ts';
import { shownHtml } from '../../../shell/shown-html.ts';
import { problemIn } from './problem-in.ts';

/** Milliseconds after the last key. */
const PAUSE_MS = 350;
/** Seconds until another try when the forum did not say when. */
const AGAIN_S = 10;

interface PreviewParts {
  readonly rest: ThreadClient;
  readonly t: ComposeWords;
  /** The thread's own words, with which its texts are shown. */
  readonly translator: Translator;
}

/** The text beside its field as readers will see it: made by the forum, so that both are the same. */
export class LivePreview {
  readonly element = document.createElement('section');
  readonly #field: HTMLTextAreaElement;
  readonly #parts: PreviewParts;
  readonly #body = document.createElement('div');
  readonly #told = document.createElement('p');
  #shown = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | null = null;

  constructor(field: HTMLTextAreaElement, parts: PreviewParts) {
    this.#field = field;
    this.#parts = parts;
    this.element.className = 'composing-preview';
    this.element.ariaLabel = parts.t('compose.preview');
    this.element.tabIndex = 0;
    this.element.hidden = true;
    this.#body.className = 'body text';
    this.#body.dir = 'auto';
    const head = document.createElement('p');
    head.className = 'hint';
    head.textContent = parts.t('compose.preview');
    this.#told.className = 'hint';
    this.element.append(head, this.#body, this.#told);
  }

  /** Called at every change of the field: only a timer is set, so that keys stay quick. */
  changed(seconds = PAUSE_MS / 1000): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#show(), seconds * 1000);
  }

  async #show(): Promise<void> {
    const text = this.#field.value;
    if (!this.#field.isConnected) return;
    if (text.trim() === '') {
      this.#asking?.abort();
      this.#shown = '';
      this.element.hidden = true;
      return;
    }
    if (text === this.#shown) return;
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const { bodyHtml } = await this.#parts.rest.preview(text, { signal: asking.signal });
      if (!asking.signal.aborted) this.#draw(text, bodyHtml);
    } catch (error) {
      if (!asking.signal.aborted) this.#tellLater(error);
    }
  }

  #draw(text: string, html: string): void {
    this.#shown = text;
    this.#body.lang = languageOf(html) ?? '';
    this.#body.innerHTML = shownHtml(html, { from: 3, translator: this.#parts.translator }).__html;
    this.#told.textContent = '';
    this.element.hidden = false;
  }

  /** A text that is refused is told of by its form; all else comes by itself. */
  #tellLater(error: unknown): void {
    const problem = problemIn(error);
    if (problem?.code === 'invalid') return;
    this.#told.textContent = this.#parts.t('compose.previewLater');
    this.element.hidden = false;
    this.changed(problem?.retryAfterSeconds ?? AGAIN_S);
  }
}
