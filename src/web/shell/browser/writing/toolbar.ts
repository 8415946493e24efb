import type { ComposeWords } from './compose-words.ts';
import { MARKS, type Mark, marking } from './marking.ts';
import { typeIn } from './typing-in.ts';

/** Drawn, since few fonts have them. */
const LINK =
  '<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"/></svg>';
const PICTURE =
  '<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><rect x="3" y="4" width="18" height="16" rx="2"/><circle cx="9" cy="10" r="1.5"/><path d="m4 18 5-5 4 4 3-3 4 4"/></svg>';
const SIGNS: Readonly<Record<Mark | 'picture', string>> = {
  bold: 'B',
  italic: 'I',
  link: LINK,
  quote: '❞',
  code: '&lt;/&gt;',
  list: '☰',
  picture: PICTURE,
};
/** What Control or Command does with a key. */
export const MARK_KEYS: Readonly<Partial<Record<string, Mark>>> = { b: 'bold', i: 'italic', k: 'link' };

/** The key of a button is told to a mouse that hovers, which stands beside a keyboard. */
function withKey(label: string, kind: Mark): string {
  const [key] = Object.entries(MARK_KEYS).find(([, marked]) => marked === kind) ?? [];
  const isAtKeyboard = matchMedia('(hover: hover) and (pointer: fine)').matches;
  return key !== undefined && isAtKeyboard ? `${label} (Ctrl+${key.toUpperCase()})` : label;
}

function mark(field: HTMLTextAreaElement, kind: Mark): void {
  const { value: text, selectionStart: from, selectionEnd: to } = field;
  typeIn(field, marking(kind, { text, from, to }));
}

/** A button beside those for Markdown. */
export interface ToolOfField {
  readonly sign: 'picture';
  readonly label: string;
  readonly press: () => void;
}

/** The buttons above a field: one stop of the Tab key, and arrows between them (the toolbar pattern of ARIA). */
export function toolbarOf(field: HTMLTextAreaElement, t: ComposeWords, more: readonly ToolOfField[]): HTMLElement {
  const bar = document.createElement('div');
  bar.className = 'composing-tools';
  bar.role = 'toolbar';
  bar.ariaLabel = t('compose.tools');
  const marks = MARKS.map((kind) => {
    const button = toolButton(kind, t(`compose.${kind}`), () => mark(field, kind));
    button.dataset['mark'] = kind;
    button.title = withKey(t(`compose.${kind}`), kind);
    return button;
  });
  const buttons = [...marks, ...more.map(({ sign, label, press }) => toolButton(sign, label, press))];
  for (const [at, button] of buttons.entries()) button.tabIndex = at === 0 ? 0 : -1;
  bar.append(...buttons);
  bar.addEventListener('keydown', (event) => moveAmong(buttons, event));
  return bar;
}

function toolButton(sign: keyof typeof SIGNS, label: string, press: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.innerHTML = SIGNS[sign];
  button.ariaLabel = label;
  button.title = label;
  button.addEventListener('click', press);
  return button;
}

function moveAmong(buttons: readonly HTMLButtonElement[], event: KeyboardEvent): void {
  const at = event.target instanceof HTMLButtonElement ? buttons.indexOf(event.target) : 0;
  const steps: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
  const step = steps[event.key];
  const next = step === undefined ? undefined : buttons.at(step % buttons.length);
  if (next === undefined) return;
  event.preventDefault();
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}

/** Control or Command with B, I and K. */
export function markByKeys(field: HTMLTextAreaElement, event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return;
  const kind = MARK_KEYS[event.key.toLowerCase()];
  if (kind === undefined) return;
  event.preventDefault();
  mark(field, kind);
}
