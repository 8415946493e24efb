import { DomainError } from '../../../libs/kernel/index.ts';

/** Fields of a form, at most: those of the largest, a hundred ticked boxes, are fewer than half of them. */
export const MOST_FORM_FIELDS = 500;

/** What a form sent: the values of a name that comes more than once in their order. */
export type FormBody = Record<string, string | string[]>;

/**
 * Takes a form apart (application/x-www-form-urlencoded) as the platform does, in native code: the lists of a policy are
 * some megabytes, and the usual parsers hold the event loop for a tenth of a second with them. A sign that is broken
 * becomes U+FFFD. No name reaches a prototype. Throws DomainError `too_large` for more than MOST_FORM_FIELDS.
 */
export function formBody(text: string): FormBody {
  requireFew(text);
  const form: FormBody = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const known = form[name];
    if (known === undefined) form[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else form[name] = [known, value];
  }
  return form;
}

function requireFew(text: string): void {
  let at = -1;
  for (let fields = 1; fields <= MOST_FORM_FIELDS; fields += 1) {
    at = text.indexOf('&', at + 1);
    if (at < 0) return;
  }
  throw new DomainError('too_large', `The form has more than ${MOST_FORM_FIELDS} fields.`);
}
