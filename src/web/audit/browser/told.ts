import type { VerifyVerdict } from '../verify/page-data.ts';

/** More is no receipt and no checkpoint: lines of events have some kilobytes. */
const MOST_BYTES = 1_000_000;

/** Hears the text of each file that is chosen. */
export function chosenText(field: HTMLInputElement | null, hear: (text: string) => void): void {
  field?.addEventListener('change', () => {
    const file = field.files?.[0];
    if (file) void file.slice(0, MOST_BYTES).text().then(hear);
  });
}

/** Shows a verdict with what was found for it. */
export function tell(told: HTMLElement, verdict: VerifyVerdict, parts: readonly HTMLElement[]): void {
  told.dataset['result'] = verdict;
  told.replaceChildren(...parts);
}

/** Brings whoever asked to what was told, wherever the page stands: eyes, keyboard and screen reader. */
export function bringTo(told: HTMLElement): void {
  told.focus({ preventScroll: true });
  told.scrollIntoView({ block: 'nearest' });
}

export function heading(text: string): HTMLElement {
  const element = document.createElement('p');
  element.className = 'verdict';
  element.textContent = text;
  return element;
}

/** One step, with its outcome as a mark. */
export function line(outcome: string, text: string): HTMLElement {
  const element = document.createElement('p');
  element.dataset['outcome'] = outcome;
  element.textContent = text;
  return element;
}
