import { type ArgumentsHost, Catch, type ExceptionFilter, NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { networkOf } from '../../../access/network.ts';
import type { PageErrors } from '../../../access/page-errors.ts';
import { answersProblems } from '../../../access/request.ts';
import { isToldToOperators } from '../../../access/told-refusals.ts';
import { PROBLEM_TYPE, problemFor, refusalOf } from './problem.ts';
import type { RouteTable } from './route-table.ts';

export interface FilterParts {
  readonly routes: RouteTable;
  readonly log: Logger;
  /** Null when there are no pages. */
  readonly pages: PageErrors | null;
}

/** Answers every error on the way of a request once, and in one form. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #parts: FilterParts;

  constructor(parts: FilterParts) {
    this.#parts = parts;
  }

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    await this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  async answer(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const refusal = this.#refusal(error, request, reply);
    this.#note(refusal, error, request);
    if (reply.sent) return;
    if (refusal.retryAfterSeconds !== undefined) reply.header('retry-after', refusal.retryAfterSeconds);
    reply.header('cache-control', 'no-store');
    const { pages } = this.#parts;
    if (pages === null || answersProblems(request) || !hasPage(refusal)) return sendProblem(refusal, reply);
    try {
      await pages.answer(refusal, request, reply);
    } catch (fault) {
      this.#note(refusalOf(fault), fault, request);
      if (!reply.sent) sendProblem(refusal, reply);
    }
  }

  /** A client that goes away before its request is complete causes no fault of the forum. */
  #refusal(error: unknown, request: FastifyRequest, reply: FastifyReply): DomainError {
    if (error instanceof NotFoundException) return this.#nothingThere(request, reply);
    const refusal = refusalOf(error, request.routeOptions.bodyLimit);
    const brokeOff = request.raw.destroyed && !request.raw.complete;
    if (refusal.code !== 'internal' || !brokeOff) return refusal;
    return new DomainError('malformed', 'The request broke off before it was whole.');
  }

  /** The refusal of a path that exists for other methods, or without its final slash, says so. */
  #nothingThere({ url, method }: FastifyRequest, reply: FastifyReply): DomainError {
    const [path = ''] = url.split('?');
    const methods = this.#parts.routes.methodsAt(path);
    if (methods.includes(method)) return new DomainError('not_found', 'There is nothing at this address.');
    if (methods.length > 0) {
      reply.header('allow', methods.join(', '));
      return new DomainError(
        'method_not_allowed',
        `${method} is not for this address; it takes ${methods.join(', ')}.`,
      );
    }
    const isSlashTooMany = path.endsWith('/') && this.#parts.routes.methodsAt(path.slice(0, -1)).length > 0;
    const instead = isSlashTooMany ? '; there is something at the one without the slash at its end' : '';
    return new DomainError('not_found', `There is nothing at this address${instead}.`);
  }

  #note(refusal: DomainError, error: unknown, request: FastifyRequest): void {
    const where = { correlationId: request.id, route: request.routeOptions.url, method: request.method };
    if (refusal.code === 'internal') this.#parts.log.error({ ...where, err: error }, 'a request failed');
    else if (refusal.code === 'storage_unavailable')
      this.#parts.log.warn({ ...where, err: error }, 'the storage failed');
    else if (isToldToOperators(refusal.code))
      this.#parts.log.info({ ...where, code: refusal.code, ...whoAsks(request) }, 'a request was refused');
    else this.#parts.log.debug({ ...where, code: refusal.code }, refusal.detail);
  }
}

/** The member by its id, whose name no line has; a request without a session is told by its network. */
function whoAsks({ principal, ip }: FastifyRequest): Readonly<Record<string, string>> {
  return { network: networkOf(ip), ...(principal ? { member: principal.memberId } : {}) };
}

/** Under a refused host name a page would find neither its styles nor its links. */
function hasPage({ code }: DomainError): boolean {
  return code !== 'misdirected';
}

export function sendProblem(refusal: DomainError, reply: FastifyReply): void {
  const problem = problemFor(refusal);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  reply.code(problem.status).header('content-type', PROBLEM_TYPE).send(JSON.stringify(problem));
}
