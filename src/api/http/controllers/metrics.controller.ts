import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { isForThisMachine, isFromThisMachine } from '../../../access/allowed-hosts.ts';
import { CONFIG, type Config } from '../../../config.ts';
import { HttpMetrics } from '../server/http-metrics.ts';

/** Left out of the controllers when METRICS=off. */
@Controller('metrics')
export class MetricsController {
  readonly #metrics: HttpMetrics;
  readonly #token: string | null;
  readonly #trustsHere: boolean;

  constructor(@Inject(HttpMetrics) metrics: HttpMetrics, @Inject(CONFIG) config: Config) {
    this.#metrics = metrics;
    this.#token = config.metricsToken;
    this.#trustsHere = isForThisMachine(config);
  }

  @Get()
  async all(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.#requireReader(request);
    reply.header('content-type', this.#metrics.contentType).header('cache-control', 'no-store');
    reply.send(await this.#metrics.text());
  }

  /**
   * Only a caller with METRICS_TOKEN may read, and this machine itself where the forum is for it alone; a session gives no
   * right to a machine's figures.
   */
  #requireReader({ headers, socket }: FastifyRequest): void {
    const [, given] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    if (this.#token !== null && given !== undefined && isSame(given, this.#token)) return;
    if (this.#trustsHere && isFromThisMachine(headers, socket.remoteAddress)) return;
    throw new DomainError(
      'forbidden',
      'The metrics are for programs with METRICS_TOKEN; without it only for the machine of a forum that is for that machine alone.',
    );
  }
}

function isSame(given: string, token: string): boolean {
  const [one, other] = [given, token].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
