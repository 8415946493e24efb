/** Milliseconds after the last key. */
const PAUSE_MS = 500;

interface PreviewParts {
  /** The HTML of a text, as the page shows it. */
  readonly htmlOf: (text: string, options: { readonly signal: AbortSignal }) => Promise<string>;
  /** Where there is room beside the form for the preview to stand there at all times; null for nowhere. */
  readonly beside: MediaQueryList | null;
}

/**
 * The text of a form as readers will see it, made by the forum, so that both are the same: while its button is pressed, and
 * where there is room for it.
 */
export class FormPreview {
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
    this.#parts.beside?.addEventListener('change', () => this.#draw());
    this.#draw();
  }

  #draw(): void {
    const isBeside = this.#parts.beside?.matches === true;
    const isShown = this.#isOpen || isBeside;
    if (this.#button) this.#button.hidden = isBeside;
    this.#button?.setAttribute('aria-expanded', String(this.#isOpen));
    if (this.#section) this.#section.hidden = !isShown;
    if (isShown) void this.#show();
  }

  async #show(): Promise<void> {
    const field = this.#form.elements.namedItem('body');
    const shown = this.#section?.querySelector<HTMLElement>('.text');
    if (!(field instanceof HTMLTextAreaElement) || !shown || field.value === this.#shown) return;
    const text = field.value;
    this.#asking.abort();
    const { signal } = (this.#asking = new AbortController());
    try {
      const html = text.trim() === '' ? '' : await this.#parts.htmlOf(text, { signal });
      if (signal.aborted) return;
      this.#shown = text;
      shown.innerHTML = html;
      const locale = this.#form.elements.namedItem('locale') ?? this.#form.elements.namedItem('language');
      if (locale instanceof HTMLSelectElement) shown.lang = locale.value;
    } catch {
      // The next change asks again.
    }
  }
}
