import type { FieldErrors } from './fields.tsx';

/** One of several forms of a page, sent and refused. */
export interface RefusedForm {
  /** The form's name on its page. */
  readonly form: string;
  /** The typed values, by field. */
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: FieldErrors;
}

/** The values and faults of a form's fields: empty unless it is the refused one. */
export function formState(refused: RefusedForm | null, form: string): Omit<RefusedForm, 'form'> {
  return refused?.form === form ? refused : { typed: {}, errors: {} };
}
