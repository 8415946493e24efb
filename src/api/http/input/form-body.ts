/** What a form sent: the values of a name that comes more than once in their order. */
export type FormBody = Record<string, string | string[]>;

/**
 * Takes a form apart (application/x-www-form-urlencoded) as the platform does, in native code: the lists of a policy are
 * some megabytes, and the usual parsers hold the event loop for a tenth of a second with them. A sign that is broken
 * becomes U+FFFD. No name reaches a prototype.
 */
export function formBody(text: string): FormBody {
  const form: FormBody = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const known = form[name];
    if (known === undefined) form[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else form[name] = [known, value];
  }
  return form;
}
