import { contrastOnPaper } from '../../../../../libs/words/index.ts';

/** Pixels of a side, in which a logo is looked at. */
const SIDE = 32;
/** What stands out less from the ground is hardly seen (1:1 is the ground itself). */
const LEAST_SEEN = 1.6;
/** The part of a logo that has to be seen. */
const LEAST_PART = 0.2;
const OPAQUE = 128;

/** The part of a picture's drawn pixels that stands out from the ground of a theme; 1 for an empty one. */
function partSeen(pixels: Uint8ClampedArray, theme: 'light' | 'dark'): number {
  let [drawn, seen] = [0, 0];
  for (let at = 0; at < pixels.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(at, at + 4);
    if (alpha < OPAQUE) continue;
    const colour = `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
    drawn += 1;
    if (contrastOnPaper(colour, theme) >= LEAST_SEEN) seen += 1;
  }
  return drawn === 0 ? 1 : seen / drawn;
}

function pixelsOf(picture: HTMLImageElement): Uint8ClampedArray | null {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [SIDE, SIDE];
  const context = canvas.getContext('2d');
  context?.drawImage(picture, 0, 0, SIDE, SIDE);
  return context?.getImageData(0, 0, SIDE, SIDE).data ?? null;
}

/** Says of a logo that it can hardly be seen on the ground of a theme; `picture` is of this page's own origin. */
export async function tellFaintLogo(picture: HTMLImageElement): Promise<void> {
  const said = document.querySelector<HTMLElement>('[data-faint-dark]');
  await picture.decode();
  const pixels = pixelsOf(picture);
  if (said === null || pixels === null) return;
  const faint = (['light', 'dark'] as const).filter((theme) => partSeen(pixels, theme) < LEAST_PART);
  said.textContent = faint.map((theme) => said.dataset[theme === 'dark' ? 'faintDark' : 'faintLight']).join(' ');
  said.hidden = faint.length === 0;
}
