import type { FastifyReply } from 'fastify';
import { formatPosition, type Position } from '../../../../libs/kernel/index.ts';

/** Where a write stands in the log: reads that carry it as `Colloquy-After` show it. 0n is no place: then what the views show stays said. */
export function tellWritten(reply: FastifyReply, position: Position): void {
  if (position > 0n) reply.header('colloquy-position', formatPosition(position));
  keepPrivate(reply);
}

/** For answers that are made for one member. */
export function keepPrivate(reply: FastifyReply): void {
  reply.header('cache-control', 'no-store');
}
