import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AllowedHosts } from '../../../access/allowed-hosts.ts';
import type { KeptAnswer, KeptAnswers, KeptWish } from '../../../access/kept-answers.ts';
import { addressOfRequest, networkOf } from '../../../access/network.ts';
import type { RateLimits } from '../../../access/rate-limits.ts';
import type { AnswerTimes, HttpMetrics } from './http-metrics.ts';
import { requestId } from './request-id.ts';
import type { CommonHeaders } from './security-headers.ts';

export interface KeptParts {
  readonly kept: KeptAnswers;
  readonly hosts: Pick<AllowedHosts, 'isAllowed'>;
  readonly limits: Pick<RateLimits, 'on' | 'take'>;
  readonly headers: Pick<CommonHeaders, 'forPages'>;
  readonly metrics: Pick<HttpMetrics, 'times'> | null;
  /** The number of proxies whose word about the reader's address is believed. */
  readonly proxies: number;
  readonly cookiesIn: (header: string) => KeptWish['cookies'];
  readonly isClosing: () => boolean;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Sends what is kept before any route is looked for: it counts as a read of its route, and takes no slot of the pages.
 * Every other request goes on to those who listened before, also one whose network has read too often.
 */
export function answerKept(server: Server, parts: KeptParts): void {
  const others = server.listeners('request');
  const goOn: Listener = (request, response) => {
    for (const listener of others) Reflect.apply(listener, server, [request, response]);
  };
  const readyOf = readyAnswers(parts);
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const answer = standing(request, parts);
    if (answer === undefined) return goOn(request, response);
    const send = (): void => sendKept(readyOf(answer), request, response);
    if (!parts.limits.on) return send();
    const counted = parts.limits.take('read', networkOf(addressOfRequest(request, parts.proxies)));
    if (counted === undefined) return send();
    counted.then(send, () => goOn(request, response));
  });
}

function standing(request: IncomingMessage, { kept, hosts, cookiesIn, isClosing }: KeptParts): KeptAnswer | undefined {
  const { method, url, headers } = request;
  if (method !== 'GET' || isClosing() || !hosts.isAllowed(headers.host)) return undefined;
  return kept.standing({
    method,
    url,
    headers,
    cookies: headers.cookie === undefined ? {} : cookiesIn(headers.cookie),
  });
}

/** A kept answer with what all of its kind share. */
interface ReadyAnswer extends KeptAnswer {
  /** Names and values in turn. */
  readonly head: readonly string[];
  readonly times: AnswerTimes | null;
}

/** Each is made once: to set the headers of an answer each time costs more than everything else of it. */
function readyAnswers({ headers, metrics }: KeptParts): (answer: KeptAnswer) => ReadyAnswer {
  const known = new WeakMap<KeptAnswer, ReadyAnswer>();
  return (answer) => {
    const before = known.get(answer);
    if (before !== undefined) return before;
    const { status, route, bytes } = answer;
    const length = bytes === null ? {} : { 'content-length': String(bytes.length) };
    const all = Object.entries({ ...headers.forPages, ...answer.headers, ...length });
    const head = all.filter(([, value]) => value !== '').flat();
    const ready = { ...answer, head, times: metrics && metrics.times({ method: 'GET', route, status }) };
    known.set(answer, ready);
    return ready;
  };
}

function sendKept(
  { status, head, bytes, times }: ReadyAnswer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (times !== null) {
    const began = performance.now();
    response.on('finish', () => times.add((performance.now() - began) / 1000));
  }
  response.writeHead(status, [...head, 'x-request-id', requestId(request)]).end(bytes ?? undefined);
}
