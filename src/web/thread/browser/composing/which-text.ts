import type { Draft } from '../../../../../libs/client/shelf-shapes.ts';
import type { ComposeWords } from './compose-words.ts';

/**
 * Asks, below the field, whether the other device's text replaces the one in the field. A closed form keeps its own; null
 * when the form was sent instead.
 */
export function askWhichText(field: HTMLTextAreaElement, draft: Draft, t: ComposeWords): Promise<boolean | null> {
  const box = document.createElement('div');
  box.className = 'composing-newer';
  box.setAttribute('role', 'status');
  const told = document.createElement('p');
  told.textContent = t('compose.draftNewer');
  const text = document.createElement('p');
  text.className = 'hint';
  text.dir = 'auto';
  text.textContent = draft.body;
  const buttons = document.createElement('div');
  buttons.className = 'buttons';
  box.append(told, text, buttons);
  field.after(box);
  return new Promise((resolve) => {
    for (const takes of [true, false]) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = takes ? 'button' : 'button quiet';
      button.textContent = t(takes ? 'compose.draftTake' : 'compose.draftKeep');
      button.addEventListener('click', () => {
        box.remove();
        field.focus();
        resolve(takes);
      });
      buttons.append(button);
    }
    // A form that was refused in place still has its text.
    field.form?.addEventListener('submit', () =>
      setTimeout(() => {
        if (field.value !== '') return;
        box.remove();
        resolve(null);
      }),
    );
  });
}
