import type { Frame } from '../../shell/frame.ts';

interface TickProps {
  readonly name: string;
  readonly label: string;
  readonly isTicked: boolean;
  readonly hint?: string;
}

/** A box to tick. */
export function Tick({ name, label, isTicked, hint }: TickProps) {
  return (
    <div class="field">
      <label class="radio">
        <input
          type="checkbox"
          id={name}
          name={name}
          value="1"
          checked={isTicked}
          aria-describedby={hint === undefined ? undefined : `${name}-hint`}
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
