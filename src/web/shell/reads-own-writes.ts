import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { SignInGuard } from '../../access/sign-in/sign-in-guard.ts';
import { readNotices } from './notices.ts';
import { positionIn } from './paths.ts';

/**
 * A page whose address carries `?after=` waits until the views have come so far, and then reads what its member is told
 * on every page. Throws DomainError not_caught_up after 2 s.
 */
@Injectable()
export class ReadsOwnWrites implements NestInterceptor {
  readonly #views: Views;
  readonly #queries: QueryBus;
  readonly #guard: SignInGuard;

  constructor(
    @Inject(VIEWS) views: Views,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(SignInGuard) guard: SignInGuard,
  ) {
    this.#views = views;
    this.#queries = queries;
    this.#guard = guard;
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const position = positionIn(request.query);
    if (position !== undefined) await this.#views.reached(position);
    await readNotices(request, this.#queries, this.#guard);
    return next.handle();
  }
}
