/** The light and the dark form of a colour, `#rrggbb`. */
export interface ThemePair {
  readonly light: string;
  readonly dark: string;
}

/** The ground of all pages. */
export const PAPER: ThemePair = { light: '#fbf8f2', dark: '#171512' };
/** The backgrounds on which the accent is read: paper, wash, raised. */
const GROUNDS = {
  light: [PAPER.light, '#f3eee4', '#fffdf9'],
  dark: [PAPER.dark, '#211e1a', '#1d1a17'],
} as const;
/** The text on buttons of the accent's colour. */
const INK = { light: '#fffdf9', dark: '#10201f' } as const;

/** The contrast that a text needs (WCAG 2.2, 1.4.3), which is more than the 3:1 of what is no text (1.4.11). */
export const LEAST_CONTRAST = 4.5;

const HEX = /^#[0-9a-f]{6}$/u;

/** The colour in lower case; null for what is no `#rrggbb`. */
export function colourOf(text: string): string | null {
  const colour = text.trim().toLowerCase();
  return HEX.test(colour) ? colour : null;
}

type Channels = readonly [red: number, green: number, blue: number];

function channelsOf(colour: string): Channels {
  const number = Number.parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

function hexOf(channels: Channels): string {
  return `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

/** The relative luminance (WCAG 2.2) of red, green and blue from 0 to 1. */
export function relativeLuminance(shares: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = shares.map((share) =>
    share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function luminance(colour: string): number {
  return relativeLuminance(channelsOf(colour).map((channel) => channel / 255));
}

/** The contrast of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The colour with a share of another mixed in. */
function mixed(colour: string, other: string, share: number): string {
  const [from, to] = [channelsOf(colour), channelsOf(other)];
  const at = (index: 0 | 1 | 2): number => from[index] + (to[index] - from[index]) * share;
  return hexOf([at(0), at(1), at(2)]);
}

/** The pale ground of chosen things, in the accent's colour. */
export function washOf({ light, dark }: ThemePair): ThemePair {
  return { light: mixed(GROUNDS.light[0], light, 0.1), dark: mixed(GROUNDS.dark[0], dark, 0.14) };
}

/** The contrast of a colour with the paper of a theme. */
export function contrastOnPaper(colour: string, theme: keyof ThemePair): number {
  return contrast(colour, GROUNDS[theme][0]);
}

/** The lowest contrast of a colour as it is used in a theme: as text on each ground, and below the text of buttons. */
export function lowestContrast(colour: string, theme: keyof ThemePair): number {
  const wash = washOf({ light: colour, dark: colour })[theme];
  return Math.min(...[...GROUNDS[theme], wash, INK[theme]].map((ground) => contrast(colour, ground)));
}

const STEPS = 100;

/** The nearest colour towards white or black that can be read in the theme; the colour itself when it can. */
function readable(colour: string, theme: keyof ThemePair): string {
  const towards = theme === 'light' ? '#000000' : '#ffffff';
  for (let step = 0; step <= STEPS; step += 1) {
    const nearer = mixed(colour, towards, step / STEPS);
    if (lowestContrast(nearer, theme) >= LEAST_CONTRAST) return nearer;
  }
  return towards;
}

/** The pairs that were worked out: every page shows the site's, which takes a hundred contrasts. */
const pairs = new Map<string, ThemePair>();
const MOST_PAIRS = 50;

/** The accent as each theme shows it: as it was chosen on light paper, and lightened as far as needed on dark. */
export function accentPair(accent: string): ThemePair {
  const known = pairs.get(accent) ?? { light: accent, dark: readable(accent, 'dark') };
  if (pairs.size >= MOST_PAIRS) pairs.clear();
  pairs.set(accent, known);
  return known;
}

/** The nearest colour that can be read on light paper, to which the dark theme has a form as well. */
export function nearestReadable(colour: string): string {
  return readable(colour, 'light');
}
