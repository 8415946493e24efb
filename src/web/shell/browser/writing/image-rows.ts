import type { Translator } from '../../i18n/translate.ts';

/** What a picture's row may ask for while it is sent, when it was refused, and once it stands in the text. */
interface Wishes {
  readonly cancel: () => void;
  readonly again: () => void;
  readonly describe: (words: string) => void;
}

interface RowWords {
  /** The words of the composer, and those of the page. */
  readonly t: Translator['t'];
  readonly page: Translator;
}

let rows = 0;

/** A picture on its way into a text: its name, how far it is, and what can be done. */
export class ImageRow {
  readonly element = document.createElement('li');
  readonly #name: string;
  readonly #words: RowWords;
  readonly #wishes: Wishes;
  readonly #told = document.createElement('p');
  readonly #progress = document.createElement('progress');
  readonly #id: string;
  #question: HTMLInputElement | null = null;

  constructor(name: string, words: RowWords, wishes: Wishes) {
    rows += 1;
    this.#id = `picture-${rows}`;
    this.#name = name;
    this.#words = words;
    this.#wishes = wishes;
    this.#told.dir = 'auto';
    this.#told.id = this.#id;
  }

  /** What was answered so far to the question what the picture shows; null where it is not asked. */
  get answer(): string | null {
    return this.#question?.value ?? null;
  }

  focusQuestion(): void {
    this.#question?.focus();
  }

  /** `part` is from 0 to 1. */
  sends(part: number): void {
    const { t } = this.#words;
    const key = part < 1 ? 'compose.imageSends' : 'compose.imageMade';
    this.#told.textContent = t(key, { name: this.#name });
    if (part < 1) this.#progress.value = part;
    else this.#progress.removeAttribute('value');
    if (this.#progress.isConnected) return;
    this.#progress.value = part;
    this.#progress.setAttribute('aria-labelledby', this.#id);
    this.#draw(
      this.#told,
      this.#progress,
      buttonsOf(this.#button(this.#words.page.t('form.cancel'), this.#wishes.cancel)),
    );
  }

  /** `mayHelp` where the same may be taken later. */
  refused(reason: string, mayHelp: boolean): void {
    const { t, page } = this.#words;
    this.#told.className = 'field-error';
    this.#told.role = 'alert';
    this.#told.textContent = reason;
    const again = mayHelp ? [this.#button(page.t('comment.tryAgain'), this.#wishes.again)] : [];
    this.#draw(this.#told, buttonsOf(...again, this.#button(t('compose.imageClose'), this.#wishes.cancel, true)));
  }

  asksForDescription(): void {
    const { t } = this.#words;
    const [label, input] = [document.createElement('label'), document.createElement('input')];
    label.htmlFor = `${this.#id}-words`;
    label.textContent = t('compose.imageShows', { name: this.#name });
    label.dir = 'auto';
    input.id = label.htmlFor;
    input.type = 'text';
    input.dir = 'auto';
    input.maxLength = 1_000;
    input.autocomplete = 'off';
    const describe = () => this.#wishes.describe(input.value);
    // Enter would send the whole form.
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      describe();
    });
    const leave = this.#button(t('compose.imageSkip'), () => this.#wishes.describe(''), true);
    this.#question = input;
    this.#draw(label, input, buttonsOf(leave, this.#button(t('compose.imageDescribe'), describe)));
  }

  #button(label: string, press: () => void, isQuiet = false): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = isQuiet ? 'button quiet' : 'button';
    button.textContent = label;
    // Several rows have the same buttons.
    button.setAttribute('aria-label', `${label}: ${this.#name}`);
    button.addEventListener('click', press);
    return button;
  }

  #draw(...parts: readonly HTMLElement[]): void {
    const hadKeyboard = this.element.contains(document.activeElement);
    this.element.replaceChildren(...parts);
    if (hadKeyboard) this.element.querySelector<HTMLElement>('input, button')?.focus();
  }
}

function buttonsOf(...buttons: readonly HTMLButtonElement[]): HTMLElement {
  const line = document.createElement('div');
  line.className = 'buttons';
  line.append(...buttons);
  return line;
}
