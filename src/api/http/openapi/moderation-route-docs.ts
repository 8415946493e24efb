import { ListQuery } from '../dto/lists.ts';
import {
  AppealBody,
  AppealDecisionBody,
  AppealsQuery,
  BannedAppealBody,
  BulkDecisionBody,
  DecisionBody,
  LogQuery,
  NoteBody,
  PeriodQuery,
  PolicyBody,
  PolicyVersionsQuery,
  QueueQuery,
  ReportBody,
  SanctionBody,
  SimulationBody,
  UndoBody,
  WrittenQuery,
} from '../dto/moderation.ts';
import type { DocsOf, ProgramRoute } from './route-doc.ts';

type ModerationRoute = Extract<
  Exclude<ProgramRoute, `${string}/translations${string}`>,
  | `${string}/moderation/${string}`
  | `${string}/sanctions${string}`
  | `${string}/reports`
  | `${string}/decisions`
  | `${string}/appeals`
  | `GET /api/v1/members/:id/${string}`
  | `POST /api/v1/members/:id/notes`
  | `POST /api/v1/members/:id/sanctions`
>;

export const MODERATION_ROUTE_DOCS: DocsOf<ModerationRoute> = {
  'POST /api/v1/comments/:id/reports': {
    tag: 'moderation',
    summary: 'Report a comment to the moderators; the same again is answered as it was recorded, another one refused',
    body: ReportBody,
    status: 201,
    refusals: ['comment_not_found', 'comment_removed', 'post_withdrawn', 'conflict', 'suspended'],
  },
  'POST /api/v1/comments/:id/decisions': {
    tag: 'moderation',
    summary:
      'Decide on a comment; revision is the newest that was seen; the same decision again is answered as it was made; 409 tells who decided first, and what',
    body: DecisionBody,
    status: 201,
    refusals: ['comment_not_found', 'stale_revision', 'already_decided', 'conflict'],
  },
  'GET /api/v1/moderation/queue': {
    tag: 'moderation',
    summary: 'What waits for a moderator, most urgent first',
    query: QueueQuery,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/moderation/cases/:id': {
    tag: 'moderation',
    summary: 'A comment with all that is needed to decide on it',
    status: 200,
    refusals: ['comment_not_found'],
  },
  'POST /api/v1/moderation/decisions': {
    tag: 'moderation',
    summary: 'Decide on several comments at once, each on its own',
    body: BulkDecisionBody,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/moderation/decisions/:id': {
    tag: 'moderation',
    summary: "A decision with what was on the moderator's screen",
    status: 200,
    refusals: ['not_found'],
  },
  'POST /api/v1/moderation/decisions/:id/undo': {
    tag: 'moderation',
    summary:
      'Take a decision back: the comment is as it was before. A text that its author wrote since is shown as far as the policy lets it through; else `stale_revision`',
    body: UndoBody,
    status: 201,
    refusals: ['not_found', 'already_decided', 'stale_revision'],
  },
  'POST /api/v1/moderation/bulk/:id/undo': {
    tag: 'moderation',
    summary: 'Take back all that one bulk decision has decided',
    body: UndoBody,
    status: 200,
    refusals: ['not_found'],
  },
  'GET /api/v1/moderation/policy': {
    tag: 'moderation',
    summary: 'The policy in force',
    status: 200,
    refusals: [],
  },
  'PUT /api/v1/moderation/policy': {
    tag: 'moderation',
    summary: 'Set the policy; version is the one that was seen',
    body: PolicyBody,
    status: 200,
    refusals: ['stale_revision'],
  },
  'GET /api/v1/moderation/policy/versions': {
    tag: 'moderation',
    summary:
      'The versions of the policy, newest first, so many as fit by their length; when there are more, a Link header names the next page',
    query: PolicyVersionsQuery,
    status: 200,
    refusals: [],
  },
  'POST /api/v1/moderation/policy/simulations': {
    tag: 'moderation',
    summary: 'Replay a period under another policy: what would have been treated otherwise; as NDJSON with progress',
    body: SimulationBody,
    status: 200,
    forms: ['application/x-ndjson'],
    refusals: ['conflict'],
  },
  'GET /api/v1/moderation/log': {
    tag: 'moderation',
    summary: 'Who did what, newest first; with format=csv or format=json all that matches, oldest first',
    query: LogQuery,
    status: 200,
    forms: ['text/csv'],
    refusals: ['member_not_found'],
  },
  'GET /api/v1/moderation/report': {
    tag: 'moderation',
    summary: 'The numbers of a period, the last thirty days unless told',
    query: PeriodQuery,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/moderation/public-log': {
    tag: 'moderation',
    summary: 'Decisions without names, when the forum shows them',
    query: ListQuery,
    status: 200,
    refusals: ['not_found'],
  },
  'PUT /api/v1/moderation/claims/:id': {
    tag: 'moderation',
    summary: 'Say that I am looking at this comment, for two minutes; repeat to go on',
    status: 200,
    refusals: ['comment_not_found', 'claimed'],
  },
  'DELETE /api/v1/moderation/claims/:id': {
    tag: 'moderation',
    summary: 'Say that I am not looking at this comment any more',
    status: 204,
    forms: [],
    refusals: ['comment_not_found'],
  },
  'GET /api/v1/moderation/appeals': {
    tag: 'moderation',
    summary: 'Appeals against sanctions',
    query: AppealsQuery,
    status: 200,
    refusals: [],
  },
  'POST /api/v1/moderation/appeals/:id': {
    tag: 'moderation',
    summary: 'Decide on an appeal, by another moderator than the one who decided',
    body: AppealDecisionBody,
    status: 201,
    refusals: ['not_found', 'already_decided'],
  },
  'GET /api/v1/members/:id/record': {
    tag: 'moderation',
    summary: 'What moderators know of a member',
    status: 200,
    refusals: ['member_not_found'],
  },
  'GET /api/v1/members/:id/comments': {
    tag: 'moderation',
    summary: "A member's comments, the one said last first, whatever became of them",
    query: WrittenQuery,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/members/:id/notes': {
    tag: 'moderation',
    summary: "Moderators' notes about a member",
    status: 200,
    refusals: [],
  },
  'POST /api/v1/members/:id/notes': {
    tag: 'moderation',
    summary: 'Leave a note about a member for other moderators',
    body: NoteBody,
    status: 201,
    refusals: ['member_not_found'],
  },
  'POST /api/v1/members/:id/sanctions': {
    tag: 'moderation',
    summary: 'Warn, pre-moderate, suspend or ban a member; the same again is answered as it was decided',
    body: SanctionBody,
    status: 201,
    refusals: ['member_not_found', 'already_decided'],
  },
  'DELETE /api/v1/members/:id/sanctions/:kind': {
    tag: 'moderation',
    summary: 'Lift a sanction',
    body: UndoBody,
    status: 204,
    forms: [],
    refusals: ['not_found'],
  },
  'GET /api/v1/members/me/sanctions': {
    tag: 'moderation',
    summary: 'What moderators decided on me, and why',
    status: 200,
    refusals: [],
  },
  'POST /api/v1/members/me/sanctions/:id/acknowledgement': {
    tag: 'moderation',
    summary: 'Confirm that I have read a warning',
    status: 204,
    forms: [],
    refusals: ['not_found'],
  },
  'POST /api/v1/members/me/sanctions/:id/appeal': {
    tag: 'moderation',
    summary: 'Appeal a sanction, once',
    body: AppealBody,
    status: 201,
    refusals: ['not_found', 'conflict'],
  },
  'POST /api/v1/appeals': {
    tag: 'moderation',
    summary: 'Appeal a ban, known by login and password alone',
    body: BannedAppealBody,
    status: 201,
    refusals: ['login_failed', 'not_found', 'conflict'],
  },
};
