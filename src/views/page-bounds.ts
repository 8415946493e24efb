import { setImmediate as turn } from 'node:timers/promises';

/** Bytes of sealed text after which a page ends: what is made of them is made at one stretch. */
const MOST_BYTES = 256 * 1024;
/** Bytes of HTML after which it ends too: twice what usual texts of that size become. */
export const MOST_HTML_BYTES = 512 * 1024;

/** How many of these comments fit on one page by the length of their texts: one at least. */
export function fitting(rows: readonly { readonly sealed: Buffer | null }[]): number {
  return within(
    MOST_BYTES,
    rows.map(({ sealed }) => sealed?.length ?? 0),
  );
}

/**
 * A page of no more comments than that whose HTML fits too: `make` reads and presents it with so many at most, and again
 * with fewer when it came out too long. What was rendered is kept meanwhile, and others are heard. Comments that a page must
 * have are on it.
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
