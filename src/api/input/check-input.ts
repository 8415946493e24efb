import { type ValidationError, validateSync } from 'class-validator';
import { DomainError, type FieldError } from '../../../libs/kernel/index.ts';
import { FORBIDDEN_KEYS } from './json-body.ts';
import { ShapePlan, shapeFields } from './shape-plan.ts';

/**
 * A class whose fields carry the rules of rules.ts. The fields are only declared, so a field that was not sent does not
 * exist.
 */
export type Shape<Value extends object> = new () => Value;

const STRICT = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
} as const;

/** The most unknown fields that a refusal names, so that its length is bounded. */
const MOST_UNKNOWN = 20;

interface Known {
  readonly plan: ShapePlan | null;
  readonly fields: ReadonlySet<string>;
}

const shapes = new WeakMap<Shape<object>, Known>();

/**
 * Makes the raw value an instance of its shape. Nothing is coerced, and unknown fields are refused by name. Without a
 * body (undefined) the request has no fields, which is right where none is required.
 * Throws DomainError `invalid` that names every wrong field, and the first twenty unknown ones.
 */
export function checkInput<Value extends object>(shape: Shape<Value>, raw: unknown): Value {
  if (raw === undefined && needsNothing(shape)) return new shape();
  if (!isObject(raw)) throw new DomainError('invalid', 'The request must carry a JSON object.', [NO_OBJECT]);
  for (const key of FORBIDDEN_KEYS) if (Object.hasOwn(raw, key)) throw unknownField(key);
  const { plan, fields } = knownOf(shape);
  const names = Object.keys(raw);
  const unknown = names.filter((name) => !fields.has(name));
  const input = Object.assign(new shape(), unknown.length === 0 ? raw : onlyOf(raw, fields));
  if (unknown.length === 0 && plan?.accepts(input) === true) return input;
  const faults = validateSync(input, STRICT);
  if (faults.length + unknown.length === 0) return input;
  throw refusal(faults, unknown, raw);
}

/** Unknown fields are neither copied nor looked at, since there may be very many. */
function onlyOf(raw: object, fields: ReadonlySet<string>): object {
  const known = [...fields].filter((name) => Object.hasOwn(raw, name));
  return Object.fromEntries(known.map((name): readonly [string, unknown] => [name, Reflect.get(raw, name)]));
}

/** True when an empty object fits the shape. */
export function needsNothing(shape: Shape<object>): boolean {
  return validateSync(new shape(), STRICT).length === 0;
}

function knownOf(shape: Shape<object>): Known {
  const made = shapes.get(shape) ?? { plan: ShapePlan.of(shape), fields: shapeFields(shape) };
  shapes.set(shape, made);
  return made;
}

function refusal(faults: readonly ValidationError[], unknown: readonly string[], raw: object): DomainError {
  const strangers = unknown.slice(0, MOST_UNKNOWN).map((name) => ({ field: shown(name), message: NOT_KNOWN }));
  const errors = [...strangers, ...faults.map((fault) => fieldError(fault, raw))];
  const named = errors.map(({ field, message }) => `${field} ${message}`);
  const left = unknown.length - strangers.length;
  const more = left === 0 ? [] : [`${left} more fields are not known here`];
  return new DomainError('invalid', `${[...named, ...more].join('; ')}.`, errors);
}

/** Throws DomainError `invalid` for anything but nothing or an empty object. */
export function refuseFields(raw: unknown): void {
  if (raw === undefined || raw === null) return;
  if (!isObject(raw))
    throw new DomainError('invalid', 'The request must carry nothing or an empty JSON object.', [NO_OBJECT]);
  for (const key of Object.keys(raw)) throw unknownField(shown(key));
}

function unknownField(field: string): DomainError {
  return new DomainError('invalid', `${field} ${NOT_KNOWN}.`, [{ field, message: NOT_KNOWN }]);
}

const NOT_KNOWN = 'is not known here';
const NO_OBJECT: FieldError = { field: '', message: 'must be a JSON object' };

function isObject(raw: unknown): raw is object {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

function fieldError({ property, constraints = {} }: ValidationError, raw: object): FieldError {
  if (!Object.hasOwn(raw, property)) return { field: property, message: 'is missing' };
  return { field: property, message: Object.values(constraints)[0] ?? 'is wrong' };
}

/** An unknown field's name is the sender's text, so it is shortened and cleaned before it is sent back. */
function shown(name: string): string {
  return name.toWellFormed().replace(/\p{C}/gu, '\ufffd').slice(0, 100);
}
