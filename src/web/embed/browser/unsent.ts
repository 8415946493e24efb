import { draftPrefix, kept, keptUnder, TYPED } from '../../shell/browser/kept.ts';
import { WRITER } from '../../shell/unsent-writer.ts';

/** Who sends a form from now on, and the path of their frame after that of the one before. */
export interface Sender {
  readonly as: string;
  readonly name: unknown;
  readonly frame: (query: string | undefined) => string;
}

/** The form that came back with a refusal, to be sent again. */
export function unsentForm(): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>('form[data-unsent]');
}

function fieldOf(form: HTMLFormElement, name: string): HTMLInputElement | HTMLTextAreaElement | null {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field : null;
}

/** A member's form is that member's alone, a guest's that of whoever signs in by hand. */
export function isOf(form: HTMLFormElement, as: string, isByHand: boolean): boolean {
  const drawnFor = fieldOf(form, 'as')?.value ?? '';
  return drawnFor === '' ? isByHand : drawnFor === as;
}

/** A form is sent again by whoever signed in, whose session counts for the site on whose page its frame stands. */
export function stateReader(form: HTMLFormElement, { as, frame }: Omit<Sender, 'name'>): void {
  const [site, member] = [fieldOf(form, 'frame'), fieldOf(form, 'as')];
  if (site) site.value = frame(site.value.split('?')[1]);
  if (member) member.value = as;
}

/** The form was refused for who was signed in before; the page says as whom it is sent now. */
export function handOn(form: HTMLFormElement, sender: Sender): void {
  const { name } = sender;
  stateReader(form, sender);
  const title = document.querySelector('h1');
  if (title && typeof name === 'string') {
    title.textContent = (form.dataset['unsent'] ?? '').replace(WRITER, () => name);
    form.querySelector('[role=alert]')?.remove();
    form.querySelector('[aria-invalid]')?.removeAttribute('aria-invalid');
  }
  form.querySelector<HTMLElement>('[type=submit]')?.focus();
}

/** Whether its text stands on this page alone, and in none of those that the browser keeps for its member, or for this tab. */
export function isUnkept(form: HTMLFormElement | null): boolean {
  const text = (form && fieldOf(form, 'body')?.value.trim()) ?? '';
  if (!form || text === '') return false;
  const as = fieldOf(form, 'as')?.value ?? '';
  const place = as === '' ? 'sessionStorage' : 'localStorage';
  const prefix = as === '' ? TYPED : draftPrefix(as, '').slice(0, -1);
  return !keptUnder(prefix, place).some((rest) => kept(prefix + rest, place)?.includes(text));
}

/** Whoever leaves without having sent the text that came back is asked, where it is kept nowhere else. */
export function askBeforeLeaving(): void {
  let isSent = false;
  document.addEventListener('submit', () => {
    isSent = true;
  });
  addEventListener('beforeunload', (event) => {
    if (!isSent && isUnkept(document.querySelector('form:has(#unsent)'))) event.preventDefault();
  });
}
