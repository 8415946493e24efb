import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { codeOf } from '../kernel/index.ts';
import { PushFault } from './port.ts';

/** From the look-up of the name until the last byte of the answer, in milliseconds. */
const PATIENCE_MS = 10_000;
/** What is read of an answer; nobody needs its words. */
const MOST_ANSWER_BYTES = 4_096;
/** Connections to one server at once. */
const AT_ONCE = 8;
/** A public address at which a cloud tells its machines' secrets (Azure); all others are private ones. */
const METADATA = ['168.63.129.16'];

export interface GuardedOptions {
  /** The origins that may be asked though they are private. */
  readonly allowed: readonly string[];
  /** Shorter in tests. */
  readonly patienceMs?: number | undefined;
}

export interface PostedBytes {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface PostAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/**
 * Posts to addresses that strangers may have named. Each connection checks the address that the name has at that moment, so no
 * name leads into the own network; redirects are not followed, and little of an answer is read.
 */
export class GuardedPosts {
  readonly #options: GuardedOptions;
  readonly #guarded = new RequestFilteringHttpsAgent({
    keepAlive: true,
    maxSockets: AT_ONCE,
    denyIPAddressList: METADATA,
  });
  readonly #own = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };

  constructor(options: GuardedOptions) {
    this.#options = options;
  }

  /** Throws PushFault for a server that was not reached, or may not be. */
  async post(url: URL, sent: PostedBytes): Promise<PostAnswer> {
    const signal = AbortSignal.timeout(this.#options.patienceMs ?? PATIENCE_MS);
    try {
      return await new Promise<PostAnswer>((resolve, reject) => {
        const options = { method: 'POST', headers: sent.headers, signal, agent: this.#agentFor(url) };
        (url.protocol === 'https:' ? https : http)
          .request(url, options)
          .on('response', (answer) => void readThrough(answer).then(() => resolve(answerOf(answer)), reject))
          .on('error', reject)
          .end(sent.body);
      });
    } catch (error) {
      if (signal.aborted) throw new PushFault('TIMEOUT', { kind: 'later', cause: error });
      if (isRefusedAddress(error)) throw new PushFault('PRIVATE', { kind: 'final', cause: error });
      throw new PushFault(codeOf(error) ?? 'UNREACHABLE', { kind: 'later', cause: error });
    }
  }

  close(): void {
    for (const agent of [this.#guarded, this.#own.http, this.#own.https]) agent.destroy();
  }

  #agentFor(url: URL): http.Agent {
    if (!this.#options.allowed.includes(url.origin)) return this.#guarded;
    return url.protocol === 'https:' ? this.#own.https : this.#own.http;
  }
}

function answerOf({ statusCode = 0, headers }: IncomingMessage): PostAnswer {
  return { status: statusCode, retryAfter: headers['retry-after'] };
}

/** To its end, so that the connection is used again; a long answer ends with its connection. */
async function readThrough(answer: IncomingMessage): Promise<void> {
  let bytes = 0;
  for await (const part of answer) {
    const piece: Buffer = part;
    bytes += piece.byteLength;
    if (bytes > MOST_ANSWER_BYTES) return;
  }
}

/** The agent's own words for an address that it does not connect to. */
function isRefusedAddress(error: unknown): boolean {
  return /is not allowed\. Because/.test(String(error));
}
