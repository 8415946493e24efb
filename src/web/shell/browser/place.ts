import { keep, kept } from './kept.ts';

/** The reader's place when a language was chosen: the scroll offset in pixels, and the address with its fragment. */
const PLACE = 'colloquy:place';

/** Keeps the place, so that the choice of a language leads back to it with the address's fragment. */
export function keepPlaceOf(form: HTMLFormElement): void {
  form.addEventListener('submit', () => {
    keep(PLACE, `${scrollY} ${location.href}`, 'sessionStorage');
  });
}

/**
 * Works once, and only on the page that was left, since another may have come in between. It runs before the first
 * paint, so that nothing jumps. The fragment comes back when the page is loaded, since until then a browser scrolls to
 * what an address names.
 */
export function returnToPlace(): void {
  const place = takePlace();
  if (place === null || place.address.split('#')[0] !== location.href) return;
  const { top, address } = place;
  const scroll = () => scrollTo({ top, behavior: 'instant' });
  scroll();
  addEventListener('load', () => {
    history.replaceState(history.state, '', address);
    scroll();
  });
}

function takePlace(): { readonly top: number; readonly address: string } | null {
  const [top = '', address = ''] = (kept(PLACE, 'sessionStorage') ?? '').split(' ');
  keep(PLACE, null, 'sessionStorage');
  return address === '' ? null : { top: Number(top), address };
}
