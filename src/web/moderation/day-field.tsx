import { type FieldErrors, TextField } from '../shell/fields.tsx';
import { dayIn } from './days.ts';

interface DayFieldProps {
  readonly name: string;
  readonly label: string;
  /** `2015-10-31`, or what else was typed. */
  readonly value: string;
  readonly errors: FieldErrors;
}

/** A day (UTC), with the browser's own calendar where it has one. A malformed day is shown again as it was typed. */
export function DayField({ name, label, value, errors }: DayFieldProps) {
  const isDay = value === '' || dayIn(value) !== null;
  return (
    <TextField
      name={name}
      type={isDay ? 'date' : 'text'}
      label={label}
      value={value}
      required={false}
      errors={errors}
    />
  );
}
