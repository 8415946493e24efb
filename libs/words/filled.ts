/** A text of this form, where each `{name}` of the form is something else; for the names of `Numbers` it is a number. */
export type Filled<
  Form extends string,
  Numbers extends string = never,
> = Form extends `${infer Before}{${infer Name}}${infer After}`
  ? `${Before}${Name extends Numbers ? number : string | number}${Filled<After, Numbers>}`
  : Form;

/** What stands in a text for each `{name}` of its form, as short as it can be but for the last; null for a text of another form. */
export function filledIn(form: string, text: string): Readonly<Record<string, string>> | null {
  const [start = '', ...pieces] = form.split('{');
  if (!text.startsWith(start)) return null;
  const values: Record<string, string> = {};
  let at = start.length;
  for (const [n, piece] of pieces.entries()) {
    const [name = '', behind = ''] = piece.split('}');
    const isLast = n === pieces.length - 1;
    const end = !isLast ? text.indexOf(behind, at) : text.endsWith(behind) ? text.length - behind.length : -1;
    if (end < at) return null;
    values[name] = text.slice(at, end);
    at = end + behind.length;
  }
  return at === text.length ? values : null;
}
