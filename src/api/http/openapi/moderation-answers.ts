import {
  type Appeal,
  type AuthorRecord,
  type Claim,
  DECISION_ACTIONS,
  type Decision,
  type FrozenDecision,
  LOG_KINDS,
  type LogEntry,
  type PolicyFinding,
  type PolicyVersion,
  type QueueItem,
  REPORT_REASONS,
  type Rehearsal,
  type Report,
  SANCTION_KINDS,
  type Sanction,
} from '../../../../libs/client/index.ts';
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
  type TextProperties,
  uuid,
  withText,
} from './json-schema.ts';

const number: JsonSchema = { type: 'number' };
const boolean: JsonSchema = { type: 'boolean' };
const any: JsonSchema = { type: 'object' };
const status = oneOf('visible', 'held', 'rejected', 'removed', 'erased');
const author = nullable(ref('Author'));
const lists = oneOf('reported', 'held', 'rejected');

const report: TextProperties<Report> = {
  by: author,
  reason: oneOf(...REPORT_REASONS),
  note: nullable(string),
  at: moment,
  revision: integer,
  outcome: oneOf('open', 'upheld', 'dismissed', 'moot'),
  weight: number,
};
const finding: TextProperties<PolicyFinding> = { rule: string, matched: nullable(string) };
const appeal: TextProperties<Appeal> = {
  text: nullable(string),
  at: moment,
  outcome: oneOf('open', 'granted', 'refused'),
  answer: nullable(string),
  decidedAt: nullable(moment),
};
const sanction: TextProperties<Sanction> = {
  id: uuid,
  kind: oneOf(...SANCTION_KINDS),
  until: nullable(moment),
  reason: oneOf(...REPORT_REASONS),
  statement: nullable(string),
  at: moment,
  by: author,
  commentId: nullable(uuid),
  inForce: boolean,
  acknowledged: boolean,
  lifted: nullable(object({ at: moment, because: oneOf('moderator', 'appeal') })),
  appeal: nullable(withText(appeal)),
};
const record: Properties<AuthorRecord> = {
  member: ref('Author'),
  registeredAt: moment,
  comments: object({ visible: integer, held: integer, rejected: integer, removed: integer }),
  reportsReceived: integer,
  reportsMade: object({ total: integer, upheld: integer, dismissed: integer }),
  sanctions: listOf(ref('Sanction')),
};
const claim: Properties<Claim> = { by: ref('Author'), until: moment };
const item: Properties<QueueItem> = {
  list: lists,
  score: integer,
  since: moment,
  comment: ref('Comment'),
  post: object({ id: uuid, slug: string, title: string }),
  parent: nullable(ref('Comment')),
  reports: listOf(withText(report)),
  findings: listOf(withText(finding)),
  reasons: listOf(string),
  policyVersion: nullable(integer),
  author: nullable(ref('AuthorRecord')),
  claim: nullable(object(claim)),
};
const decision: TextProperties<Decision> = {
  id: uuid,
  commentId: uuid,
  action: oneOf(...DECISION_ACTIONS),
  from: status,
  to: status,
  reason: nullable(oneOf(...REPORT_REASONS)),
  note: nullable(string),
  by: author,
  at: moment,
  revision: integer,
  bulkId: nullable(uuid),
  undoes: nullable(uuid),
  undone: boolean,
};
const { outcome: _, weight: __, ...seenReport } = report;
const frozen: TextProperties<FrozenDecision> = {
  ...decision,
  policyVersion: integer,
  reports: listOf(withText(seenReport)),
  surroundings: listOf(
    withText({ commentId: uuid, revision: integer, author, body: nullable(string), bodyHtml: nullable(string) }),
  ),
};
const policy: TextProperties<PolicyVersion> = {
  version: integer,
  rules: listOf(any),
  note: nullable(string),
  restores: nullable(integer),
  setBy: author,
  setAt: nullable(moment),
};
const entry: TextProperties<LogEntry> = {
  position,
  at: moment,
  kind: oneOf(...LOG_KINDS),
  actor: author,
  byPolicy: boolean,
  member: author,
  commentId: nullable(uuid),
  postId: nullable(uuid),
  decisionId: nullable(uuid),
  action: string,
  reason: nullable(string),
  note: nullable(string),
  undone: boolean,
  correlationId: string,
};
const publicEntry = object({
  day: string,
  kind: oneOf(...LOG_KINDS),
  action: string,
  reason: nullable(string),
  undone: boolean,
  byPolicy: boolean,
});
const numbers: JsonSchema = { type: 'object', additionalProperties: integer };
const treatment = oneOf('published', 'report', 'hold', 'reject');
const rehearsal: Properties<Rehearsal> = {
  from: nullable(moment),
  to: nullable(moment),
  comments: integer,
  changed: integer,
  released: integer,
  byRule: { type: 'object', additionalProperties: object({ caught: integer, newlyCaught: integer, changed: integer }) },
  agreement: object({ ruledOn: integer, precision: nullable(number), recall: nullable(number) }),
  examples: listOf(
    withText({
      commentId: uuid,
      at: moment,
      excerpt: nullable(string),
      was: treatment,
      wouldBe: treatment,
      findings: listOf(withText(finding)),
      ruled: nullable(oneOf('kept', 'turned-down')),
    }),
  ),
};
const counts = object({ reported: integer, held: integer, rejected: integer });
const appealCase = object({ member: author, memberId: uuid, sanction: ref('Sanction') });
const result = object({
  commentId: uuid,
  decision: nullable(ref('Decision')),
  problem: nullable(object({ code: string, detail: string, decision: ref('Decision') }, ['decision'])),
});

/** What moderators are answered, by name. */
export const MODERATION_ANSWERS = {
  Reported: object({ commentId: uuid, reason: oneOf(...REPORT_REASONS), position }),
  Sanction: withText(sanction),
  Sanctions: listOf(ref('Sanction')),
  AuthorRecord: object(record),
  QueueItem: object(item),
  QueuePage: object({ items: listOf(ref('QueueItem')), next: nullable(string), counts, position }),
  Case: object({
    ...item,
    list: nullable(lists),
    since: nullable(moment),
    surroundings: listOf(ref('Comment')),
    decisions: listOf(ref('Decision')),
  }),
  Claim: object(claim),
  Decision: withText(decision),
  FrozenDecision: withText(frozen),
  Decided: object({ decision: ref('Decision'), comment: ref('Comment'), position }),
  BulkDecided: object({ bulkId: uuid, position, results: listOf(result) }),
  WrittenPage: object({ items: listOf(ref('Comment')), next: nullable(string) }),
  Notes: listOf(withText({ id: uuid, at: moment, by: author, text: nullable(string) })),
  Appeals: listOf(appealCase),
  AppealCase: appealCase,
  PolicyVersion: withText(policy),
  PolicyVersions: listOf(ref('PolicyVersion')),
  Rehearsal: object(rehearsal),
  LogPage: object({ items: listOf(withText(entry)), next: nullable(string) }),
  PublicLogPage: object({ items: listOf(publicEntry), next: nullable(string) }),
  ModerationReport: object({
    from: moment,
    to: moment,
    reports: integer,
    decisions: integer,
    byReason: numbers,
    byAction: numbers,
    sanctions: numbers,
    timeToDecision: object({ median: nullable(number), ninetieth: nullable(number) }),
    reversed: object({ count: integer, share: nullable(number) }),
    days: listOf(object({ day: string, reports: integer, decisions: integer, policyVerdicts: integer })),
  }),
} as const satisfies Record<string, JsonSchema>;
