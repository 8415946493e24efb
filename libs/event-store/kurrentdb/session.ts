import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { within } from './deadline.ts';
import type { Reads } from './reads.ts';

/** One node and its connections: writes and subscriptions use the client, reads their own channel. */
export interface NodeSession {
  readonly client: KurrentDBClient;
  readonly reads: Reads;
  readonly madeAt: number;
}

/** How long a client that is let go may take to say goodbye. */
const GOODBYE_MS = 1_000;
/**
 * Cancels its streams and closes its channels, including the client's, which the client itself leaves open for half an
 * hour.
 */
export async function endSession({ client, reads }: NodeSession): Promise<void> {
  reads.close();
  try {
    await within(GOODBYE_MS, client.dispose());
    const getChannel: unknown = Reflect.get(client, 'getChannel');
    if (typeof getChannel !== 'function') return;
    const channel: unknown = await within(GOODBYE_MS, Promise.resolve(Reflect.apply(getChannel, client, [])));
    if (isClosable(channel)) channel.close();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

function isClosable(channel: unknown): channel is { close(): void } {
  return typeof channel === 'object' && channel !== null && 'close' in channel && typeof channel.close === 'function';
}
