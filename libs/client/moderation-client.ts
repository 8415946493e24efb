import type {
  AppealOutcome,
  AppealState,
  CommentRemoval,
  CommentStatus,
  LogKind,
  QueueListName,
  ReportReason,
  SanctionKind,
} from '../words/index.ts';
import type { Http, RequestOptions } from './http.ts';
import type { BulkDecision, NewDecision, SentRule } from './moderation-shapes.ts';
import { ColloquyProblem } from './problem.ts';
import type { ListOptions } from './requests.ts';

export interface LogOptions extends ListOptions {
  /** Handle or id; an actor may be `policy`. */
  readonly actor?: string;
  readonly member?: string;
  readonly kind?: LogKind;
  readonly commentId?: string;
  readonly postId?: string;
  /** An origin, or `own` for what was written in the forum itself. */
  readonly site?: string;
  /** RFC 3339, or a day. */
  readonly from?: string;
  readonly to?: string;
}
export interface SanctionWish {
  readonly kind: SanctionKind;
  readonly until?: string | null;
  /** One of the known reasons; any other text is the statement, unless one is given. */
  readonly reason: string;
  readonly statement?: string;
  readonly commentId?: string | null;
  /** The member's comments that are removed with it; none unless told. */
  readonly removeComments?: CommentRemoval;
}

const part = encodeURIComponent;

/** A body with the note, or none for an empty note. */
function noted(note: string): { readonly note: string } | undefined {
  return note === '' ? undefined : { note };
}

/**
 * The acts of moderators, and of members about moderation, over the connection of a ColloquyClient:
 *
 *     const moderation = new ModerationClient(forum.http);
 *     await moderation.decide(comment.id, { action: 'approve', revision: comment.revision });
 */
export class ModerationClient {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** The same report again is answered as it was recorded; throws `conflict` for another one of the same text. */
  report(
    commentId: string,
    report: { readonly reason: ReportReason; readonly note?: string | null },
    options?: RequestOptions,
  ) {
    return this.#http.json('POST /api/v1/comments/:id/reports', { id: commentId }, { body: report, ...options });
  }

  /** `site` is an origin, or `own` for what was written in the forum itself. */
  queue(list: { readonly list?: QueueListName; readonly site?: string } & ListOptions = {}, options?: RequestOptions) {
    return this.#http.json('GET /api/v1/moderation/queue', {}, { query: list, ...options });
  }

  case(commentId: string, options?: RequestOptions) {
    return this.#http.json('GET /api/v1/moderation/cases/:id', { id: commentId }, options);
  }

  claim(commentId: string, options?: RequestOptions) {
    return this.#http.json('PUT /api/v1/moderation/claims/:id', { id: commentId }, options);
  }

  release(commentId: string, options?: RequestOptions): Promise<void> {
    return this.#send('DELETE', `/moderation/claims/${part(commentId)}`, undefined, options);
  }

  /**
   * The same decision sent again is answered as it was made. Throws `already_decided` (with who decided first, and
   * what), `stale_revision`, and `conflict` where the action does not fit the comment's status.
   */
  decide(commentId: string, decision: NewDecision, options?: RequestOptions) {
    return this.#http.json('POST /api/v1/comments/:id/decisions', { id: commentId }, { body: decision, ...options });
  }

  decideAll(decision: BulkDecision, options?: RequestOptions) {
    return this.#http.json('POST /api/v1/moderation/decisions', {}, { body: decision, ...options });
  }

  decision(decisionId: string, options?: RequestOptions) {
    return this.#http.json('GET /api/v1/moderation/decisions/:id', { id: decisionId }, options);
  }

