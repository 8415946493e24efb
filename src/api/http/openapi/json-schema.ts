/** As much of JSON Schema 2020-12 as the API's document needs. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly unevaluatedProperties?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
}

/** A schema for each property of the shape, so that the two cannot part unseen. */
export type Properties<Shape> = { readonly [Key in keyof Shape]-?: JsonSchema };

/** As `Properties`, for a shape with a text that may be unreadable: `withText` says that. */
export type TextProperties<Shape> = Properties<Omit<Shape, 'unreadable'>>;

export const string: JsonSchema = { type: 'string' };
export const integer: JsonSchema = { type: 'integer', minimum: 0 };
export const uuid: JsonSchema = { type: 'string', format: 'uuid' };
export const moment: JsonSchema = { type: 'string', format: 'date-time' };
export const position: JsonSchema = {
  type: 'string',
  pattern: '^(0|[1-9][0-9]{0,18})$',
  description: 'A place in the log',
};

export function ref(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}
export function nullable(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}
export function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}
export function oneOf(...values: readonly string[]): JsonSchema {
  return { type: 'string', enum: values };
}

/** An object that has all these properties, those named in `optional` perhaps, and no others. */
export function object(properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

const unreadable: JsonSchema = {
  const: true,
  description: 'Only there when a text cannot be read though nobody erased it',
};

/** As `object`, for what holds a text that was sealed. */
export function withText(
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema {
  return object({ ...properties, unreadable }, [...optional, 'unreadable']);
}
