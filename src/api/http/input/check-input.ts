import { type ValidationError, validateSync } from 'class-validator';
import { DomainError, type FieldError } from '../../../../libs/kernel/index.ts';
import { FORBIDDEN_KEYS } from './json-body.ts';
import { ShapePlan } from './shape-plan.ts';

/** A class whose fields carry the rules of rules.ts; they are declared only, so that a field that was not sent is not there. */
export type Shape<Value extends object> = new () => Value;

const STRICT = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
} as const;

/** Unknown fields that are named one by one: a request of nothing else would be answered with itself. */
const MOST_UNKNOWN = 20;

const plans = new WeakMap<Shape<object>, { readonly plan: ShapePlan | null }>();

/**
 * The raw value as an instance of its shape: nothing is coerced, unknown fields are refused by name. A request without a
 * body (undefined) is one without fields, where none is required.
 * Throws DomainError `invalid` that names every wrong field, of unknown ones the first twenty.
 */
export function checkInput<Value extends object>(shape: Shape<Value>, raw: unknown): Value {
  if (raw === undefined && needsNothing(shape)) return new shape();
  if (!isObject(raw)) throw new DomainError('invalid', 'The request must carry a JSON object.', [NO_OBJECT]);
  for (const key of FORBIDDEN_KEYS) if (Object.hasOwn(raw, key)) throw unknownField(key);
  const input = Object.assign(new shape(), raw);
  if (planOf(shape)?.accepts(input) === true) return input;
  const faults = validateSync(input, STRICT);
  if (faults.length === 0) return input;
  throw refusal(faults, raw);
}

/** True for a shape that an empty object has. */
export function needsNothing(shape: Shape<object>): boolean {
  return validateSync(new shape(), STRICT).length === 0;
}

function planOf(shape: Shape<object>): ShapePlan | null {
  const made = plans.get(shape) ?? { plan: ShapePlan.of(shape) };
  plans.set(shape, made);
  return made.plan;
}

function refusal(faults: readonly ValidationError[], raw: object): DomainError {
  const unknown = faults.filter(isUnknown);
  const left = new Set(unknown.slice(MOST_UNKNOWN));
  const errors = faults.filter((fault) => !left.has(fault)).map((fault) => fieldError(fault, raw));
  const named = errors.map(({ field, message }) => `${field} ${message}`);
  const more = left.size === 0 ? [] : [`${left.size} more fields are not known here`];
  return new DomainError('invalid', `${[...named, ...more].join('; ')}.`, errors);
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

function isUnknown({ constraints = {} }: ValidationError): boolean {
  return 'whitelistValidation' in constraints;
}

function fieldError(fault: ValidationError, raw: object): FieldError {
  const { property, constraints = {} } = fault;
  const field = shown(property);
  if (isUnknown(fault)) return { field, message: 'is not known here' };
  if (!Object.hasOwn(raw, property)) return { field, message: 'is missing' };
  return { field, message: Object.values(constraints)[0] ?? 'is wrong' };
}

/** An unknown field's name is the sender's own text: it goes back shortened and without what could disturb a reader. */
function shown(name: string): string {
  return name.toWellFormed().replace(/\p{C}/gu, '\ufffd').slice(0, 100);
}
