import { readData } from '../../shell/browser/page-data.ts';
import { type Messages, translator } from '../../shell/i18n/translate.ts';
import type { WriteData } from '../write-data.ts';
import { KeptForm } from './kept-form.ts';

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
const kept = form?.dataset['draft'] ? new KeptForm(form, `colloquy:write:${form.dataset['draft']}`) : null;
if (form) chooseLaterWithDay(form);
// Enter in a field of one line presses it.
form?.querySelector('button[value=enter]')?.addEventListener('click', (event) => event.preventDefault());

// The pages of an edited comment and of translations have no such data.
const data = readData<WriteData>('page-data');
const text = form?.elements.namedItem('body');
if (data && kept && text instanceof HTMLTextAreaElement) {
  const page = translator(data.locale, { ...readData<Messages>('time-words'), ...data.messages });
  void import('./writing-helps.ts').then(({ helpWriting }) => helpWriting(text, { memberId: data.memberId, page }));
  void import('./writing-post.ts').then(({ helpPost }) => helpPost(kept, data, page));
}
if (form && !data && form.querySelector('button[value=preview]')) {
  void import('./page-preview.ts').then(({ followPagePreview }) => followPagePreview(form));
}
