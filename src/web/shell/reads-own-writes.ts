import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { SignInGuard } from '../../access/sign-in/sign-in-guard.ts';
import { readNotices } from './notices.ts';
import { positionIn } from './paths.ts';

/** Reads the notices of the request's member. */
@Injectable()
export class ReadsNotices implements NestInterceptor {
  readonly #queries: QueryBus;
  readonly #guard: SignInGuard;

  constructor(@Inject(QueryBus) queries: QueryBus, @Inject(SignInGuard) guard: SignInGuard) {
    this.#queries = queries;
    this.#guard = guard;
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    await readNotices(context.switchToHttp().getRequest<FastifyRequest>(), this.#queries, this.#guard);
    return next.handle();
  }
}

/**
 * A page to which forms lead: with `?after=` in its address it waits until the views have reached that position. Throws
 * DomainError not_caught_up after 2 s.
 */
@Injectable()
export class ReadsOwnWrites extends ReadsNotices {
  readonly #views: Views;

  constructor(
    @Inject(VIEWS) views: Views,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(SignInGuard) guard: SignInGuard,
  ) {
    super(queries, guard);
    this.#views = views;
  }

  override async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const position = positionIn(context.switchToHttp().getRequest<FastifyRequest>().query);
    if (position !== undefined) await this.#views.reached(position);
    return super.intercept(context, next);
  }
}
