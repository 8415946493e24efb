import { randomUUID } from 'node:crypto';
import { DomainError } from '../../libs/kernel/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import { commandMeta } from '../access/principal.ts';
import { ReserveName } from '../domain/reservation/reservation.commands.ts';

/**
 * False when a name was taken before, by whoever and on whatever node: each holder is new. The name stays taken.
 */
export async function takeOnce(commands: Commands, name: string, correlationId: string): Promise<boolean> {
  const meta = commandMeta(null, randomUUID(), correlationId);
  try {
    await commands.execute(new ReserveName({ name, holder: randomUUID() }, meta));
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'conflict') return false;
    throw error;
  }
}
