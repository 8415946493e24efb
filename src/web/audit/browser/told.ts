import type { VerifyVerdict } from '../verify/page-data.ts';

/** A longer text is no receipt and no checkpoint: lines of events have some kilobytes. */
const MOST_BYTES = 1_000_000;

/** Calls the listener with the text of each chosen file. */
export function chosenText(field: HTMLInputElement | null, hear: (text: string) => void): void {
  field?.addEventListener('change', () => {
    const file = field.files?.[0];
    if (file) void file.slice(0, MOST_BYTES).text().then(hear);
  });
}

/** Shows a verdict with its findings. */
export function tell(told: HTMLElement, verdict: VerifyVerdict, parts: readonly HTMLElement[]): void {
  told.dataset['result'] = verdict;
  told.replaceChildren(...parts);
}

/** Leads the reader to the result, wherever the page stands: by sight, keyboard and screen reader. */
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
