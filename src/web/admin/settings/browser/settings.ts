import {
  accentPair,
  colourOf,
  contrastOnPaper,
  DEFAULT_ACCENT,
  LEAST_CONTRAST,
  lowestContrast,
  nearestReadable,
  washOf,
} from '../../../../../libs/words/index.ts';
import { tellFaintLogo } from './faint-logo.ts';

const figures = new Intl.NumberFormat(document.documentElement.lang, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** Shows the chosen name, logo and colour in both themes at every change, before anything is saved. */
function showLook(form: HTMLFormElement): void {
  const typedIn = (name: string): string => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field.value : '';
  };
  const own = form.elements.namedItem('ownAccent');
  const isOwn = own instanceof HTMLInputElement && own.checked;
  const accent = isOwn ? DEFAULT_ACCENT : (colourOf(typedIn('accent')) ?? DEFAULT_ACCENT);
  offerNearest(form, accent);
  const [colours, wash] = [accentPair(accent), washOf(accentPair(accent))];
  document.getElementById('preview')?.removeAttribute('hidden');
  for (const theme of ['light', 'dark'] as const) {
    const box = document.querySelector<HTMLElement>(`.brand-preview.${theme}`);
    if (box === null) continue;
    box.style.setProperty('--accent', colours[theme]);
    box.style.setProperty('--accent-wash', wash[theme]);
    tell(box, 'name', typedIn('name'));
    tell(box, 'tagline', typedIn('tagline'));
    tell(box, 'contrast', figures.format(contrastOnPaper(colours[theme], theme)));
  }
}

/** Says of a colour that cannot be read what its contrast is, and offers the nearest one that can. */
function offerNearest(form: HTMLFormElement, accent: string): void {
  const said = form.querySelector<HTMLElement>('[data-hard]');
  const button = form.querySelector<HTMLButtonElement>('[data-take]');
  if (said === null || button === null) return;
  const found = lowestContrast(accent, 'light');
  const isHard = found < LEAST_CONTRAST;
  const nearest = nearestReadable(accent);
  const words = (said.dataset['hard'] ?? '').replace('{found}', figures.format(found)).replace('{nearest}', nearest);
  said.textContent = isHard ? words : '';
  button.textContent = (button.dataset['take'] ?? '').replace('{colour}', nearest);
  button.value = nearest;
  button.parentElement?.toggleAttribute('hidden', !isHard);
}

/** The colour of the program is ticked while it is in use, and another one takes the tick away. */
function prepareColour(form: HTMLFormElement): void {
  const accent = form.elements.namedItem('accent');
  const picker = form.elements.namedItem('accentPicked');
  const own = form.elements.namedItem('ownAccent');
  if (!(accent instanceof HTMLInputElement && picker instanceof HTMLInputElement && own instanceof HTMLInputElement))
    return;
  const tick = () => {
    own.checked = accent.value === DEFAULT_ACCENT;
  };
  if (accent.value === DEFAULT_ACCENT) tick();
  accent.addEventListener('input', () => {
    picker.value = colourOf(accent.value) ?? picker.value;
    tick();
  });
  picker.addEventListener('input', () => {
    accent.value = picker.value;
    tick();
  });
  form.querySelector<HTMLButtonElement>('[data-take]')?.addEventListener('click', ({ currentTarget }) => {
    if (!(currentTarget instanceof HTMLButtonElement)) return;
    accent.value = currentTarget.value;
    accent.dispatchEvent(new Event('input', { bubbles: true }));
    accent.focus();
  });
}

function tell(box: HTMLElement, what: string, text: string): void {
  const place = box.querySelector(`[data-preview="${what}"]`);
  if (place !== null) place.textContent = text;
}

/** The chosen file is shown from the reader's own disk. */
function showLogo(input: HTMLInputElement): void {
  const [file] = input.files ?? [];
  if (file === undefined) return;
  const reader = new FileReader();
  reader.addEventListener('load', () => {
    if (typeof reader.result !== 'string') return;
    for (const name of document.querySelectorAll('.brand-preview .site-name')) {
      const shown = name.querySelector('img') ?? document.createElement('img');
      shown.className = 'logo';
      shown.alt = '';
      shown.src = reader.result;
      name.classList.add('with-logo');
      name.prepend(shown);
    }
    const [shown] = document.querySelectorAll<HTMLImageElement>('.brand-preview .logo');
    if (shown) void tellFaintLogo(shown).catch(() => undefined);
  });
  reader.readAsDataURL(file);
}

/** What is typed in one form and not saved is lost when another is sent, or the page is left: the browser asks first. */
function askBeforeLoss(): void {
  const unsaved = new Set<HTMLFormElement>();
  for (const part of document.querySelectorAll<HTMLElement>('.settings-parts > section')) {
    const own = part.querySelector('form');
    if (own === null) continue;
    if (part.dataset['unsaved'] !== undefined) unsaved.add(own);
    own.addEventListener('input', () => unsaved.add(own));
    own.addEventListener('submit', () => unsaved.delete(own));
  }
  addEventListener('beforeunload', (event) => {
    if (unsaved.size > 0) event.preventDefault();
  });
}

askBeforeLoss();
const form = document.querySelector<HTMLFormElement>('[data-look] form');
if (form) prepareColour(form);
form?.addEventListener('input', () => showLook(form));
const logo = form?.elements.namedItem('logoFile');
if (logo instanceof HTMLInputElement) logo.addEventListener('change', () => showLogo(logo));
const kept = form?.querySelector<HTMLImageElement>('.field:has(#logoFile) > .chosen-picture');
// One that cannot be shown is told of by its own words.
if (kept) void tellFaintLogo(kept).catch(() => undefined);
