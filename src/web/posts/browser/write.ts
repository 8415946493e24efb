import { keep, kept } from '../../shell/browser/kept.ts';
import { SENT_DRAFT } from '../../shell/browser/kept-keys.ts';
import { readData } from '../../shell/browser/page-data.ts';
import { type Messages, translator } from '../../shell/i18n/translate.ts';
import type { WriteData } from '../write-data.ts';

type Fields = Readonly<Record<string, string>>;

/** Fields that are no part of the text: the pressed button. */
const NOT_KEPT = new Set(['do']);

function fieldsOf(form: HTMLFormElement): Fields {
  const all = [...new FormData(form)].filter(([name]) => !NOT_KEPT.has(name));
  return Object.fromEntries(all.map(([name, value]) => [name, typeof value === 'string' ? value : '']));
}

/** Null for a malformed draft. */
function fieldsIn(text: string | null): Fields | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    return Object.fromEntries(Object.entries(value).filter(([, field]) => typeof field === 'string'));
  } catch {
    return null;
  }
}

function fill(form: HTMLFormElement, fields: Fields): void {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (field !== null && 'value' in field) field.value = value;
  }
}

/**
 * Keeps the text of a post, or of an edited comment, at every key, brings it back on a reload, and warns a writer who
 * leaves it unsaved.
 */
function keepDraftOf(form: HTMLFormElement, key: string): void {
  const given = JSON.stringify(fieldsOf(form));
  const told = form.querySelector<HTMLElement>('[data-restored]');
  const draft = fieldsIn(kept(key));
  let isUnsaved = form.dataset['typed'] !== undefined;
  // Text that came back with a refusal or a preview is newer than the kept draft.
  if (!isUnsaved && draft !== null) {
    fill(form, draft);
    isUnsaved = JSON.stringify(fieldsOf(form)) !== given;
    if (told) told.hidden = !isUnsaved;
  }
  form.addEventListener('input', () => {
    isUnsaved = true;
    keep(key, JSON.stringify(fieldsOf(form)));
  });
  form.addEventListener('submit', () => {
    isUnsaved = false;
    keep(key, JSON.stringify(fieldsOf(form)));
    keep(SENT_DRAFT, key);
  });
  told?.querySelector('button')?.addEventListener('click', () => {
    keep(key, null);
    isUnsaved = false;
    location.reload();
  });
  // Another language is another page with the same text, as long as the browser keeps it.
  document.querySelector('.language-form')?.addEventListener('submit', () => {
    if (kept(key) === JSON.stringify(fieldsOf(form))) isUnsaved = false;
  });
  addEventListener('beforeunload', (event) => {
    if (isUnsaved) event.preventDefault();
  });
}

/** A writer who picks a day means to publish later, and one who empties it means now. */
function chooseLaterWithDay(form: HTMLFormElement): void {
  const day = form.elements.namedItem('publishAt');
  const when = form.elements.namedItem('when');
  if (!(day instanceof HTMLInputElement) || !(when instanceof RadioNodeList)) return;
  day.addEventListener('input', () => {
    when.value = day.value === '' ? 'now' : 'later';
  });
}

const form = document.querySelector<HTMLFormElement>('form[data-draft]');
if (form?.dataset['draft']) keepDraftOf(form, `colloquy:write:${form.dataset['draft']}`);
if (form) chooseLaterWithDay(form);

// The page of an edited comment has no such data.
const data = readData<WriteData>('page-data');
const text = form?.elements.namedItem('body');
if (data && text instanceof HTMLTextAreaElement) {
  const page = translator(data.locale, { ...readData<Messages>('time-words'), ...data.messages });
  void import('./writing-helps.ts').then(({ helpWriting }) => helpWriting(text, { memberId: data.memberId, page }));
}
