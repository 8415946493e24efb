import { areKeysOn, TEXT_FIELDS } from '../../shell/browser/kept-keys.ts';
import type { ThreadView } from './thread-view.ts';

const TYPED_IN = `${TEXT_FIELDS}, select, dialog, [contenteditable]`;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(TYPED_IN) !== null;
}

/** The keys of `single-keys.ts`, which comes with the first of them. */
const KEYS = 'jkrcfn';

function act(key: string, onNothingNew: () => void): void {
  import('./single-keys.ts').then(({ ACTIONS }) => ACTIONS[key]?.(onNothingNew)).catch(() => undefined);
}

/** `?` calls `onHelp`, whether or not the other keys are on; `n` calls `onNothingNew` where it finds nothing. */
export function listenToKeys(onHelp: () => void, onNothingNew: () => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    const { key } = event;
    const isHelp = key === '?';
    if (!isHelp && !(key.length === 1 && KEYS.includes(key) && areKeysOn())) return;
    event.preventDefault();
    if (isHelp) onHelp();
    else act(key, onNothingNew);
  });
}

/**
 * Escape closes the form that has the keyboard and goes back to what opened it, also where single keys are off; a form
 * with a text stays.
 */
export function closeOnEscape(view: ThreadView): void {
  document.addEventListener('keydown', (event) => {
    const { openForm } = view.now().state;
    if (event.key !== 'Escape' || event.isComposing || openForm === null) return;
    const article = document.querySelector(`#comment-${openForm.commentId} > article`);
    if (!article?.contains(document.activeElement)) return;
    if ([...article.querySelectorAll('textarea')].some(({ value }) => value.trim() !== '')) return;
    const opener = article.querySelector<HTMLElement>(`.actions [data-action="${openForm.kind}"]`);
    if (opener === null) {
      view.open(null);
      return;
    }
    view.openByItself(null);
    opener.focus();
  });
}
