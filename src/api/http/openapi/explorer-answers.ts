import type { LogDay, LogEvent, LookEntry, VerifiedView, ViewFigures } from '../../../../libs/client/index.ts';
import {
  integer,
  type JsonSchema,
  listOf,
  moment,
  nullable,
  object,
  oneOf,
  type Properties,
  position,
  ref,
  string,
  uuid,
} from './json-schema.ts';

const number: JsonSchema = { type: 'number', minimum: 0 };
const event: Properties<LogEvent> = {
  position,
  stream: string,
  revision: position,
  id: uuid,
  type: string,
  recordedAt: moment,
  occurredAt: moment,
  actor: string,
  correlationId: string,
  causationId: nullable(string),
  data: { type: 'object' },
  sealed: nullable(string),
};
const look: Properties<LookEntry> = {
  position,
  at: moment,
  kind: oneOf('look', 'export', 'roles'),
  by: nullable(ref('Author')),
  what: string,
  subject: nullable(string),
  comments: listOf(uuid),
  members: listOf(uuid),
  more: integer,
};
const day: Properties<LogDay> = {
  day: string,
  events: integer,
  types: { type: 'object', additionalProperties: integer },
  lagMeanMs: nullable(number),
  lagMostMs: nullable(number),
};

const cells: JsonSchema = { type: 'object', additionalProperties: string };
const figures: Properties<ViewFigures> = { name: string, version: integer, position, digest: string };
const verified: Properties<VerifiedView> = {
  name: string,
  version: integer,
  position,
  live: string,
  rebuilt: string,
  equal: { type: 'boolean' },
  difference: nullable(object({ table: string, key: cells, live: nullable(cells), rebuilt: nullable(cells) })),
  at: moment,
  milliseconds: integer,
};

/** What auditors are answered, by name. */
export const EXPLORER_ANSWERS = {
  LogEvent: object(event),
  EventPage: object({ items: listOf(ref('LogEvent')), next: nullable(position) }),
  LookPage: object({ items: listOf(object(look)), next: nullable(position) }),
  LogDays: listOf(object(day)),
  ViewFigures: listOf(object(figures)),
  VerifiedView: object(verified),
} as const satisfies Record<string, JsonSchema>;
