import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { positionIn } from './paths.ts';

/** A page whose address carries `?after=` waits until the views have come so far. Throws DomainError not_caught_up after 2 s. */
@Injectable()
export class ReadsOwnWrites implements NestInterceptor {
  readonly #views: Views;

  constructor(@Inject(VIEWS) views: Views) {
    this.#views = views;
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const position = positionIn(context.switchToHttp().getRequest<FastifyRequest>().query);
    if (position !== undefined) await this.#views.reached(position);
    return next.handle();
  }
}
