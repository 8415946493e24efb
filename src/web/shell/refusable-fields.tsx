import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { render } from 'preact-render-to-string';
import type { Translator } from './i18n/translate.ts';

/** Messages by field name; `''` for the form as a whole. */
export type FieldErrors = Readonly<Record<string, string>>;

/** A field with a fault. */
interface MarkedField {
  readonly id: string;
  readonly label: string;
  readonly wrong: string;
}

const Hearing = createContext<((field: MarkedField) => void) | null>(null);

/** A field reports its fault at each rendering, so that the summary above its form leads to it. */
export function useMarked({ id, label, wrong }: Omit<MarkedField, 'wrong'> & { readonly wrong?: string | undefined }) {
  const hear = useContext(Hearing);
  if (wrong !== undefined) hear?.({ id, label, wrong });
}

interface RefusableProps {
  readonly errors: FieldErrors;
  readonly translator: Translator;
  readonly children: ComponentChildren;
}

/** The fields of a form, and above them a summary when it was refused. */
export function RefusableFields({ errors, translator, children }: RefusableProps) {
  return (
    <>
      {Object.keys(errors).length > 0 && (
        <Summary errors={errors} translator={translator} marked={markedIn(children)} />
      )}
      {children}
    </>
  );
}

/** The faults in the order of the page: rendering finds them, which only a refused form does twice. */
function markedIn(children: ComponentChildren): readonly MarkedField[] {
  const marked: MarkedField[] = [];
  render(<Hearing.Provider value={(field) => marked.push(field)}>{children}</Hearing.Provider>);
  return marked;
}

/**
 * The faults of the form as a whole, then a line for each marked field with a link to it (WCAG 2.2 technique G139). The
 * page begins here when no field is marked.
 */
function Summary({
  errors,
  translator,
  marked,
}: Omit<RefusableProps, 'children'> & { readonly marked: readonly MarkedField[] }) {
  const { t } = translator;
  return (
    <div class="form-error" role="alert" tabIndex={-1} autofocus={marked.length === 0 || undefined}>
      <p>{errors[''] ?? t('error.invalid')}</p>
      {marked.length > 0 && (
        <ul class="wrong-fields">
          {marked.map(({ id, label, wrong }) => (
            <li key={id}>
              <a href={`#${encodeURIComponent(id)}`}>{t('error.ofField', { field: label, wrong })}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
