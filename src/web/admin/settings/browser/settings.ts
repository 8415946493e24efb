import { accentPair, colourOf, contrastOnPaper, DEFAULT_ACCENT, washOf } from '../../../../../libs/words/index.ts';

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
form?.addEventListener('input', () => showLook(form));
const logo = form?.elements.namedItem('logoFile');
if (logo instanceof HTMLInputElement) logo.addEventListener('change', () => showLogo(logo));
