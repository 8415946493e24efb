/** Milliseconds since 1970 as RFC 3339, UTC, with milliseconds: how every time travels. */
export function moment(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
