import { ValidateBy, ValidateIf } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { DomainError, isUuid, parsePosition } from '../../../libs/kernel/index.ts';
import { composed, isDay, POSITION_PATTERN, type TextLimits } from '../../../libs/words/index.ts';
import { textOf } from '../../domain/text.ts';

/** The names of the rules below in class-validator's metadata; the OpenAPI document reads them. */
export const TEXT = 'text';
export const PASSWORD = 'password';
export const UUID = 'uuid';
export const CHOICE = 'choice';
export const WHOLE_NUMBER = 'wholeNumber';
export const MOMENT = 'moment';
export const LANGUAGE = 'language';
export const MATCHES = 'form';
export const LIST = 'list';
export const OBJECT = 'object';
export const OBJECTS = 'objects';
export const BOOLEAN = 'boolean';
export const NOTHING = 'nothing';

/** Null for a right value; otherwise the end of a sentence that begins with the field's name. */
type Complaint = (value: unknown) => string | null;

function rule(name: string, constraints: readonly unknown[], complaint: Complaint, each = false): PropertyDecorator {
  const validator = {
    validate: (value: unknown) => complaint(value) === null,
    defaultMessage: (args?: { value?: unknown }) => complaint(args?.value) ?? 'is wrong',
  };
  return ValidateBy({ name, constraints: [...constraints], validator }, { each });
}

