/** Where the reader was when a language was chosen: how far the page was scrolled, in pixels, and its address with its fragment. */
const PLACE = 'colloquy:place';

/** The choice of a language leads back to where the page was scrolled, and keeps the fragment of its address. */
export function keepPlaceOf(form: HTMLFormElement): void {
  form.addEventListener('submit', () => {
    try {
      sessionStorage.setItem(PLACE, `${scrollY} ${location.href}`);
    } catch {
      // Where storing is forbidden, the page begins at its top.
    }
  });
}

/**
 * Once, and on the page that was left alone: another may have come in between. Before the first paint, so that nothing jumps;
 * the fragment comes back when the page is loaded, since a browser scrolls to what an address names until then.
 */
export function returnToPlace(): void {
  const kept = takePlace();
  if (kept === null || kept.address.split('#')[0] !== location.href) return;
  const { top, address } = kept;
  const scroll = () => scrollTo({ top, behavior: 'instant' });
  scroll();
  addEventListener('load', () => {
    history.replaceState(history.state, '', address);
    scroll();
  });
}

function takePlace(): { readonly top: number; readonly address: string } | null {
  try {
    const [top = '', address = ''] = (sessionStorage.getItem(PLACE) ?? '').split(' ');
    sessionStorage.removeItem(PLACE);
    return address === '' ? null : { top: Number(top), address };
  } catch {
    return null;
  }
}
