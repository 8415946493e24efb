import type { ComponentChildren } from 'preact';
import { type FieldErrors, useMarked } from './refusable-fields.tsx';

export type { FieldErrors };

interface FieldProps {
  readonly name: string;
  /** The field's name, unless several forms of the page have a field of that name. */
  readonly id?: string;
  readonly label: string;
  readonly errors: FieldErrors;
  readonly hint?: string;
  readonly optional?: string;
}

function describedBy({ name, id = name, errors, hint }: FieldProps): string | undefined {
  const ids = [errors[name] !== undefined && `${id}-error`, hint !== undefined && `${id}-hint`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/**
 * The attributes of every kind of field. A page with a refused form begins at the first marked field: of several with
 * `autofocus` the browser takes the first.
 */
function attributesOf(props: FieldProps) {
  const { name, id = name, errors } = props;
  const isWrong = errors[name] !== undefined || undefined;
  return { id, name, autofocus: isWrong, 'aria-invalid': isWrong, 'aria-describedby': describedBy(props) };
}

/** The label above, the message and hint at the field, whatever kind of field it is. */
function Field(props: FieldProps & { readonly children: ComponentChildren }) {
  const { name, id = name, label, errors, hint, optional, children } = props;
  useMarked({ id, label, wrong: errors[name] });
  return (
    <div class="field">
      <label for={id}>
        {label} {optional && <span class="optional">({optional})</span>}
      </label>
      {errors[name] !== undefined && (
        <p class="field-error" id={`${id}-error`}>
          {errors[name]}
        </p>
      )}
      {children}
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly type?: 'text' | 'email' | 'password' | 'date' | 'datetime-local' | 'time';
  readonly autocomplete?:
    | 'name'
    | 'username'
    | 'username webauthn'
    | 'email'
    | 'new-password'
    | 'current-password'
    | 'one-time-code';
  /** A phone's keyboard of digits; not for a field that takes a recovery code too. */
  readonly inputmode?: 'numeric';
  /** The one field of a page that is there for it alone. */
  readonly autofocus?: boolean;
  readonly required?: boolean;
  /** The id of a list of words that complete what is typed. */
  readonly list?: string;
  /** What the browser checks before it sends the form; `title` says it in words. */
  readonly minLength?: number;
  readonly pattern?: string;
  readonly title?: string;
}

/** A phone corrects words, and neither names of accounts nor numbers. */
function spellingOf({ autocomplete, inputmode }: Pick<TextFieldProps, 'autocomplete' | 'inputmode'>) {
  const isLogin = autocomplete === 'username' || autocomplete === 'username webauthn';
  return {
    spellcheck: autocomplete === undefined && inputmode === undefined,
    ...(isLogin && ({ autocapitalize: 'none', autocorrect: 'off' } as const)),
  };
}

function Input(props: TextFieldProps) {
  const { value, type = 'text', autocomplete, inputmode, required = true, autofocus = false } = props;
  const { minLength, pattern, title, list } = props;
  const own = attributesOf(props);
  const attributes = {
    ...own,
    autofocus: own.autofocus || autofocus || undefined,
    value,
    required,
    autocomplete,
    inputmode,
    minLength,
    pattern,
    title,
    list,
  };
  switch (type) {
    case 'text':
      return <input {...attributes} {...spellingOf(props)} type="text" dir="auto" />;
    case 'email':
      return <input {...attributes} type="email" dir="ltr" spellcheck={false} />;
    case 'password':
      return <input {...attributes} type="password" />;
    case 'date':
      return <input {...attributes} type="date" />;
    case 'datetime-local':
      return <input {...attributes} type="datetime-local" />;
    case 'time':
      return <input {...attributes} type="time" />;
    default:
      return type satisfies never;
  }
}

export function TextField(props: TextFieldProps) {
  return (
    <Field {...props}>
      <Input {...props} />
    </Field>
  );
}

export function TextArea(
  props: FieldProps & { readonly value: string; readonly rows: number; readonly required?: boolean },
) {
  const { value, rows, required = true } = props;
  return (
    <Field {...props}>
      <textarea {...attributesOf(props)} rows={rows} required={required} dir="auto" value={value} />
    </Field>
  );
}

interface SelectFieldProps extends FieldProps {
  readonly required?: boolean;
  /** Whether a program chooses the browser's own time zone in it. */
  readonly takesOwnZone?: boolean;
  readonly children: ComponentChildren;
}

export function SelectField(props: SelectFieldProps) {
  const { required = false, takesOwnZone = false, children } = props;
  return (
    <Field {...props}>
      <select {...attributesOf(props)} required={required} data-own-zone={takesOwnZone ? '' : undefined}>
        {children}
      </select>
    </Field>
  );
}

/** A file of the device; a page cannot give it back after a refusal. */
export function FileField(props: FieldProps & { readonly accept: string }) {
  return (
    <Field {...props}>
      <input {...attributesOf(props)} type="file" accept={props.accept} required />
    </Field>
  );
}
