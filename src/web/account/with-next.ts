/** The path with what its page is told, and the way on afterwards, unless that leads to the first page. */
export function withNext(path: string, next: string, told: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ ...told, ...(next === '/' ? {} : { next }) });
  return query.size === 0 ? path : `${path}?${query}`;
}
