import { zoneNamed } from '../../../libs/words/index.ts';
import { type FieldErrors, SelectField } from './fields.tsx';
import type { Frame } from './frame.ts';
import { zonesByRegion } from './zones.ts';

interface ZoneFieldProps {
  readonly frame: Frame;
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  /** The name of a zone; '' for none. */
  readonly chosen: string;
  /** What it means to choose none; without it a zone must be chosen. */
  readonly none?: string;
  /** Whether the page's program chooses the browser's own zone. */
  readonly takesOwn?: boolean;
  readonly errors: FieldErrors;
}

/** A zone is chosen by its place, with the hours that it leads UTC today. */
export function ZoneField({ frame, name, label, hint, chosen, none, takesOwn = false, errors }: ZoneFieldProps) {
  const { t } = frame.translator;
  const now = zoneNamed(chosen) ?? chosen;
  const regions = zonesByRegion(frame.now);
  const isListed = ['', 'UTC'].includes(now) || regions.some(({ zones }) => zones.some((zone) => zone.name === now));
  return (
    <SelectField name={name} label={label} hint={hint} errors={errors} takesOwnZone={takesOwn}>
      {none !== undefined && (
        <option value="" selected={now === ''}>
          {none}
        </option>
      )}
      {!isListed && (
        <option value={now} selected>
          {now}
        </option>
      )}
      <option value="UTC" selected={now === 'UTC'}>
        UTC
      </option>
      {regions.map(({ words, zones }) => (
        <optgroup key={words} label={t(words)}>
          {zones.map((zone) => (
            <option key={zone.name} value={zone.name} selected={zone.name === now}>
              {zone.label}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}
