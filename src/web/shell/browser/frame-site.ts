import { readData } from './page-data.ts';

/**
 * The site for which the session in this frame counts, as the server left it in the page; undefined in pages of the forum,
 * and for readers without one. What asks for more than a page's HTML states it.
 */
export function frameSite(): string | undefined {
  return readData<{ readonly site: string | null }>('frame-data')?.site ?? undefined;
}

/** The header in which a request states it. */
export function statedSite(site = frameSite()): Readonly<Record<string, string>> {
  return site === undefined ? {} : { 'colloquy-frame': site };
}
