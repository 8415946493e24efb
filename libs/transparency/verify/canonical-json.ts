/** Deeper values are refused: they would exhaust the stack, and no event comes near it. */
const DEEPEST = 500;

/**
 * The canonical JSON (RFC 8785) of a text's value, to be compared with the text; null for malformed or too deep JSON. A
 * lone surrogate, which the RFC does not allow, is its escape in lower case, as ECMAScript writes it.
 */
export function canonicalOf(text: string): string | null {
  try {
    return written(JSON.parse(text), 0);
  } catch {
    return null;
  }
}

function written(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (depth > DEEPEST) throw new RangeError('The value is nested too deeply.');
  if (Array.isArray(value)) return `[${value.map((item: unknown) => written(item, depth + 1)).join(',')}]`;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${written(member, depth + 1)}`).join(',')}}`;
}