  undo(decisionId: string, note = '', options?: RequestOptions) {
    return this.#http.json(
      'POST /api/v1/moderation/decisions/:id/undo',
      { id: decisionId },
      { body: noted(note), ...options },
    );
  }

  undoAll(bulkId: string, note = '', options?: RequestOptions) {
    return this.#http.json('POST /api/v1/moderation/bulk/:id/undo', { id: bulkId }, { body: noted(note), ...options });
  }

  policy(options?: RequestOptions) {
    return this.#http.json('GET /api/v1/moderation/policy', {}, options);
  }

  /** Newest first; `cursor` continues before that version. Long lists fill a page by themselves. */
  policyVersions(options?: RequestOptions, page: { readonly limit?: number; readonly cursor?: number } = {}) {
    return this.#http.json('GET /api/v1/moderation/policy/versions', {}, { query: page, ...options });
  }

  setPolicy(
    policy: { readonly version: number; readonly rules: readonly SentRule[]; readonly note?: string },
    options?: RequestOptions,
  ) {
    return this.#http.json('PUT /api/v1/moderation/policy', {}, { body: policy, ...options });
  }

  rehearse(
    wish: {
      readonly policy: { readonly rules: readonly SentRule[] };
      readonly from?: string | null;
      readonly to?: string | null;
    },
    options?: RequestOptions,
  ) {
    return this.#http.json('POST /api/v1/moderation/policy/simulations', {}, { body: wish, ...options });
  }

  async log(filter: LogOptions = {}, options?: RequestOptions) {
    const answer = await this.#http.json('GET /api/v1/moderation/log', {}, { query: filter, ...options });
    if ('items' in answer) return answer;
    throw new ColloquyProblem({ code: 'unexpected_answer', detail: 'The server answered a file in place of a page.' });
  }

  numbers(period: { readonly from?: string; readonly to?: string } = {}, options?: RequestOptions) {
    return this.#http.json('GET /api/v1/moderation/report', {}, { query: period, ...options });
  }

  publicLog(list: ListOptions = {}, options?: RequestOptions) {
    return this.#http.json('GET /api/v1/moderation/public-log', {}, { query: list, ...options });
  }

  record(memberId: string, options?: RequestOptions) {
    return this.#http.json('GET /api/v1/members/:id/record', { id: memberId }, options);
  }

  commentsBy(memberId: string, list: { readonly status?: CommentStatus } & ListOptions = {}, options?: RequestOptions) {
    return this.#http.json('GET /api/v1/members/:id/comments', { id: memberId }, { query: list, ...options });
  }

  notes(memberId: string, options?: RequestOptions) {
    return this.#http.json('GET /api/v1/members/:id/notes', { id: memberId }, options);
  }

  note(memberId: string, text: string, options?: RequestOptions) {
    return this.#http.json('POST /api/v1/members/:id/notes', { id: memberId }, { body: { text }, ...options });
  }

  /** The same sanction again, while it is in force, is answered as itself; throws `already_decided` for another one. */
  sanction(memberId: string, sanction: SanctionWish, options?: RequestOptions) {
    return this.#http.json('POST /api/v1/members/:id/sanctions', { id: memberId }, { body: sanction, ...options });
  }

  lift(memberId: string, kind: SanctionKind, note = '', options?: RequestOptions): Promise<void> {
    return this.#send('DELETE', `/members/${part(memberId)}/sanctions/${kind}`, noted(note), options);
  }

  ownSanctions(options?: RequestOptions) {
    return this.#http.json('GET /api/v1/members/me/sanctions', {}, options);
  }

  acknowledge(sanctionId: string, options?: RequestOptions): Promise<void> {
    return this.#send('POST', `/members/me/sanctions/${part(sanctionId)}/acknowledgement`, undefined, options);
  }

  appeal(sanctionId: string, text: string, options?: RequestOptions) {
    return this.#http.json(
      'POST /api/v1/members/me/sanctions/:id/appeal',
      { id: sanctionId },
      { body: { text }, ...options },
    );
  }

  /** For banned members, who cannot sign in. */
  appealBan(
    appeal: { readonly login: string; readonly password: string; readonly text: string },
    options?: RequestOptions,
  ) {
    return this.#http.json('POST /api/v1/appeals', {}, { body: appeal, ...options });
  }

  appeals(state: AppealState = 'open', options?: RequestOptions) {
    return this.#http.json('GET /api/v1/moderation/appeals', {}, { query: { state }, ...options });
  }

  decideAppeal(
    sanctionId: string,
    decision: { readonly outcome: AppealOutcome; readonly answer: string },
    options?: RequestOptions,
  ) {
    return this.#http.json('POST /api/v1/moderation/appeals/:id', { id: sanctionId }, { body: decision, ...options });
  }

  async #send(
    method: 'POST' | 'DELETE',
    path: string,
    body: object | undefined,
    options: RequestOptions = {},
  ): Promise<void> {
    await this.#http.send({ method, path, ...(body === undefined ? {} : { body }), ...options });
  }
}
