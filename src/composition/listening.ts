import type { ListenOptions } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyListenOptions } from 'fastify';
import type { Config } from '../config.ts';
import type { OpenConnections } from './open-connections.ts';

/** The longest time for a request or answer under way once the forum closes, in milliseconds. */
const PATIENCE_MS = 10_000;
/** The connections that the system holds until they are accepted, since all readers come at once after a restart. */
const BACKLOG = 4_096;
/** The time that an incomplete request then still has, in milliseconds. */
export const UNFINISHED_MS = 1_000;
/** How often a closing server looks for connections whose last answer was sent, in milliseconds. */
const SWEEP_MS = 20;

/** Fastify passes on the options of `net.Server` without naming all of them in its types. */
export function listenOptions(
  { host, port }: Config,
  reusePort: boolean,
): FastifyListenOptions & Pick<ListenOptions, 'reusePort'> {
  return { host, port, backlog: BACKLOG, ...(reusePort ? { reusePort } : {}) };
}

/** The port that a server listens on. */
export function portOf(app: NestFastifyApplication): number {
  const bound = app.getHttpServer().address();
  if (bound === null || typeof bound === 'string') throw new Error('the server listens on no port');
  return bound.port;
}

/** The address of a server that listens on such a host. */
export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Waits for answers under way, ends each connection after its last answer, and cuts those that take too long. */
export async function closeServer(app: NestFastifyApplication, connections: OpenConnections): Promise<void> {
  const server = app.getHttpServer();
  const sweeping = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const unfinished = setTimeout(() => connections.endUnfinished(), UNFINISHED_MS);
  const impatient = setTimeout(() => connections.endAll(), PATIENCE_MS);
  try {
    await app.close();
  } finally {
    clearInterval(sweeping);
    clearTimeout(unfinished);
    clearTimeout(impatient);
  }
}
