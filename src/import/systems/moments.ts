const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** RFC 3339 in UTC, of a date as programs write them or of milliseconds; a time without a zone is UTC. Null for what is no date of a blog. */
export function momentOf(given: string | number | null | undefined): string | null {
  if (given === null || given === undefined || given === '') return null;
  const time = typeof given === 'number' ? given : Date.parse(inUtc(given));
  return time >= EARLIEST && time < LATEST ? new Date(time).toISOString() : null;
}

function inUtc(text: string): string {
  const zoneless = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/.exec(text.trim());
  return zoneless === null ? text : `${zoneless[1]}T${zoneless[2]}Z`;
}
