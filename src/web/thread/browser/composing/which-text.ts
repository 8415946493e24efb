import type { ComposeWords } from '../../../shell/browser/writing/compose-words.ts';

/** A text beside the one in the field. */
export interface OtherText {
  readonly body: string;
  /** Where it comes from. */
  readonly told: 'compose.draftNewer' | 'compose.draftOlder';
}

/**
 * Asks, below the field, whether the other text, which is shown, replaces the one in the field. A closed form keeps its own;
 * null when the form was sent instead.
 */
export function askWhichText(field: HTMLTextAreaElement, other: OtherText, t: ComposeWords): Promise<boolean | null> {
  const box = new TextBox(field, t(other.told), other.body);
  return new Promise((resolve) => {
    const answers = (takes: boolean) => () => {
      box.close();
      resolve(takes);
    };
    box.offers(t('compose.draftTake'), answers(true));
    box.offers(t('compose.draftKeep'), answers(false), true);
    box.whenSent(() => resolve(null));
  });
}

/** Shows below the field what stood in it before, which changes places with its text at a press. */
export function showWayBack(
  field: HTMLTextAreaElement,
  { mine, t, write }: { readonly mine: string; readonly t: ComposeWords; readonly write: (text: string) => void },
): void {
  if (mine.trim() === '') return;
  const box = new TextBox(field, t('compose.draftBefore'), mine);
  box.offers(t('compose.draftBack'), () => {
    const { value } = field;
    write(box.text);
    box.text = value;
    field.focus();
  });
  box.offers(t('compose.imageClose'), () => box.close(), true);
  box.whenSent(() => undefined);
}

/** A text to be read below a field, with what can be done about it. */
class TextBox {
  readonly #field: HTMLTextAreaElement;
  readonly #box = document.createElement('div');
  readonly #text = document.createElement('p');
  readonly #buttons = document.createElement('div');

  constructor(field: HTMLTextAreaElement, told: string, text: string) {
    this.#field = field;
    this.#box.className = 'composing-newer';
    this.#box.setAttribute('role', 'status');
    const line = document.createElement('p');
    line.textContent = told;
    this.#text.className = 'hint';
    this.#text.dir = 'auto';
    this.#text.textContent = text;
    this.#buttons.className = 'buttons';
    this.#box.append(line, this.#text, this.#buttons);
    field.after(this.#box);
  }

  get text(): string {
    return this.#text.textContent ?? '';
  }

  set text(text: string) {
    this.#text.textContent = text;
  }

  offers(label: string, press: () => void, isQuiet = false): void {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = isQuiet ? 'button quiet' : 'button';
    button.textContent = label;
    button.addEventListener('click', press);
    this.#buttons.append(button);
  }

  close(): void {
    this.#box.remove();
    this.#field.focus();
  }

  /** A form that was refused in place still has its text. */
  whenSent(done: () => void): void {
    this.#field.form?.addEventListener('submit', () =>
      setTimeout(() => {
        if (this.#field.value !== '') return;
        this.#box.remove();
        done();
      }),
    );
  }
}
