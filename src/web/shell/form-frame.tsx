import type { ComponentChildren } from 'preact';
import type { Translator } from './i18n/translate.ts';
import { PostForm } from './post-form.tsx';
import { type FieldErrors, RefusableFields } from './refusable-fields.tsx';

interface FormFrameProps {
  readonly action: string;
  readonly translator: Translator;
  readonly errors?: FieldErrors;
  /** Hidden fields: where to go next, an id, a revision; `as` where it is not a form of the member of the page. */
  readonly hidden?: Readonly<Record<string, string>>;
  /** The name under which the browser keeps the draft, and whether some text came back with the page. */
  readonly draft?: { readonly name: string; readonly isTyped: boolean };
  /** Whether files are sent with it. */
  readonly files?: boolean;
  /** Whether its button does nothing while the form is on its way: for one whose second press could not succeed. */
  readonly once?: boolean;
  /** Where its answer is shown, in a page that stands in another one. */
  readonly target?: '_self' | undefined;
  /** The row of buttons at its end. */
  readonly buttons: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Shown by the browser program when it has brought a draft back. */
function Restored({ translator: { t } }: { translator: Translator }) {
  return (
    <p class="notice" role="status" hidden data-restored>
      {t('write.restored')}{' '}
      <button class="link-button" type="button">
        {t('write.discard')}
      </button>
    </p>
  );
}

/** The frame of every form, so that all of them show errors and submit alike. */
export function FormFrame(props: FormFrameProps) {
  const {
    action,
    translator,
    errors = {},
    hidden: { as, ...hidden } = {},
    draft,
    files = false,
    once = false,
    target,
    buttons,
    children,
  } = props;
  return (
    <PostForm
      class="form"
      action={action}
      target={target}
      as={as}
      enctype={files ? 'multipart/form-data' : undefined}
      data-draft={draft?.name}
      data-typed={draft?.isTyped ? '' : undefined}
      data-once={once ? '' : undefined}
    >
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <RefusableFields errors={errors} translator={translator}>
        {draft && <Restored translator={translator} />}
        {children}
      </RefusableFields>
      <div class="buttons">{buttons}</div>
    </PostForm>
  );
}

/** The button that sends the form. */
/** Shows what the form would become, by its own route, and saves nothing. */
export function PreviewButton({ action, label }: { action: string; label: string }) {
  return (
    <button
      class="button quiet"
      type="submit"
      name="do"
      value="preview"
      formAction={`${action}#preview`}
      formNoValidate
    >
      {label}
    </button>
  );
}

export function Submit({ label, danger = false }: { label: string; danger?: boolean }) {
  return (
    <button class={danger ? 'button danger' : 'button'} type="submit">
      {label}
    </button>
  );
}

/** The link to leave the form without sending. */
export function Cancel({ href, label }: { href: string; label: string }) {
  return (
    <a class="button quiet" href={href}>
      {label}
    </a>
  );
}
