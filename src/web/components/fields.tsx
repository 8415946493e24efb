import type { ComponentChildren } from 'preact';
import type { Translator } from '../i18n/translate.ts';

/** Messages by field name; `''` for the form as a whole. */
export type FieldErrors = Readonly<Record<string, string>>;

interface FieldProps {
  readonly name: string;
  /** The name, unless several forms of the page have a field of this name. */
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

/** The label above, the message and hint at the field, whatever kind of field it is. */
function Field(props: FieldProps & { readonly children: ComponentChildren }) {
  const { name, id = name, label, errors, hint, optional, children } = props;
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
  readonly type?: 'text' | 'email' | 'password' | 'date' | 'datetime-local';
  readonly autocomplete?: 'name' | 'username' | 'email' | 'new-password' | 'current-password';
  readonly required?: boolean;
}

function Input(props: TextFieldProps) {
  const { name, id = name, value, type = 'text', autocomplete, required = true, errors } = props;
  const attributes = {
    id,
    name,
    value,
    required,
    autocomplete,
    'aria-invalid': errors[name] !== undefined || undefined,
    'aria-describedby': describedBy(props),
  };
  switch (type) {
    case 'text':
      return <input {...attributes} type="text" dir="auto" spellcheck={autocomplete === undefined} />;
    case 'email':
      return <input {...attributes} type="email" dir="ltr" spellcheck={false} />;
    case 'password':
      return <input {...attributes} type="password" />;
    case 'date':
      return <input {...attributes} type="date" />;
    case 'datetime-local':
      return <input {...attributes} type="datetime-local" />;
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
  const { name, id = name, value, rows, required = true, errors } = props;
  return (
    <Field {...props}>
      <textarea
        id={id}
        name={name}
        rows={rows}
        required={required}
        dir="auto"
        value={value}
        aria-invalid={errors[name] !== undefined || undefined}
        aria-describedby={describedBy(props)}
      />
    </Field>
  );
}

export function SelectField(props: FieldProps & { readonly required?: boolean; readonly children: ComponentChildren }) {
  const { name, id = name, required = false, errors, children } = props;
  return (
    <Field {...props}>
      <select
        id={id}
        name={name}
        required={required}
        aria-invalid={errors[name] !== undefined || undefined}
        aria-describedby={describedBy(props)}
      >
        {children}
      </select>
    </Field>
  );
}

/** Above a form that was not accepted: what is wrong with it as a whole. */
export function FormError({ errors, translator }: { errors: FieldErrors; translator: Translator }) {
  if (Object.keys(errors).length === 0) return null;
  return (
    <p class="form-error" role="alert" tabIndex={-1}>
      {errors[''] ?? translator.t('error.invalid')}
    </p>
  );
}
