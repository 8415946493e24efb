import { POSITION_PATTERN } from '../words/index.ts';
import type { Answers } from './answers.ts';
import { ColloquyProblem } from './problem.ts';
import { problemOf } from './problem-answer.ts';

export interface HttpOptions {
  /** The forum's address without a trailing slash; '' (the page's own origin) unless told. */
  readonly baseUrl?: string;
  /** A session's token; without it the browser's cookie is used. */
  readonly token?: string | null;
  readonly fetch?: typeof fetch;
  /** The site on whose page a frame of the forum stands, for which alone its cookie counts. */
  readonly frame?: string | undefined;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

export interface Call extends RequestOptions {
  readonly method: (typeof METHODS)[number];
  /** Below /api/v1; its variable parts already encoded. */
  readonly path: string;
  readonly query?: object;
  readonly body?: object | undefined;
  /** Sent as it is, with headers of its own, instead of a body. */
  readonly raw?: Raw;
}

export interface Raw {
  readonly body: BodyInit;
  readonly headers: Readonly<Record<string, string>>;
}

/** A route whose answer `Answers` states. */
type StatedRoute = Extract<keyof Answers, `${string} /api/v1/${string}`>;

/** The names of a route's variable parts: `id` and `kind` of `PUT /api/v1/comments/:id/reactions/:kind`. */
type PartNames<Path extends string> = Path extends `${string}/:${infer After}`
  ? After extends `${infer Name}/${infer Rest}`
    ? Name | PartNames<`/${Rest}`>
    : After
  : never;

/** A value for each variable part of a route, not yet encoded. */
type PartsOf<Route extends string> = { readonly [Name in PartNames<Route>]: string };

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const PREFIX = '/api/v1';

/**
 * fetch with the forum's rules: JSON, problems as ColloquyProblem, and the newest position that it knows, sent with
 * each read so that no answer is older than what was written or seen before.
 */
export class Http {
  token: string | null;
  readonly #baseUrl: string;
  readonly #fetch: typeof fetch;
  readonly #frame: string | undefined;
  #position = 0n;

  constructor(options: HttpOptions = {}) {
    this.#baseUrl = withoutSlashes(options.baseUrl ?? '');
    this.token = options.token ?? null;
    this.#frame = options.frame;
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
  }

  /** The newest known position, as a decimal string. */
  get position(): string {
    return this.#position.toString();
  }

  /** Raises the position that the next reads wait for. */
  saw(position: string | null): void {
    if (position === null || !POSITION_PATTERN.test(position)) return;
    const seen = BigInt(position);
    if (seen > this.#position) this.#position = seen;
  }

  /**
   * Calls a route by its name in `Answers` and gives the answer that is stated there. The forum keeps to that statement, so
   * the answer is not checked again. Throws ColloquyProblem, or the signal's reason when the caller gave up.
   *
   *     const { items } = await http.json('GET /api/v1/posts', {}, { query: { tag: 'peace' } });
   */
  async json<Route extends StatedRoute>(
    route: Route,
    parts: PartsOf<Route>,
    sent: Omit<Call, 'method' | 'path'> = {},
  ): Promise<Answers[Route]> {
    const call = { ...callOf(route, new Map(Object.entries<string>(parts))), ...sent };
    const response = await this.send(call);
    const text = await response.text().catch((cause: unknown) => this.#unreachable(cause, call));
    try {
      return JSON.parse(text);
    } catch (cause) {
      const detail = 'The server answered something that is no JSON.';
      throw new ColloquyProblem({ code: 'unexpected_answer', detail, status: response.status }, undefined, { cause });
    }
  }

  /** Sends a call whose answer has no body to read. */
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
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined && one !== null) query.append(name, String(one));
      }
    }
    const search = query.size === 0 ? '' : `?${query}`;
    return `${this.#baseUrl}${PREFIX}${call.path}${search}`;
  }

  #init(call: Call): RequestInit {
    const headers = new Headers({ accept: 'application/json' });
    if (this.#frame !== undefined) headers.set('colloquy-frame', this.#frame);
    if (this.token !== null) headers.set('authorization', `Bearer ${this.token}`);
    if (call.method === 'GET' && this.#position > 0n) headers.set('colloquy-after', this.position);
    if (call.body !== undefined) headers.set('content-type', 'application/json');
    for (const [name, value] of Object.entries(call.raw?.headers ?? {})) headers.set(name, value);
    return {
      method: call.method,
      headers,
      credentials: this.token === null ? 'same-origin' : 'omit',
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.raw === undefined ? {} : { body: call.raw.body }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    };
  }

  #unreachable(cause: unknown, call: Call): never {
    if (call.signal?.aborted === true) throw call.signal.reason;
    throw new ColloquyProblem({ code: 'unreachable', detail: 'The server cannot be reached.' }, undefined, { cause });
  }
}

/** The method of a route, and its path below the prefix with the values of its parts. */
function callOf(route: string, parts: ReadonlyMap<string, string>): Pick<Call, 'method' | 'path'> {
  const method = METHODS.find((one) => route.startsWith(`${one} `)) ?? 'GET';
  const template = route.slice(`${method} ${PREFIX}`.length);
  return {
    method,
    path: template.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(parts.get(name) ?? '')),
  };
}

function withoutSlashes(url: string): string {
  let end = url.length;
  while (url.endsWith('/', end)) end -= 1;
  return url.slice(0, end);
}
