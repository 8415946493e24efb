import { DomainError } from '../../../libs/kernel/index.ts';

/** The most fields of a form; the largest form, with a hundred ticked boxes, has fewer than half of them. */
export const MOST_FORM_FIELDS = 500;

/** The fields of a form; a name that comes several times has its values in order. */
export type FormBody = Record<string, string | string[]>;

/**
 * Parses a form (application/x-www-form-urlencoded) by the platform's native code: a policy's lists are some megabytes,
 * and the usual parsers hold the event loop for a tenth of a second with them. A broken sign becomes U+FFFD. No name
 * reaches a prototype. Throws DomainError `too_large` for more than MOST_FORM_FIELDS.
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
