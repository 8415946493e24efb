/** Milliseconds since 1970 as RFC 3339, UTC, with milliseconds: the form of every time in answers. */
export function moment(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
