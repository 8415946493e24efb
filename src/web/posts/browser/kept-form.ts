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

/** What somebody sees of a form and can change: whether a draft is another text does not lie in what stands behind it. */
function seenText(form: HTMLFormElement, fields: TypedFields): string {
  const seen = Object.entries(fields).filter(([name]) => {
    const field = form.elements.namedItem(name);
    return !(field instanceof HTMLInputElement && field.type === 'hidden');
  });
  return JSON.stringify(seen.map(([name, value]) => [name, value.replaceAll('\r\n', '\n').trim()]).sort());
}

/** True where a draft was begun beside an earlier text than the one that its form stands beside now. */
function isOfEarlierSource(fields: TypedFields, now: TypedFields): boolean {
  return Number(fields['sourceRevision']) < Number(now['sourceRevision']);
}

/** In this tab, for the page that comes: it begins in the text of its form. */
const DISCARDED = 'colloquy:write-discarded';

/**
 * Keeps the text of a post, of an edited comment, or of a translation, at every key in this browser, brings it back on a reload, and warns a
 * writer who leaves it unsaved.
 */
export class KeptForm {
  readonly form: HTMLFormElement;
  #key: string;
  #isUnsaved: boolean;
  readonly #given: TypedFields;

  constructor(form: HTMLFormElement, key: string) {
    this.form = form;
    this.#key = key;
    this.#given = typedFields(form);
    this.#isUnsaved = form.dataset['typed'] !== undefined;
    this.#restore();
    this.#followDiscarding();
    form.addEventListener('input', () => {
      this.#isUnsaved = true;
      this.#keep();
    });
    form.addEventListener('submit', (event) => {
      if (event.defaultPrevented) return;
      this.#isUnsaved = false;
      this.#keep();
      keep(SENT_DRAFT, this.#key, 'sessionStorage');
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

  /**
   * Text that came back with a refusal or a preview is newer than the kept draft, and is kept with what the page tells its
   * writer. A draft with the text that the forum has was saved, also where the page that says so was left at once.
   */
  #restore(): void {
    const { form } = this;
    if (this.#isUnsaved) return this.#keep();
    const draft = fieldsIn(kept(this.#key));
    if (draft === null) return;
    if (seenText(form, draft) === seenText(form, this.#given)) return this.forget();
    fill(form, draft);
    this.#isUnsaved = true;
    this.#tell('[data-restored]');
    if (isOfEarlierSource(draft, this.#given)) this.#tell('[data-source-changed]');
  }

  #tell(words: string): void {
    const told = this.form.querySelector<HTMLElement>(words);
    if (told) told.hidden = false;
  }

  /** The page comes anew, as the forum has the text, and whoever discarded theirs goes on in its field. */
  #followDiscarding(): void {
    const { form } = this;
    form.querySelector('[data-restored] button')?.addEventListener('click', () => {
      this.forget();
      keep(DISCARDED, this.#key, 'sessionStorage');
      location.reload();
    });
    if (kept(DISCARDED, 'sessionStorage') === this.#key) {
      const text = form.elements.namedItem('body');
      if (text instanceof HTMLElement) text.focus();
    }
    keep(DISCARDED, null, 'sessionStorage');
  }
}
