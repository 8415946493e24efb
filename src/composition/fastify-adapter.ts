import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError } from '../../libs/kernel/index.ts';
import type { PageErrors } from '../access/page-errors.ts';
import { isForPrograms } from '../access/request.ts';
import { PROBLEM_TYPE, problemFor, refusalOf } from '../api/http/server/problem.ts';
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
    // An address of a search that somebody pasted a book into is read, so that a page says what is wrong with it.
    http: { maxHeaderSize: 65_536 },
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      headers.put(request, reply);
      void answerNoAddress(refusalOf(error), { request, reply, refusals });
    },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, headers.forBroken),
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
  error: Error & { readonly code?: string },
  socket: Socket,
  common: CommonHeaders['forBroken'],
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const found = refusalOf(error);
  const problem = problemFor(found.code === 'internal' ? refusalOf({ code: 'FST_ERR_BAD_URL' }) : found);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(common).map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
