import { type ValidationError, validateSync } from 'class-validator';
import { DomainError, type FieldError } from '../../../../libs/kernel/index.ts';
import { FORBIDDEN_KEYS } from './json-body.ts';

/** A class whose fields carry the rules of rules.ts; they are declared only, so that a field that was not sent is not there. */
export type Shape<Value extends object> = new () => Value;

const STRICT = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
} as const;

/**
 * The raw value as an instance of its shape: nothing is coerced, unknown fields are refused by name.
 * Throws DomainError `invalid` that names every wrong field.
 */
export function checkInput<Value extends object>(shape: Shape<Value>, raw: unknown): Value {
  if (!isObject(raw)) throw new DomainError('invalid', 'The request must carry a JSON object.', [NO_OBJECT]);
  for (const key of FORBIDDEN_KEYS) if (Object.hasOwn(raw, key)) throw unknownField(key);
  const input = Object.assign(new shape(), raw);
  const faults = validateSync(input, STRICT);
  if (faults.length === 0) return input;
  const errors = faults.map((fault) => fieldError(fault, raw));
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  throw new DomainError('invalid', `${detail}.`, errors);
}

/** Throws DomainError `invalid` for anything but nothing and an empty object. */
export function refuseFields(raw: unknown): void {
  if (raw === undefined || raw === null) return;
  if (!isObject(raw))
    throw new DomainError('invalid', 'The request must carry nothing or an empty JSON object.', [NO_OBJECT]);
  for (const key of Object.keys(raw)) throw unknownField(shown(key));
}

function unknownField(field: string): DomainError {
  return new DomainError('invalid', `${field} is not known here.`, [{ field, message: 'is not known here' }]);
}

const NO_OBJECT: FieldError = { field: '', message: 'must be a JSON object' };

function isObject(raw: unknown): raw is object {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

function fieldError({ property, constraints = {} }: ValidationError, raw: object): FieldError {
  const field = shown(property);
  if ('whitelistValidation' in constraints) return { field, message: 'is not known here' };
  if (!Object.hasOwn(raw, property)) return { field, message: 'is missing' };
  return { field, message: Object.values(constraints)[0] ?? 'is wrong' };
}

/** An unknown field's name is the sender's own text: it goes back shortened and without what could disturb a reader. */
function shown(name: string): string {
  return name.toWellFormed().replace(/\p{C}/gu, '\ufffd').slice(0, 100);
}
