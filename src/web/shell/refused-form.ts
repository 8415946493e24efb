import type { FieldErrors } from './fields.tsx';

/** One of several forms of a page, as it was sent and not accepted. */
export interface RefusedForm {
  /** Which of them, by a name of the page's own. */
  readonly form: string;
  /** What was typed, by field. */
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: FieldErrors;
}

/** What stands in a form's fields, and what is wrong with them: nothing, unless it is the one that was refused. */
export function formState(refused: RefusedForm | null, form: string): Omit<RefusedForm, 'form'> {
  return refused?.form === form ? refused : { typed: {}, errors: {} };
}
