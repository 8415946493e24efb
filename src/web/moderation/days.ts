const DAY_MS = 86_400_000;

/** `2015-10-05`; null for a malformed day. */
export function dayIn(text: string): string | null {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) || !new Date(at).toISOString().startsWith(text) ? null : text;
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** From the first moment (UTC) of the first day to the end of the last; null where no day is named. */
export function periodOf(
  from: string | null,
  to: string | null,
): { readonly from: string | null; readonly to: string | null } {
  return { from: from && `${from}T00:00:00.000Z`, to: to && `${dayAfter(to, 1)}T00:00:00.000Z` };
}
