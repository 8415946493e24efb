/** The texts of a language, which are the same on all pages: the JSON of each is made once. */
const encoded = new WeakMap<object, string>();

/** Tells that the object will be in the data of many pages and never changes. */
export function encodedOnce<Shared extends object>(shared: Shared): Shared {
  encoded.set(shared, escaped(shared));
  return shared;
}

/** The JSON of a page's data, for a script element: `<` is escaped, so that no text in it can end the element. */
export function pageJson(data: object): string {
  const whole = encoded.get(data);
  if (whole !== undefined) return whole;
  if (Array.isArray(data)) return escaped(data);
  const members = Object.entries(data).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const known = typeof value === 'object' && value !== null ? encoded.get(value) : undefined;
    return [`${escaped(name)}:${known ?? escaped(value)}`];
  });
  return `{${members.join(',')}}`;
}

/** A text as it stands between the quotation marks there. */
export function textInJson(text: string): string {
  return escaped(text).slice(1, -1);
}

function escaped(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
