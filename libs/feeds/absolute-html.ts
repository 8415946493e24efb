const TAG = /<[a-z][^<>]*>/g;
const ADDRESS = / (href|src|srcset)="([^"]*)"/g;
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;

/**
 * Rendered Markdown with each address in full, since what reads a feed shows it at another place. `page` is the address
 * of the page that the text stands on.
 */
export function absoluteHtml(html: string, page: string): string {
  const full = (address: string): string =>
    ABSOLUTE.test(address) ? address : (URL.parse(address, page)?.href ?? address);
  const eachOf = (list: string): string =>
    list
      .split(', ')
      .map((one) => {
        const [address = '', ...width] = one.split(' ');
        return [full(address), ...width].join(' ');
      })
      .join(', ');
  return html.replace(TAG, (tag) =>
    tag.replace(ADDRESS, (_, name: string, value: string) => {
      return ` ${name}="${name === 'srcset' ? eachOf(value) : full(value)}"`;
    }),
  );
}
