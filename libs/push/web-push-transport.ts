import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { codeOf } from '../kernel/index.ts';
import { type PushContent, PushFault, type PushTarget, type PushTransport } from './port.ts';
import { endpointFault } from './target.ts';
import type { VapidKeys } from './vapid.ts';

/** From the look-up of the name until the last byte of the answer, in milliseconds. */
const PATIENCE_MS = 10_000;
/** What is read of an answer; nobody needs its words. */
const MOST_ANSWER_BYTES = 4_096;
/** Connections to one push service at once. */
const AT_ONCE = 8;
/** A public address at which a cloud tells its machines' secrets (Azure); all others are private ones. */
const METADATA = ['168.63.129.16'];
/** Also 406, by which one push service (WNS) says what others say by 429. */
const LATER: ReadonlySet<number> = new Set([406, 408, 425, 429]);

export interface WebPushOptions {
  /** Asked for each push, since the secret may not be known at the start. */
  readonly keys: () => VapidKeys;
  /** Where the operators of push services reach who sends: a mailto: or https: address. */
  readonly contact: () => string;
  /** The origins that may be asked though they are private. */
  readonly allowed: readonly string[];
  /** Shorter in tests. */
  readonly patienceMs?: number;
}

/** The package is read with the first push: no start waits for it. */
async function openMaker() {
  const { default: webPush } = await import('web-push');
  return webPush.generateRequestDetails;
}

let maker: ReturnType<typeof openMaker> | undefined;

/**
 * Sends pushes encrypted (RFC 8291) and signed (RFC 8292). web-push makes the requests and does not send them: it would read
 * answers of any length. Each connection checks the address that the name has at that moment, so no name leads
 * into the own network; redirects are not followed.
 */
export class WebPushTransport implements PushTransport {
  readonly #options: WebPushOptions;
  readonly #guarded = new RequestFilteringHttpsAgent({
    keepAlive: true,
    maxSockets: AT_ONCE,
    denyIPAddressList: METADATA,
  });
  readonly #own = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };

  constructor(options: WebPushOptions) {
    this.#options = options;
  }

  async send({ endpoint, p256dh, auth }: PushTarget, { text, ...content }: PushContent): Promise<void> {
    const { keys, contact, allowed } = this.#options;
    if (endpointFault(endpoint, allowed) !== null) throw new PushFault('PRIVATE', { kind: 'final' });
    const vapidDetails = { subject: contact(), ...keys() };
    const { ttl: TTL, topic, urgency } = content;
    maker ??= openMaker();
    const requestOf = await maker;
    const made = requestOf({ endpoint, keys: { p256dh, auth } }, text, {
      vapidDetails,
      TTL,
      topic,
      urgency,
      contentEncoding: 'aes128gcm',
    });
    const headers = Object.fromEntries(Object.entries(made.headers).map(([name, value]) => [name, String(value)]));
    const { status, retryAfter } = await this.#ask(new URL(endpoint), { headers, body: made.body });
    if (status < 200 || status > 299) throw faultOf(status, retryAfter);
  }

  close(): void {
    for (const agent of [this.#guarded, this.#own.http, this.#own.https]) agent.destroy();
  }

  async #ask(url: URL, sent: Sent): Promise<Answer> {
    const signal = AbortSignal.timeout(this.#options.patienceMs ?? PATIENCE_MS);
    try {
      return await new Promise<Answer>((resolve, reject) => {
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

  #agentFor(url: URL): http.Agent {
    if (!this.#options.allowed.includes(url.origin)) return this.#guarded;
    return url.protocol === 'https:' ? this.#own.https : this.#own.http;
  }
}

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

function answerOf({ statusCode = 0, headers }: IncomingMessage): Answer {
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

function faultOf(status: number, retryAfter: string | undefined): PushFault {
  if (status === 404 || status === 410) return new PushFault(String(status), { kind: 'gone' });
  if (status >= 500 || LATER.has(status))
    return new PushFault(String(status), { kind: 'later', waitMs: waitIn(retryAfter) });
  return new PushFault(String(status), { kind: 'final' });
}

/** Seconds or a moment (RFC 9110, 10.2.3); 0 for anything else. */
function waitIn(retryAfter = ''): number {
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const until = Date.parse(retryAfter);
  return Number.isNaN(until) ? 0 : Math.max(0, until - Date.now());
}

/** The agent's own words for an address that it does not connect to. */
function isRefusedAddress(error: unknown): boolean {
  return /is not allowed\. Because/.test(String(error));
}
