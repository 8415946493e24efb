import { composed, TEXT_LIMITS } from '../../../../../libs/words/index.ts';
import type { ComposeWords } from '../../../shell/browser/writing/compose-words.ts';

/** A rule, as it is written in comments. */
const BETWEEN = '\n\n---\n\n';

/** Both texts in one, the older below a rule. What the older begins with, and the other too, stands there once. */
export function inOneText(typed: string, older: string): string {
  if (typed === '' || older === '' || typed.startsWith(older.trimEnd())) return typed || older;
  const [head = '', ...rest] = older.split(BETWEEN);
  const isHeld = head !== '' && rest.length > 0 && typed.startsWith(head.trimEnd());
  return [typed, ...(isHeld ? rest : [older])].join(BETWEEN);
}

/** Whether the forum refuses it for its length. */
export function isTooLong(text: string): boolean {
  const { max } = TEXT_LIMITS.comment;
  return text.length > max && [...composed(text.trim())].length > max;
}

/** Says, below the field, that its text is kept nowhere; leaving the page asks meanwhile. */
export class UnkeptNotice {
  readonly #field: HTMLTextAreaElement;
  readonly #line = document.createElement('p');

  constructor(field: HTMLTextAreaElement, t: ComposeWords) {
    this.#field = field;
    this.#line.className = 'composing-unkept';
    this.#line.setAttribute('role', 'status');
    this.#line.textContent = t('compose.draftUnkept');
    addEventListener('beforeunload', (event) => {
      if (this.#line.isConnected) event.preventDefault();
    });
  }

  tell(isUnkept: boolean): void {
    if (!isUnkept) this.#line.remove();
    else if (!this.#line.isConnected) this.#field.after(this.#line);
  }
}
