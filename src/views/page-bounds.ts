import { setImmediate as turn } from 'node:timers/promises';
import { bytesOfText, type KeptSeal } from './thread/kept-seal.ts';

/** The bytes of sealed text after which a page ends, since a page is made at one stretch. */
const MOST_BYTES = 256 * 1024;
/** The bytes of HTML after which a page ends too: twice what usual texts of that size become. */
export const MOST_HTML_BYTES = 512 * 1024;

/** The number of these comments that fit on one page by the length of their texts: at least one. */
export function fitting(rows: readonly { readonly sealed: KeptSeal }[]): number {
  return within(
    MOST_BYTES,
    rows.map(({ sealed }) => bytesOfText(sealed)),
  );
}

/**
 * A page whose HTML fits too. `make` reads and presents a page of at most so many comments, and again with fewer when
 * it came out too long. Rendered texts are kept meanwhile, and other requests are heard. Comments that a page must have
 * are on it.
 */
export async function fittingPage<Page>(
  most: number,
  {
    make,
    htmlOf,
  }: { readonly make: (most: number) => Promise<Page>; readonly htmlOf: (page: Page) => readonly (string | null)[] },
): Promise<Page> {
  for (let room = most; ; ) {
    const page = await make(room);
    const sizes = htmlOf(page).map((html) => Buffer.byteLength(html ?? ''));
    const fits = within(MOST_HTML_BYTES, sizes);
    if (fits >= sizes.length || fits >= room) return page;
    room = fits;
    await turn();
  }
}

function within(most: number, sizes: readonly number[]): number {
  let bytes = 0;
  const over = sizes.findIndex((size) => {
    bytes += size;
    return bytes > most;
  });
  return over === -1 ? sizes.length : Math.max(1, over);
}
