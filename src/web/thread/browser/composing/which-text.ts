import type { ComposeWords } from '../../../shell/browser/writing/compose-words.ts';

/** A text beside the one in the field. */
export interface OtherText {
  readonly body: string;
  /** Where it comes from. */
  readonly told: 'compose.draftNewer' | 'compose.draftOlder';
}

/**
 * Asks, below the field, whether the other text replaces the one in the field. A closed form keeps its own; null
 * when the form was sent instead.
 */
export function askWhichText(field: HTMLTextAreaElement, other: OtherText, t: ComposeWords): Promise<boolean | null> {
  const box = document.createElement('div');
  box.className = 'composing-newer';
  box.setAttribute('role', 'status');
  const told = document.createElement('p');
  told.textContent = t(other.told);
  const text = document.createElement('p');
  text.className = 'hint';
  text.dir = 'auto';
  text.textContent = other.body;
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
