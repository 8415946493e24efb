import { POSITION_PATTERN } from '../words/index.ts';
import { ColloquyProblem } from './problem.ts';
import { problemOf } from './problem-answer.ts';

export interface HttpOptions {
  /** The forum's address without a trailing slash; '' (the page's own origin) unless told. */
  readonly baseUrl?: string;
  /** A session's token; without one the browser's cookie counts. */
  readonly token?: string | null;
  readonly fetch?: typeof fetch;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

export interface Call extends RequestOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1; its variable parts already encoded. */
  readonly path: string;
  readonly query?: object;
  readonly body?: object;
}

/**
 * fetch with the forum's habits: JSON, problems as ColloquyProblem, and the newest position that it has heard of, sent
 * with each read so that no answer is older than what was written or seen before.
 */
export class Http {
  token: string | null;
  readonly #baseUrl: string;
  readonly #fetch: typeof fetch;
  #position = 0n;

  constructor(options: HttpOptions = {}) {
    this.#baseUrl = withoutSlashes(options.baseUrl ?? '');
    this.token = options.token ?? null;
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
  }

  /** The newest position heard of, as a decimal string. */
  get position(): string {
    return this.#position.toString();
  }

  /** Raises what the next reads wait for. */
  saw(position: string | null): void {
    if (position === null || !POSITION_PATTERN.test(position)) return;
    const seen = BigInt(position);
    if (seen > this.#position) this.#position = seen;
  }

  /**
   * What a route answers as JSON, in the form that `Answers` tells: the forum keeps to it, so it is not looked at again.
   * Throws ColloquyProblem, or the signal's reason when the caller gave up.
   */
  async json<Answer>(call: Call): Promise<Answer> {
    const response = await this.send(call);
    const text = await response.text().catch((cause: unknown) => this.#unreachable(cause, call));
    try {
      return JSON.parse(text);
    } catch (cause) {
      const detail = 'The server answered something that is no JSON.';
      throw new ColloquyProblem({ code: 'unexpected_answer', detail, status: response.status }, undefined, { cause });
    }
  }

  /** For what is answered without a body. */
  async send(call: Call): Promise<Response> {
    const response = await this.#fetch(this.#url(call), this.#init(call)).catch((cause: unknown) =>
      this.#unreachable(cause, call),
    );
    this.saw(response.headers.get('colloquy-position'));
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  #url(call: Call): string {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined && value !== null) query.set(name, String(value));
    }
    const search = query.size === 0 ? '' : `?${query}`;
    return `${this.#baseUrl}/api/v1${call.path}${search}`;
  }

  #init(call: Call): RequestInit {
    const headers = new Headers({ accept: 'application/json' });
    if (this.token !== null) headers.set('authorization', `Bearer ${this.token}`);
    if (call.method === 'GET' && this.#position > 0n) headers.set('colloquy-after', this.position);
    if (call.body !== undefined) headers.set('content-type', 'application/json');
    return {
      method: call.method,
      headers,
      credentials: this.token === null ? 'same-origin' : 'omit',
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    };
  }

  #unreachable(cause: unknown, call: Call): never {
    if (call.signal?.aborted === true) throw call.signal.reason;
    throw new ColloquyProblem({ code: 'unreachable', detail: 'The server cannot be reached.' }, undefined, { cause });
  }
}

function withoutSlashes(url: string): string {
  let end = url.length;
  while (url.endsWith('/', end)) end -= 1;
  return url.slice(0, end);
}
