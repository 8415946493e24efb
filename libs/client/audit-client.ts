import type { LookEntry } from './audit-shapes.ts';
import type { Http, RequestOptions } from './http.ts';

/** The filter for events; absent fields let everything pass. */
export interface EventFilterOptions {
  /** One type or several with commas, each with its version or without. */
  readonly type?: string;
  /** A name, or the beginning of names: `comment-*`. */
  readonly stream?: string;
  /** Handle, id, `policy`, or `import:<source>`. */
  readonly actor?: string;
  readonly correlation?: string;
  readonly causation?: string;
  /** RFC 3339, or a day. */
  readonly from?: string;
  readonly to?: string;
}

/** A page: oldest first after a position, or newest first before one. */
export interface EventPageOptions extends EventFilterOptions {
  readonly after?: string;
  readonly before?: string;
  /** 1 to 1,000. */
  readonly limit?: number;
}

export interface LookOptions {
  readonly kind?: LookEntry['kind'];
  /** Handle or id. */
  readonly member?: string;
  readonly before?: string;
  /** 1 to 100. */
  readonly limit?: number;
}

const part = encodeURIComponent;

/**
 * The reads of auditors and the checks open to anybody, over the connection of a ColloquyClient. A read by an index
 * throws `not_caught_up` until it is built.
 *
 *     const audit = new AuditClient(forum.http);
 *     const { index, hashes, checkpoint } = await audit.inclusion(comment.position);
 */
export class AuditClient {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  events(options: EventPageOptions = {}, request?: RequestOptions) {
    return this.#http.json('GET /api/v1/audit/events', {}, { query: options, ...request });
  }

  event(position: string, request?: RequestOptions) {
    return this.#http.json('GET /api/v1/audit/events/:position', { position }, request);
  }

  /**
   * All matching events, a line each, in the form that is hashed; without a filter the whole log. Each call is
   * recorded.
   */
  async export(filter: EventFilterOptions = {}, request: RequestOptions = {}): Promise<ReadableStream<Uint8Array>> {
    const query = { ...filter, format: 'ndjson' };
    const { body } = await this.#http.send({ method: 'GET', path: '/audit/events', query, ...request });
    return body ?? new Blob([]).stream();
  }

  /** The recorded looks and exports, newest first; moderators read their own. */
  looks(options: LookOptions = {}, request?: RequestOptions) {
    return this.#http.json('GET /api/v1/audit/looks', {}, { query: options, ...request });
  }

  days(request?: RequestOptions) {
    return this.#http.json('GET /api/v1/audit/days', {}, request);
  }

  views(request?: RequestOptions) {
    return this.#http.json('GET /api/v1/audit/views', {}, request);
  }

  /**
   * Builds the view anew beside the live one and compares them, however long that takes. Throws `conflict` while
   * another runs.
   */
  verifyView(name: string, request?: RequestOptions) {
    return this.#http.json('POST /api/v1/audit/views/:name/verifications', { name }, request);
  }

  /** The newest checkpoint: a C2SP signed note. */
  checkpoint(request?: RequestOptions): Promise<string> {
    return this.#text('/audit/checkpoint', {}, request);
  }

  checkpoints(request?: RequestOptions) {
    return this.#http.json('GET /api/v1/audit/checkpoints', {}, request);
  }

  /** The key that verifies checkpoints: a C2SP note verifier key. */
  async key(request?: RequestOptions): Promise<string> {
    return (await this.#text('/audit/key', {}, request)).trim();
  }

  /** The present key and the earlier ones, each with the change that both keys signed. */
  keys(request?: RequestOptions) {
    return this.#http.json('GET /api/v1/audit/keys', {}, request);
  }

  inclusion(position: string, request?: RequestOptions) {
    return this.#http.json('GET /api/v1/audit/proofs/inclusion', {}, { query: { position }, ...request });
  }

  /** The proof between two sizes of the log. */
  consistency(from: number, to: number, request?: RequestOptions) {
    return this.#http.json('GET /api/v1/audit/proofs/consistency', {}, { query: { from, to }, ...request });
  }

  /** The file at a path of C2SP tlog-tiles, such as `checkpoint` or `tile/0/000`. */
  async tiled(path: string, request: RequestOptions = {}): Promise<Uint8Array> {
    const answer = await this.#http.send({ method: 'GET', path: `/audit/tlog/${path}`, ...request });
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** A C2SP tlog-proof for a comment's newest text, or for that of a revision. */
  receipt(commentId: string, revision?: number, request?: RequestOptions): Promise<string> {
    return this.#text(`/comments/${part(commentId)}/receipt`, { revision }, request);
  }

  async #text(path: string, query: object, request: RequestOptions = {}): Promise<string> {
    return (await this.#http.send({ method: 'GET', path, query, ...request })).text();
  }
}
