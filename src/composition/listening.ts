import type { ListenOptions } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyListenOptions } from 'fastify';
import type { Config } from '../config.ts';
import type { OpenConnections } from './open-connections.ts';

/** How long a request or an answer under way may take once the forum closes, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Connections that the system keeps until they are accepted: a restart is met by all readers at once. */
const BACKLOG = 4_096;
/** How long a request that has not come as a whole may still take then, in milliseconds. */
export const UNFINISHED_MS = 1_000;
/** How often a closing server looks for connections whose last answer is out, in milliseconds. */
const SWEEP_MS = 20;

/** Fastify hands on what `net.Server` takes, and does not name all of it. */
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

/** Where a server is reached that listens on such a host. */
export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Waits for answers under way, ends each connection after its last one, and cuts those that take too long. */
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
