import type { IncomingHttpHeaders } from 'node:http';
import { isRecord } from '../../../libs/kernel/index.ts';
import { LOCALE_CODES, type Locale, plainTitle, readLanguages, type TextLanguage } from '../../../libs/words/index.ts';
import { textIn } from './paths.ts';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What the page of another site tells the frame with its discussion. */
export interface FrameAddress {
  /** The page's own address. */
  readonly url: string;
  readonly title: string;
  /** Null to follow the reader. */
  readonly locale: Locale | null;
  readonly theme: Theme | null;
  /** Whether the page around the frame shows through. */
  readonly isTransparent: boolean;
  /** The origin for which the reader's session in the frame counts; null for readers without one. */
  readonly site: string | null;
  /**
   * The member for whom the page was drawn; it is nobody's where another one is signed in. Empty for a page that stays
   * nobody's, null for one that is whoever's is signed in.
   */
  readonly as: string | null;
  /** The languages that a reader without an account said to read, in the frame itself; null where it did not, or reads all. */
  readonly reads: readonly TextLanguage[] | null;
}

export const FRAME = '/embed';
const LONGEST_PATH = 8_000;

export function frameAddressIn(fields: unknown): FrameAddress {
  const [locale, theme] = [textIn(fields, 'locale'), textIn(fields, 'theme')];
  return {
    url: textIn(fields, 'url'),
    title: plainTitle(textIn(fields, 'title')),
    locale: LOCALE_CODES.find((known) => known === locale) ?? null,
    theme: THEMES.find((known) => known === theme) ?? null,
    isTransparent: textIn(fields, 'background') === 'transparent',
    site: textIn(fields, 'site') || null,
    as: isRecord(fields) && 'as' in fields ? textIn(fields, 'as') : null,
    reads: readLanguages(textIn(fields, 'reads').slice(0, 200).split('.')),
  };
}

/** The frame's address on the forum, spelled as the script of the host spells it, so that its page is kept once. */
export function framePath({ url, title, locale, theme, isTransparent, site, as, reads }: FrameAddress): string {
  const query = new URLSearchParams({ url });
  if (title !== '') query.set('title', title);
  if (locale !== null) query.set('locale', locale);
  if (theme !== null) query.set('theme', theme);
  if (isTransparent) query.set('background', 'transparent');
  if (site !== null) query.set('site', site);
  if (as !== null) query.set('as', as);
  if (reads !== null) query.set('reads', reads.join('.'));
  return `${FRAME}?${query}`;
}

/** What the path of a frame says. */
export function frameAddressOf(path: string): FrameAddress {
  return frameAddressIn(Object.fromEntries(new URLSearchParams(path.slice(FRAME.length + 1))));
}

/** The frame in which a form or link of a thread stands, from its field; undefined outside of frames. */
export function frameIn(fields: unknown): string | undefined {
  const path = textIn(fields, 'frame');
  if (path.length > LONGEST_PATH || !path.startsWith(`${FRAME}?`)) return undefined;
  return framePath(frameAddressOf(path));
}

/**
 * The path without the title that the page around a frame gives it: a discussion with comments has its own, so its page
 * is kept once.
 */
export function withoutTitle(path: string): string {
  return path.startsWith(`${FRAME}?`) ? path.replace(/&title=[^&]*/u, '') : path;
}

/** Whether the browser says that a frame's address was opened as a page of its own. */
export function standsAlone(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-dest'] === 'document';
}

/** The language that a frame's address asks for, whoever reads it. */
export function localeOfFrame(path: string): Locale | null {
  return path.startsWith(`${FRAME}?`)
    ? frameAddressIn({ locale: new URLSearchParams(path.slice(FRAME.length + 1)).get('locale') }).locale
    : null;
}
