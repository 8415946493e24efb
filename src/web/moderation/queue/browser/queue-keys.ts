import { areKeysOn, switchKeys, TEXT_FIELDS } from '../../../shell/browser/kept-keys.ts';
import { isBusy } from './live-page.ts';

const KEYS = document.querySelector<HTMLDialogElement>('#queue-keys');

/** Goes to the next case that still waits. */
function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll('#queue .row:is(.current, :not(.left))')];
  const here = rows.findIndex((row) => row.classList.contains('current'));
  rows[here === -1 ? 0 : here + by]?.querySelector<HTMLElement>('a')?.click();
}

function pick(): void {
  document.querySelector<HTMLElement>('#queue .row.current .pick input')?.click();
}

/** Presses the visible button or box with this key. */
function press(key: string): boolean {
  const all = [...document.querySelectorAll<HTMLElement>(`#queue [data-key="${CSS.escape(key)}"]`)];
  const found = all.find((one) => one.checkVisibility());
  if (key === key.toUpperCase() && key !== key.toLowerCase() && !document.querySelector('#queue .pick input:checked'))
    return false;
  found?.click();
  return found !== undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(`${TEXT_FIELDS}, select, dialog`) !== null;
}

const MOVES: Readonly<Record<string, () => void>> = { j: () => step(1), k: () => step(-1), s: pick };

export function listenToQueueKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (event.key === '?') {
      event.preventDefault();
      KEYS?.showModal();
      return;
    }
    if (!areKeysOn() || isBusy()) return;
    const move = MOVES[event.key];
    if (move) move();
    else if (!press(event.key)) return;
    event.preventDefault();
  });
  const switched = document.querySelector<HTMLInputElement>('#queue-keys-on');
  if (switched) {
    switched.checked = areKeysOn();
    switched.addEventListener('change', () => switchKeys(switched.checked));
  }
}
