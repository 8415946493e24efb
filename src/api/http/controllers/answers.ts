import type { FastifyReply } from 'fastify';
import type { Member, OwnMember } from '../../../../libs/client/index.ts';
import { formatPosition, type Position } from '../../../../libs/kernel/index.ts';

/**
 * Tells the position of a write: reads that carry it as `Colloquy-After` show the write. 0n names no position, and the
 * position that the views show stays in the header.
 */
export function tellWritten(reply: FastifyReply, position: Position): void {
  if (position > 0n) reply.header('colloquy-position', formatPosition(position));
  keepPrivate(reply);
}

/** Marks an answer that is made for one member. */
export function keepPrivate(reply: FastifyReply): void {
  reply.header('cache-control', 'no-store');
}

/** A member as everybody sees them, without what is the member's own alone. */
export function asOthersSee({ id, handle, displayName, roles, locale, createdAt }: OwnMember): Member {
  return { id, handle, displayName, roles, locale, createdAt };
}
