import type { TypedChange } from '../../typed-change.ts';

/**
 * Puts a text into a field as if it were typed, so that the browser's own undo takes it back and the form hears of it.
 * `insertText` is the one way to that, and all browsers keep it.
 */
export function typeIn(field: HTMLTextAreaElement, { from, to, insert, choose }: TypedChange): void {
  field.focus();
  field.setSelectionRange(from, to);
  const isCaretAlone = from === to && insert === '';
  const isDone = isCaretAlone || document.execCommand(insert === '' ? 'delete' : 'insertText', false, insert);
  if (!isDone) {
    field.setRangeText(insert, from, to, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  field.setSelectionRange(from + choose[0], from + choose[1]);
}
