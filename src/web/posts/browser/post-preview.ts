import type { PostDraftsClient } from '../../../../libs/client/post-drafts-client.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { shownHtml } from '../../shell/shown-html.ts';

/** Milliseconds after the last key. */
const PAUSE_MS = 500;

/** Where there is room the preview stands beside the form at all times, otherwise while its button is pressed. */
const BESIDE = matchMedia('(min-width: 75em)');

interface PreviewParts {
  readonly drafts: PostDraftsClient;
  readonly page: Translator;
}

/** The text of a post as readers will see it, made by the forum, so that both are the same. */
export class PostPreview {
  readonly #form: HTMLFormElement;
  readonly #parts: PreviewParts;
  readonly #section = document.querySelector<HTMLElement>('#preview');
  readonly #button: HTMLButtonElement | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = new AbortController();
  #shown: string | null = null;
  #isOpen = false;

  constructor(form: HTMLFormElement, parts: PreviewParts) {
    this.#form = form;
    this.#parts = parts;
    this.#button = form.querySelector<HTMLButtonElement>('button[value=preview]');
  }

  follow(): void {
    this.#isOpen = this.#section?.hidden === false;
    this.#button?.setAttribute('aria-controls', 'preview');
    this.#button?.addEventListener('click', (event) => {
      event.preventDefault();
      this.#isOpen = !this.#isOpen;
      this.#draw();
      if (this.#isOpen) this.#section?.scrollIntoView({ block: 'nearest' });
    });
    this.#form.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#draw(), PAUSE_MS);
    });
    BESIDE.addEventListener('change', () => this.#draw());
    this.#draw();
  }

  #draw(): void {
    const isShown = this.#isOpen || BESIDE.matches;
    if (this.#button) this.#button.hidden = BESIDE.matches;
    this.#button?.setAttribute('aria-expanded', String(this.#isOpen));
    if (this.#section) this.#section.hidden = !isShown;
    if (isShown) void this.#show();
  }

  async #show(): Promise<void> {
    const field = this.#form.elements.namedItem('body');
    const shown = this.#section?.querySelector<HTMLElement>('.post-body');
    if (!(field instanceof HTMLTextAreaElement) || !shown || field.value === this.#shown) return;
    const text = field.value;
    this.#asking.abort();
    const { signal } = (this.#asking = new AbortController());
    try {
      const { bodyHtml } = text.trim() === '' ? { bodyHtml: '' } : await this.#parts.drafts.preview(text, { signal });
      if (signal.aborted) return;
      this.#shown = text;
      shown.innerHTML = shownHtml(bodyHtml, { from: 3, translator: this.#parts.page }).__html;
      const locale = this.#form.elements.namedItem('locale');
      if (locale instanceof HTMLSelectElement) shown.lang = locale.value;
    } catch {
      // The next change asks again.
    }
  }
}
