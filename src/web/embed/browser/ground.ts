import { PAPER, relativeLuminance, type ThemePair } from '../../../../libs/words/accent.ts';

/** What lies below a frame. */
interface Ground {
  /** As a style names it; empty for what is there without the frame. */
  readonly css: string;
  readonly isDark: boolean;
  /** The relative luminance of WCAG; null where it is not known. */
  readonly luminance: number | null;
}

/** Red, green and blue from 0 to 1, and how much of what is below they cover. */
type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/**
 * The texts of a frame have a contrast of 4.5 or better with grounds that are at least so light, or at most so dark; see
 * embed.css.
 */
export const READABLE = { light: 0.6, dark: 0.06 } as const;

/** The colour that a browser makes of any CSS colour; the place is an element whose outline nobody sees. */
function colourOf(css: string, { style }: HTMLElement, computed: CSSStyleDeclaration): Colour {
  const before = [style.outlineColor, style.transition] as const;
  style.transition = 'none';
  style.outlineColor = `color-mix(in srgb, ${css}, ${css})`;
  const [red = 0, green = 0, blue = 0, alpha = 1] = (computed.outlineColor.match(/[\d.e-]+/g) ?? []).map(Number);
  [style.outlineColor, style.transition] = before;
  return [red, green, blue, alpha];
}

function groundOf(css: string, colour: Colour, isWhole: boolean): Ground {
  const [red, green, blue, alpha] = colour;
  const isDark = red * 0.299 + green * 0.587 + blue * 0.114 < 0.5;
  return { css, isDark, luminance: isWhole && alpha === 1 ? relativeLuminance(colour) : null };
}

/** The ground below an element: the wished colour, else the nearest one around it, else that of its color-scheme. */
export function groundBelow(element: HTMLElement, wished: string): Ground {
  const own = getComputedStyle(element);
  if (wished !== '' && CSS.supports('color', wished)) return groundOf(wished, colourOf(wished, element, own), true);
  let isWhole = true;
  for (let place: Element | null = element; place; place = place.parentElement) {
    const { backgroundColor, backgroundImage } = getComputedStyle(place);
    isWhole &&= backgroundImage === 'none';
    const colour = colourOf(backgroundColor, element, own);
    if (colour[3] > 0.5) return groundOf('', colour, isWhole);
    isWhole &&= colour[3] === 0;
  }
  return groundOf('', colourOf('Canvas', element, own), isWhole);
}

/** The background of a frame: what is below it where its texts can be read on that, else the forum's own paper. */
export function backgroundOf({ css, luminance }: Ground, theme: keyof ThemePair): string {
  const isReadable =
    luminance !== null && (theme === 'light' ? luminance >= READABLE.light : luminance <= READABLE.dark);
  return isReadable ? css : PAPER[theme];
}
