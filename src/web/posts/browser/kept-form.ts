import { keep, kept } from '../../shell/browser/kept.ts';
import { SENT_DRAFT } from '../../shell/browser/kept-keys.ts';

export type TypedFields = Readonly<Record<string, string>>;

/** TypedFields that are no part of the text: the pressed button. */
const NOT_KEPT = new Set(['do']);

export function typedFields(form: HTMLFormElement): TypedFields {
  const all = [...new FormData(form)].filter(([name]) => !NOT_KEPT.has(name));
  return Object.fromEntries(all.map(([name, value]) => [name, typeof value === 'string' ? value : '']));
}

/** Null for a malformed draft. */
function fieldsIn(text: string | null): TypedFields | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    return Object.fromEntries(Object.entries(value).filter(([, field]) => typeof field === 'string'));
  } catch {
    return null;
  }
}

function fill(form: HTMLFormElement, fields: TypedFields): void {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (field !== null && 'value' in field) field.value = value;
  }
}

/**
 * Keeps the text of a post, or of an edited comment, at every key in this browser, brings it back on a reload, and warns a
 * writer who leaves it unsaved.
 */
export class KeptForm {
  readonly form: HTMLFormElement;
  #key: string;
  #isUnsaved: boolean;
  readonly #given: string;

  constructor(form: HTMLFormElement, key: string) {
    this.form = form;
    this.#key = key;
    this.#given = JSON.stringify(typedFields(form));
    this.#isUnsaved = form.dataset['typed'] !== undefined;
    this.#restore();
    form.addEventListener('input', () => {
      this.#isUnsaved = true;
      this.#keep();
    });
    form.addEventListener('submit', (event) => {
      if (event.defaultPrevented) return;
      this.#isUnsaved = false;
      this.#keep();
      keep(SENT_DRAFT, this.#key);
      if (event.submitter?.hasAttribute('data-gives-up')) this.forget();
    });
    // Another language is another page with the same text, as long as the browser keeps it.
    document.querySelector('.language-form')?.addEventListener('submit', () => {
      if (kept(this.#key) === JSON.stringify(typedFields(form))) this.#isUnsaved = false;
    });
    addEventListener('beforeunload', (event) => {
      if (this.#isUnsaved) event.preventDefault();
    });
  }

  get isUnsaved(): boolean {
    return this.#isUnsaved;
  }

  /** The forum has all that is typed; what is typed next is kept under this key. */
  saved(key: string): void {
    this.forget();
    this.#key = key;
  }

  /** Another one has the newer text, or this one is given up. */
  forget(): void {
    this.#isUnsaved = false;
    keep(this.#key, null);
  }

  #keep(): void {
    keep(this.#key, JSON.stringify(typedFields(this.form)));
  }

  /** Text that came back with a refusal or a preview is newer than the kept draft. */
  #restore(): void {
    const { form } = this;
    const told = form.querySelector<HTMLElement>('[data-restored]');
    const draft = fieldsIn(kept(this.#key));
    if (!this.#isUnsaved && draft !== null) {
      fill(form, draft);
      this.#isUnsaved = JSON.stringify(typedFields(form)) !== this.#given;
      if (told) told.hidden = !this.#isUnsaved;
    }
    told?.querySelector('button')?.addEventListener('click', () => {
      this.forget();
      location.reload();
    });
  }
}
