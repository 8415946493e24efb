import { setTimeout as pause } from 'node:timers/promises';
import { MailFault, type MailTransport, type WrittenMail } from './port.ts';

/** How long each step of a delivery may take, in milliseconds. */
export interface SmtpPatience {
  readonly connectMs: number;
  readonly silenceMs: number;
  /** Everything together, for a server that gives its answers letter by letter. */
  readonly mailMs: number;
}

const PATIENCE: SmtpPatience = { connectMs: 10_000, silenceMs: 30_000, mailMs: 60_000 };
/** The connections at once. */
const CONNECTIONS = 2;
/** Mails over one connection; servers dislike more. */
const MAILS_A_CONNECTION = 100;
/** How long a connection without work is kept, in milliseconds. */
const IDLE_MS = 10_000;
/** How long a closing transport waits for mails under way, in milliseconds. */
const CLOSE_WITHIN_MS = 8_000;
const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[?::1\]?)$/;

type Pool = ReturnType<typeof openPool>;

/** Sends mails to the server of an `smtp:` or `smtps:` address, over a few connections that are used again. */
export class SmtpTransport implements MailTransport {
  /** Two are handed over while the next two are written. */
  readonly atOnce = 2 * CONNECTIONS;
  readonly #url: string;
  #pool: Pool | undefined;
  readonly #patience: SmtpPatience;
  readonly #underWay = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(url: string, patience: SmtpPatience = PATIENCE) {
    this.#url = url;
    this.#patience = patience;
  }

  send(mail: WrittenMail): Promise<void> {
    const sending = this.#deliver(mail).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
    return sending;
  }

  /** Breaks off what a server still keeps waiting. */
  async close(): Promise<void> {
    const done = new AbortController();
    const overdue = pause(CLOSE_WITHIN_MS, undefined, { signal: done.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.#underWay), overdue]);
    done.abort();
    this.#closing.abort();
    (await this.#pool)?.close({ force: true });
  }

  async #deliver({ from, to, raw }: WrittenMail): Promise<void> {
    const overdue = AbortSignal.timeout(this.#patience.mailMs);
    const signal = AbortSignal.any([overdue, this.#closing.signal]);
    this.#pool ??= openPool(this.#url, this.#patience);
    const pool = await this.#pool;
    try {
      await pool.sendMail({ envelope: { from, to: [to] }, raw, signal });
    } catch (error) {
      throw faultOf(error, overdue.aborted);
    }
  }
}

/**
 * A password only goes over an encrypted connection, unless the address says `?requireTLS=false`. The package is read
 * with the first mail: no start waits for it.
 */
async function openPool(url: string, { connectMs, silenceMs }: SmtpPatience) {
  const { username, hostname, protocol, searchParams } = new URL(url);
  const mustEncrypt = username !== '' && protocol === 'smtp:' && !LOOPBACK.test(hostname);
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: MAILS_A_CONNECTION,
    maxRequeues: 1,
    idleTimeout: IDLE_MS,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
    requireTLS: mustEncrypt && searchParams.get('requireTLS') !== 'false',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** The server's step, its code and its enhanced status code (RFC 3463); its words are left out. */
function faultOf(error: unknown, isOverdue: boolean): MailFault {
  if (isOverdue) return new MailFault('OVERDUE', { cause: error });
  const { command, responseCode, code, response } = fieldsOf(error);
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? '';
  const reason = [command, responseCode || code, enhanced].filter((part) => part !== '').join(' ');
  const isFinal = command === 'RCPT TO' && enhanced.startsWith('5.1.');
  return new MailFault(reason === '' ? 'UNKNOWN' : reason, { cause: error, isFinal });
}

function fieldsOf(error: unknown): Readonly<Record<'command' | 'responseCode' | 'code' | 'response', string>> {
  const field = (name: string): string => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  // A fault of the connection has the system's own name for it in its words.
  const named = /\bE[A-Z]{4,20}\b/.exec(field('message'))?.[0] ?? field('code');
  // A certificate that nothing here trusts is no server that cannot be reached.
  const code = /certificate/i.test(field('message')) ? 'ETLS' : named;
  const [command = ''] = field('command').split(/[:<]/, 1);
  return {
    command: command.trim(),
    responseCode: field('responseCode'),
    code,
    response: field('response'),
  };
}
