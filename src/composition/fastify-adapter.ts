import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError } from '../../libs/kernel/index.ts';
import type { PageErrors } from '../access/page-errors.ts';
import { isForPrograms } from '../access/request.ts';
import { MOST_HEADER_BYTES, PROBLEM_TYPE, problemFor, refusalOf } from '../api/http/server/problem.ts';
import { sendProblem } from '../api/http/server/problem-filter.ts';
import { requestId } from '../api/http/server/request-id.ts';
import type { CommonHeaders } from '../api/http/server/security-headers.ts';
import { BODY_LIMIT } from '../api/input/body-sizes.ts';
import type { Config } from '../config.ts';

/** The pages of refusals, once the forum has them. */
export interface RefusalPages {
  pages: PageErrors | null;
}

/** The HTTP server before anything is installed. A malformed address is answered before any route or hook is found. */
export function newFastifyAdapter(
  config: Pick<Config, 'trustProxy'>,
  headers: CommonHeaders,
  refusals: RefusalPages,
): FastifyAdapter {
  return new FastifyAdapter({
    genReqId: requestId,
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustProxy > 0 && ((_address, hop) => hop < config.trustProxy),
    return503OnClosing: false,
    skipMiddie: true,
    routerOptions: { maxParamLength: 300 },
    // The longest that a file may take; other bodies have a minute, see SlowBodies.
    requestTimeout: 3_600_000,
    http: { maxHeaderSize: MOST_HEADER_BYTES },
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      headers.put(request, reply);
      void answerNoAddress(refusalOf(error), { request, reply, refusals });
    },
    clientErrorHandler: (error, socket) =>
      answerBrokenRequest(error, socket, { common: headers.forBroken, pages: refusals.pages }),
  });
}

/** A browser is shown a page, in its language and as nobody's, since no hook has read who asks. */
async function answerNoAddress(
  refusal: DomainError,
  { request, reply, refusals: { pages } }: { request: FastifyRequest; reply: FastifyReply; refusals: RefusalPages },
): Promise<void> {
  const isForPage = !isForPrograms(request.url) && request.headers.accept?.includes('text/html') === true;
  if (pages === null || !isForPage) return sendProblem(refusal, reply);
  reply.header('cache-control', 'no-store');
  request.principal = null;
  request.cookies = request.server.parseCookie(request.headers.cookie ?? '');
  try {
    await pages.answer(refusal, request, reply);
  } catch {
    if (!reply.sent) sendProblem(refusal, reply);
  }
}

/** A request that is no HTTP gets one answer, and its connection ends. */
function answerBrokenRequest(
  error: Error & { readonly code?: string; readonly rawPacket?: unknown },
  socket: Socket,
  { common, pages }: { readonly common: CommonHeaders['forBroken']; readonly pages: PageErrors | null },
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const found = refusalOf(error);
  const refusal = found.code === 'internal' ? refusalOf({ code: 'FST_ERR_BAD_URL' }) : found;
  const problem = problemFor(refusal);
  const asked = askedIn(Buffer.isBuffer(error.rawPacket) ? error.rawPacket.toString('latin1') : '');
  const page = pages !== null && asked.isForPage ? pages.unread(refusal, asked.language) : null;
  const body = page ?? JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    `Content-Type: ${page === null ? PROBLEM_TYPE : 'text/html; charset=utf-8'}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(common).map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/**
 * What can be told of a request that is no whole one, from the last piece of it that came: of a very long address that is
 * its beginning or its end. Where its path is not in it, a page is for whoever takes HTML, as browsers do and programs do not.
 */
function askedIn(piece: string): { readonly isForPage: boolean; readonly language: string | undefined } {
  const path = /^(?:GET|HEAD|POST) (\/\S*)/.exec(piece)?.[1];
  const accept = headerIn(piece, 'accept');
  const isHtml = accept?.includes('text/html') === true;
  const isForPage = path === undefined ? isHtml : !isForPrograms(path) && (accept === undefined || isHtml);
  return { isForPage, language: headerIn(piece, 'accept-language') };
}

function headerIn(piece: string, name: string): string | undefined {
  const at = piece.toLowerCase().indexOf(`\r\n${name}:`);
  if (at < 0) return undefined;
  const from = at + name.length + 3;
  const end = piece.indexOf('\r\n', from);
  return piece.slice(from, end < 0 ? undefined : end).trim();
}
