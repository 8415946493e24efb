import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_TYPE, problemOf, refusalOf } from '../api/http/server/problem.ts';
import { BODY_LIMIT, requestId } from '../api/http/server/install.ts';
import type { Config } from '../config.ts';

/** Answers what went wrong before any route was found. */
type Answer = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

/** The HTTP server, before anything is put on it. */
export function newFastifyAdapter(config: Pick<Config, 'trustProxy'>, answer: Answer): FastifyAdapter {
  return new FastifyAdapter({
    genReqId: requestId,
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustProxy > 0 && ((_address, hop) => hop < config.trustProxy),
    return503OnClosing: false,
    skipMiddie: true,
    routerOptions: { maxParamLength: 300 },
    requestTimeout: 60_000,
    frameworkErrors: answer,
    clientErrorHandler: answerBrokenRequest,
  });
}

/** What is no HTTP gets one answer and the end of its connection. */
function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const found = refusalOf(error);
  const problem = problemOf(found.code === 'internal' ? refusalOf({ code: 'FST_ERR_BAD_URL' }) : found);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
