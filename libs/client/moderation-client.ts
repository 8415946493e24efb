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
import type {
  AppealCase,
  AuthorRecord,
  BulkAnswer,
  BulkDecision,
  Claim,
  DecisionAnswer,
  FrozenDecision,
  LogEntry,
  MemberNote,
  ModerationCase,
  ModerationReport,
  NewDecision,
  PolicyVersion,
  PublicLogEntry,
  QueueAnswer,
  Rehearsal,
  ReportAnswer,
  Sanction,
  SentRule,
} from './moderation-shapes.ts';
import type { ListOptions } from './requests.ts';
import type { Comment, Page } from './shapes.ts';

export interface LogOptions extends ListOptions {
  /** Handle or id; an actor may be `policy`. */
  readonly actor?: string;
  readonly member?: string;
  readonly kind?: LogKind;
  readonly commentId?: string;
  readonly postId?: string;
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
  /** Which of the member's comments are removed with it; none unless told. */
  readonly removeComments?: CommentRemoval;
}

const part = encodeURIComponent;

/** A body where there is something to say, and none without. */
function noted(note: string): { readonly note: string } | undefined {
  return note === '' ? undefined : { note };
}

/**
 * What moderators do, and what members do about moderation, over the connection of a ColloquyClient:
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
  ): Promise<ReportAnswer> {
    return this.#write('POST', `/comments/${part(commentId)}/reports`, report, options);
  }

  queue(list: { readonly list?: QueueListName } & ListOptions = {}, options?: RequestOptions): Promise<QueueAnswer> {
    return this.#read('/moderation/queue', list, options);
  }

  case(commentId: string, options?: RequestOptions): Promise<ModerationCase> {
    return this.#read(`/moderation/cases/${part(commentId)}`, {}, options);
  }

  claim(commentId: string, options?: RequestOptions): Promise<Claim> {
    return this.#write('PUT', `/moderation/claims/${part(commentId)}`, undefined, options);
  }

  release(commentId: string, options?: RequestOptions): Promise<void> {
    return this.#send('DELETE', `/moderation/claims/${part(commentId)}`, undefined, options);
  }

  /**
   * The same decision sent again is answered as it was made. Throws `already_decided` (with who decided first, and what),
   * `stale_revision`, and `conflict` where the action leads nowhere from the status that the comment has.
   */
  decide(commentId: string, decision: NewDecision, options?: RequestOptions): Promise<DecisionAnswer> {
    return this.#write('POST', `/comments/${part(commentId)}/decisions`, decision, options);
  }

  decideAll(decision: BulkDecision, options?: RequestOptions): Promise<BulkAnswer> {
    return this.#write('POST', '/moderation/decisions', decision, options);
  }

  decision(decisionId: string, options?: RequestOptions): Promise<FrozenDecision> {
    return this.#read(`/moderation/decisions/${part(decisionId)}`, {}, options);
  }

  undo(decisionId: string, note = '', options?: RequestOptions): Promise<DecisionAnswer> {
    return this.#write('POST', `/moderation/decisions/${part(decisionId)}/undo`, noted(note), options);
  }

  undoAll(bulkId: string, note = '', options?: RequestOptions): Promise<BulkAnswer> {
    return this.#write('POST', `/moderation/bulk/${part(bulkId)}/undo`, noted(note), options);
  }

  policy(options?: RequestOptions): Promise<PolicyVersion> {
    return this.#read('/moderation/policy', {}, options);
  }

  /** Newest first; `cursor` goes on before that version. Lists that are long fill a page by themselves. */
  policyVersions(
    options?: RequestOptions,
    page: { readonly limit?: number; readonly cursor?: number } = {},
  ): Promise<readonly PolicyVersion[]> {
    return this.#read('/moderation/policy/versions', page, options);
  }

  setPolicy(
    policy: { readonly version: number; readonly rules: readonly SentRule[]; readonly note?: string },
    options?: RequestOptions,
  ): Promise<PolicyVersion> {
    return this.#write('PUT', '/moderation/policy', policy, options);
  }

  rehearse(
    wish: {
      readonly policy: { readonly rules: readonly SentRule[] };
      readonly from?: string | null;
      readonly to?: string | null;
    },
    options?: RequestOptions,
  ): Promise<Rehearsal> {
    return this.#write('POST', '/moderation/policy/simulations', wish, options);
  }

  log(filter: LogOptions = {}, options?: RequestOptions): Promise<Page<LogEntry>> {
    return this.#read('/moderation/log', filter, options);
  }

  numbers(
    period: { readonly from?: string; readonly to?: string } = {},
    options?: RequestOptions,
  ): Promise<ModerationReport> {
    return this.#read('/moderation/report', period, options);
  }

  publicLog(list: ListOptions = {}, options?: RequestOptions): Promise<Page<PublicLogEntry>> {
    return this.#read('/moderation/public-log', list, options);
  }

  record(memberId: string, options?: RequestOptions): Promise<AuthorRecord> {
    return this.#read(`/members/${part(memberId)}/record`, {}, options);
  }

  commentsBy(
    memberId: string,
    list: { readonly status?: CommentStatus } & ListOptions = {},
    options?: RequestOptions,
  ): Promise<Page<Comment>> {
    return this.#read(`/members/${part(memberId)}/comments`, list, options);
  }

  notes(memberId: string, options?: RequestOptions): Promise<readonly MemberNote[]> {
    return this.#read(`/members/${part(memberId)}/notes`, {}, options);
  }

  note(memberId: string, text: string, options?: RequestOptions): Promise<readonly MemberNote[]> {
    return this.#write('POST', `/members/${part(memberId)}/notes`, { text }, options);
  }

  /** The same sanction again, while it is in force, is answered as itself; throws `already_decided` for another one. */
  sanction(memberId: string, sanction: SanctionWish, options?: RequestOptions): Promise<Sanction> {
    return this.#write('POST', `/members/${part(memberId)}/sanctions`, sanction, options);
  }

  lift(memberId: string, kind: SanctionKind, note = '', options?: RequestOptions): Promise<void> {
    return this.#send('DELETE', `/members/${part(memberId)}/sanctions/${kind}`, noted(note), options);
  }

  ownSanctions(options?: RequestOptions): Promise<readonly Sanction[]> {
    return this.#read('/members/me/sanctions', {}, options);
  }

  acknowledge(sanctionId: string, options?: RequestOptions): Promise<void> {
    return this.#send('POST', `/members/me/sanctions/${part(sanctionId)}/acknowledgement`, undefined, options);
  }

  appeal(sanctionId: string, text: string, options?: RequestOptions): Promise<Sanction> {
    return this.#write('POST', `/members/me/sanctions/${part(sanctionId)}/appeal`, { text }, options);
  }

  /** For those who are banned, and cannot sign in. */
  appealBan(
    appeal: { readonly login: string; readonly password: string; readonly text: string },
    options?: RequestOptions,
  ): Promise<Sanction> {
    return this.#write('POST', '/appeals', appeal, options);
  }

  appeals(state: AppealState = 'open', options?: RequestOptions): Promise<readonly AppealCase[]> {
    return this.#read('/moderation/appeals', { state }, options);
  }

  decideAppeal(
    sanctionId: string,
    decision: { readonly outcome: AppealOutcome; readonly answer: string },
    options?: RequestOptions,
  ): Promise<AppealCase> {
    return this.#write('POST', `/moderation/appeals/${part(sanctionId)}`, decision, options);
  }

  #read<Answer>(path: string, query: object, options: RequestOptions = {}): Promise<Answer> {
    return this.#http.json({ method: 'GET', path, query, ...options });
  }

  #write<Answer>(
    method: 'POST' | 'PUT',
    path: string,
    body: object | undefined,
    options: RequestOptions = {},
  ): Promise<Answer> {
    return this.#http.json({ method, path, ...(body === undefined ? {} : { body }), ...options });
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
