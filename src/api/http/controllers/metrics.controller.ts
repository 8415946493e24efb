import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { HttpMetrics } from '../server/http-metrics.ts';

/** Not among the controllers when METRICS=off. */
@Controller('metrics')
export class MetricsController {
  readonly #metrics: HttpMetrics;

  constructor(@Inject(HttpMetrics) metrics: HttpMetrics) {
    this.#metrics = metrics;
  }

  @Get()
  async all(@Res() reply: FastifyReply): Promise<void> {
    reply.header('content-type', this.#metrics.contentType).header('cache-control', 'no-store');
    reply.send(await this.#metrics.text());
  }
}
