import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { isFromThisMachine } from '../../../access/allowed-hosts.ts';
import { CONFIG, type Config } from '../../../config.ts';
import { HttpMetrics } from '../server/http-metrics.ts';

/** Left out of the controllers when METRICS=off. */
@Controller('metrics')
export class MetricsController {
  readonly #metrics: HttpMetrics;
  readonly #token: string | null;

  constructor(@Inject(HttpMetrics) metrics: HttpMetrics, @Inject(CONFIG) config: Config) {
    this.#metrics = metrics;
    this.#token = config.metricsToken;
  }

  @Get()
  async all(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.#requireReader(request);
    reply.header('content-type', this.#metrics.contentType).header('cache-control', 'no-store');
    reply.send(await this.#metrics.text());
  }

  /**
   * Only this machine itself, or a caller with METRICS_TOKEN, may read; a session gives no right to a machine's
   * figures.
   */
  #requireReader({ headers, socket }: FastifyRequest): void {
    const [, given] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    if (this.#token !== null && given !== undefined && isSame(given, this.#token)) return;
    if (isFromThisMachine(headers, socket.remoteAddress)) return;
    throw new DomainError('forbidden', 'The metrics are for this machine, and for programs with METRICS_TOKEN.');
  }
}

function isSame(given: string, token: string): boolean {
  const [one, other] = [given, token].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
