import { getMetadataStorage } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { isRecord } from '../../../../libs/kernel/index.ts';
import type { TextLimits } from '../../../../libs/words/index.ts';
import type { Shape } from '../../input/check-input.ts';
import {
  BOOLEAN,
  CHOICE,
  LANGUAGE,
  LIST,
  MATCHES,
  MOMENT,
  NOTHING,
  OBJECT,
  OBJECTS,
  PASSWORD,
  TEXT,
  UUID,
  WHOLE_NUMBER,
} from '../../input/rules.ts';

/** Written by hand, since the library's own type is narrower than OpenAPI 3.1. */
type Schema = Record<string, unknown>;
interface Rule {
  readonly constraints?: readonly unknown[];
}

const textSchema = ({ min, max }: TextLimits): Schema => ({ type: 'string', minLength: min, maxLength: max });

/** The JSON Schema of each rule in rules.ts. */
const CONVERTERS: Readonly<Record<string, (rule: Rule) => Schema>> = {
  [TEXT]: ({ constraints }) => (isTextLimits(constraints?.[0]) ? textSchema(constraints[0]) : { type: 'string' }),
  [PASSWORD]: ({ constraints }) => {
    const [limits] = constraints ?? [];
    return {
      type: 'string',
      format: 'password',
      ...(isRange(limits) ? { minLength: limits.min, maxLength: limits.max } : {}),
    };
  },
  [UUID]: () => ({ type: 'string', format: 'uuid' }),
  [CHOICE]: ({ constraints }) => ({ type: 'string', enum: constraints?.[0] }),
  [WHOLE_NUMBER]: ({ constraints }) => {
    const [range] = constraints ?? [];
    return { type: 'integer', ...(isRange(range) ? { minimum: range.min, maximum: range.max } : {}) };
  },
  [MOMENT]: () => ({ type: 'string', format: 'date-time' }),
  [LANGUAGE]: () => ({ type: 'string', maxLength: 35 }),
  [MATCHES]: ({ constraints }) => ({
    type: 'string',
    pattern: constraints?.[0] instanceof RegExp ? constraints[0].source : '',
  }),
  [BOOLEAN]: () => ({ type: 'boolean' }),
  [NOTHING]: () => ({ type: 'null' }),
  [OBJECT]: () => ({ type: 'object' }),
  [OBJECTS]: () => ({ type: 'array', items: { type: 'object' } }),
  [LIST]: ({ constraints }) => listSchema(constraints?.[0]),
};

/** The schema of a request's shape, from the same metadata that checks requests. */
export function inputSchema(shape: Shape<object>): Schema {
  const schema = targetConstructorToSchema(shape, {
    classValidatorMetadataStorage: getMetadataStorage(),
    additionalConverters: CONVERTERS,
  });
  return { ...schema, additionalProperties: false };
}

function listSchema(constraint: unknown): Schema {
  if (!isListConstraint(constraint)) return { type: 'array' };
  const { items, most } = constraint;
  if (isTextLimits(items)) return { type: 'array', maxItems: most, items: textSchema(items) };
  return { type: 'array', maxItems: most, uniqueItems: true, items: { type: 'string', enum: items } };
}

function isRange(value: unknown): value is { readonly min: number; readonly max: number } {
  return isRecord(value) && typeof value['min'] === 'number' && typeof value['max'] === 'number';
}

function isTextLimits(value: unknown): value is TextLimits {
  return isRange(value) && 'lines' in value && typeof value.lines === 'string';
}

function isListConstraint(value: unknown): value is { readonly items: unknown; readonly most: number } {
  return isRecord(value) && 'items' in value && typeof value['most'] === 'number';
}
