import { randomUUID } from 'node:crypto';
import { type EventStore, StoreUnavailable, WrongExpectedRevision } from '../../libs/event-store/index.ts';
import { ConfigError } from '../config.ts';
import { isSecrets, type Secrets } from './secrets.ts';

/** The stream stands beside the vault's keys and is never part of the log. */
const STREAM = 'vault-secrets';
const TYPE = 'SecretsMade.v1';

/**
 * The secrets that the nodes of a forum share; undefined before the first node made them. Throws ConfigError,
 * StoreUnavailable.
 */
export async function readSharedSecrets(store: Pick<EventStore, 'readStream'>): Promise<Secrets | undefined> {
  for await (const { data } of store.readStream(STREAM)) {
    if (!isSecrets(data)) throw new ConfigError(`the stream ${STREAM} beside the log holds no secrets of a forum`);
    return { sessionSecret: data.sessionSecret, emailKey: data.emailKey };
  }
  return undefined;
}

/**
 * Shares the secrets, unless others are shared already; gives the shared ones. Throws ConfigError, StoreUnavailable.
 */
export async function shareSecrets(
  store: Pick<EventStore, 'append' | 'readStream'>,
  { sessionSecret, emailKey }: Secrets,
): Promise<Secrets> {
  const id = randomUUID();
  const envelope = { occurredAt: new Date().toISOString(), actor: 'system', correlationId: id, causationId: null };
  const event = { id, type: TYPE, data: { sessionSecret, emailKey }, sealed: null, ...envelope };
  try {
    await store.append(STREAM, [event], 'no-stream');
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision)) throw error;
  }
  const shared = await readSharedSecrets(store);
  if (shared === undefined) throw new StoreUnavailable('io', `the stream ${STREAM} cannot be read back`);
  return shared;
}
