import type { FieldErrors } from '../../shell/fields.tsx';
import type { Frame } from '../../shell/frame.ts';
import { useMarked } from '../../shell/refusable-fields.tsx';

interface TickProps {
  readonly name: string;
  readonly label: string;
  readonly isTicked: boolean;
  readonly hint?: string;
  readonly errors?: FieldErrors;
}

/** Why a choice was refused, at the choice; nothing for one that was not. */
export function WrongChoice({ name, label, errors = {} }: Pick<TickProps, 'name' | 'label' | 'errors'>) {
  useMarked({ id: name, label, wrong: errors[name] });
  if (errors[name] === undefined) return null;
  return (
    <p class="field-error" id={`${name}-error`}>
      {errors[name]}
    </p>
  );
}

/** A box to tick. */
export function Tick({ name, label, isTicked, hint, errors = {} }: TickProps) {
  const ids = [errors[name] !== undefined && `${name}-error`, hint !== undefined && `${name}-hint`].filter(Boolean);
  return (
    <div class="field">
      <WrongChoice name={name} label={label} errors={errors} />
      <label class="radio">
        <input
          type="checkbox"
          id={name}
          name={name}
          value="1"
          checked={isTicked}
          aria-invalid={errors[name] !== undefined || undefined}
          aria-describedby={ids.length === 0 ? undefined : ids.join(' ')}
        />
        {label}
      </label>
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** A setting that the environment fixes: shown, and not in the form. */
export function FixedLine({
  label,
  value,
  by,
  frame,
}: {
  readonly label: string;
  readonly value: string;
  readonly by: string;
  readonly frame: Frame;
}) {
  return (
    <div class="field fixed">
      <p>
        <strong>{label}</strong> {value}
      </p>
      <p class="hint">{frame.translator.t('site.fixed', { by })}</p>
    </div>
  );
}