/** May be left out, but not be null. */
export function Optional(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** May be left out or be null. */
export function Nullable(): PropertyDecorator {
  const optional = ValidateIf((_, value) => value !== undefined && value !== null);
  const described = JSONSchema((schema) => ({ anyOf: [schema, { type: 'null' }] }));
  return (target, property) => {
    optional(target, property);
    described(target, String(property));
  };
}

/** Uses the domain's own rule for texts, so that all wrong fields of a request are named at once. */
export function IsText(limits: TextLimits): PropertyDecorator {
  return rule(TEXT, [limits], (value) => textComplaint(value, limits));
}

/** A list of texts, `most` at most. */
export function IsTextList(limits: TextLimits, most: number): PropertyDecorator {
  return rule(LIST, [{ items: limits, most }], (value) => {
    if (!Array.isArray(value)) return 'must be a list of texts';
    if (value.length > most) return `must be ${most} at most`;
    return firstComplaint(value, (item) => textComplaint(item, limits));
  });
}

/** A list of ids, `most` at most. */
export function IsIdList(most: number): PropertyDecorator {
  return rule(LIST, [{ items: { min: 36, max: 36 }, most }], (value) => {
    if (!Array.isArray(value)) return 'must be a list of ids';
    if (value.length > most) return `must be ${most} at most`;
    return firstComplaint(value, (item) => (isUuid(item) ? null : 'must be UUIDs in lower case'));
  });
}

/** A list of some of these words, each once. */
export function IsChoiceList(choices: readonly string[]): PropertyDecorator {
  return rule(LIST, [{ items: choices, most: choices.length }], (value) => {
    if (!Array.isArray(value)) return `must be a list of ${choices.join(', ')}`;
    if (new Set(value).size !== value.length) return 'must hold each entry once';
    return firstComplaint(value, (item) => choiceComplaint(item, choices));
  });
}

/** A list of `least` (1 unless told) to `most` objects that each hold exactly these fields. */
export function IsListOf(
  fields: Readonly<Record<string, (value: unknown) => boolean>>,
  most: number,
  least = 1,
): PropertyDecorator {
  return rule(OBJECTS, [{ fields: Object.keys(fields), most }], (value) => {
    if (!Array.isArray(value) || value.length < least) return `must be a list with ${least} entries at least`;
    if (value.length > most) return `must be ${most} at most`;
    return firstComplaint(value, (item) => entryComplaint(item, fields));
  });
}

/** An object that holds some of these fields, `needed` ones always, and no other. */
export function IsSettings(
  fields: Readonly<Record<string, (value: unknown) => boolean>>,
  needed: readonly string[] = [],
): PropertyDecorator {
  return rule(OBJECT, [], (value) => {
    if (!isPlainObject(value)) return 'must be an object';
    const unknown = Object.keys(value).find((field) => !Object.hasOwn(fields, field));
    if (unknown !== undefined) return `has an unknown field ${unknown}`;
    const missing = needed.find((field) => !Object.hasOwn(value, field));
    if (missing !== undefined) return `needs a ${missing}`;
    const wrong = Object.entries(value).find(([field, item]) => fields[field]?.(item) !== true);
    return wrong === undefined ? null : `has a wrong ${wrong[0]}`;
  });
}

export function IsBoolean(): PropertyDecorator {
  return rule(BOOLEAN, [], (value) => (typeof value === 'boolean' ? null : 'must be true or false'));
}

/** Null, which takes away what the field had. */
export function IsNull(): PropertyDecorator {
  return rule(NOTHING, [], (value) => (value === null ? null : 'must be null'));
}

/** Any JSON object; its user checks the contents. */
export function IsObject(): PropertyDecorator {
  return rule(OBJECT, [], (value) => (isPlainObject(value) ? null : 'must be an object'));
}

/** A list of JSON objects; their user checks the contents. */
export function IsObjectList(most: number): PropertyDecorator {
  return rule(OBJECTS, [{ fields: [], most }], (value) => {
    if (!Array.isArray(value)) return 'must be a list';
    if (value.length > most) return `must be ${most} at most`;
    return firstComplaint(value, (item) => (isPlainObject(item) ? null : 'must be an object'));
  });
}

function entryComplaint(item: unknown, fields: Readonly<Record<string, (value: unknown) => boolean>>): string | null {
  if (!isPlainObject(item)) return 'must be an object';
  const unknown = Object.keys(item).find((field) => !Object.hasOwn(fields, field));
  if (unknown !== undefined) return `has an unknown field ${unknown}`;
  const wrong = Object.entries(fields).find(([field, isRight]) => !isRight(Reflect.get(item, field)));
  return wrong ? `has a wrong ${wrong[0]}` : null;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Passwords are kept as typed: not trimmed, any visible character or space, lengths in characters after NFC. */
export function IsPassword({ min, max }: Pick<TextLimits, 'min' | 'max'>): PropertyDecorator {
  return rule(PASSWORD, [{ min, max }], (value) => {
    if (typeof value !== 'string') return 'must be a text';
    if (!value.isWellFormed()) return 'holds half of a surrogate pair, which is no character';
    if (/\p{Cc}/u.test(value)) return 'holds control characters';
    if (value.length > 4 * max) return `must have ${max} characters at most`;
    const { length } = [...composed(value)];
    if (length < min) return `must have ${min} characters at least`;
    return length > max ? `must have ${max} characters at most` : null;
  });
}

/** A UUID in lower case with hyphens. */
export function IsId(): PropertyDecorator {
  return rule(UUID, [], (value) => (isUuid(value) ? null : 'must be a UUID in lower case'));
}

export function IsChoice(choices: readonly string[]): PropertyDecorator {
  return rule(CHOICE, [choices], (value) => choiceComplaint(value, choices));
}

export function IsWholeNumber(min: number, max: number): PropertyDecorator {
  return rule(WHOLE_NUMBER, [{ min, max }], (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      ? null
      : `must be a whole number from ${min} to ${max}`,
  );
}

const RFC_3339 =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A moment of RFC 3339, such as 2015-10-05T08:00:00Z, from 1970 to 9999. */
export function IsMoment(): PropertyDecorator {
  return rule(MOMENT, [], (value) => (isMoment(value) ? null : 'must be a moment such as 2015-10-05T08:00:00Z'));
}

/** True for an RFC 3339 time with its offset, of a day that exists, from 1970 to 9999. */
export function isMoment(value: unknown): value is string {
  if (typeof value !== 'string' || !RFC_3339.test(value)) return false;
  const time = Date.parse(value);
  const [day = ''] = value.split('T');
  return isDay(day) && time >= 0 && time < Date.UTC(10_000, 0);
}

/** A position of the log, in decimal. */
export function IsPosition(): PropertyDecorator {
  return rule(MATCHES, [POSITION_PATTERN], (value) =>
    parsePosition(value) === undefined ? 'must be a position, such as 42' : null,
  );
}

/** The form of a BCP 47 language tag. */
export function IsLanguage(): PropertyDecorator {
  return rule(LANGUAGE, [], (value) => (isLanguage(value) ? null : 'must be a language tag such as en or zh-Hans'));
}

export function isLanguage(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 35 && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value);
}

/** A text of a fixed form, and what else `isOne` asks of it; `allowed` completes "must be". */
export function IsForm(
  pattern: RegExp,
  allowed: string,
  isOne: (text: string) => boolean = () => true,
): PropertyDecorator {
  return rule(MATCHES, [pattern], (value) =>
    typeof value === 'string' && pattern.test(value) && isOne(value) ? null : `must be ${allowed}`,
  );
}

function textComplaint(value: unknown, limits: TextLimits): string | null {
  if (typeof value !== 'string') return 'must be a text';
  try {
    textOf(value, 'text', limits);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.errors[0]?.message ?? error.detail;
    throw error;
  }
}

function choiceComplaint(value: unknown, choices: readonly string[]): string | null {
  return typeof value === 'string' && choices.includes(value) ? null : `must be one of ${choices.join(', ')}`;
}

/** Names the item, counted from 0, since class-validator names only the list. */
function firstComplaint(items: readonly unknown[], complaint: Complaint): string | null {
  for (const [index, item] of items.entries()) {
    const found = complaint(item);
    if (found !== null) return `(entry ${index}) ${found}`;
  }
  return null;
}
