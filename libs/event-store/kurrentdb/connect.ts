import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { KURRENTDB_FORM, kurrentHosts } from './address.ts';
import { Connection, type SharedReach } from './connection.ts';
import { connectionSettings } from './settings.ts';

const CALL_MS = 4_000;
const PATIENCE_MS = 10_000;

export interface ConnectOptions {
  /** The connection string: `kurrentdb://…`, with credentials, hosts and options of KurrentDB's client. */
  readonly url: string;
  /** The longest that one call to the database may take, in milliseconds; 4,000 unless told. */
  readonly callMs?: number;
  /** Milliseconds for which a failing call is tried again; 10,000 unless told. */
  readonly patienceMs?: number;
}

/**
 * A connection that is made at its first use; connections to the same database share `reach`. Throws RangeError for an
 * invalid URL.
 */
export async function newConnection(
  { url, callMs, patienceMs }: ConnectOptions,
  reach: SharedReach = { down: false },
): Promise<Connection> {
  const hosts = kurrentHosts(url);
  const settings = connectionSettings(url);
  const { KurrentDBClient } = await import('@kurrent/kurrentdb-client');
  const newClient = (nodeUrl: string): KurrentDBClient => KurrentDBClient.connectionString(nodeUrl);
  await mustBeUnderstood(() => newClient(url));
  return new Connection({
    reach,
    hosts,
    settings,
    newClient,
    callMs: callMs ?? CALL_MS,
    patienceMs: patienceMs ?? PATIENCE_MS,
  });
}

/** A missing certificate is reported at once; other messages of the client may contain the password. */
async function mustBeUnderstood(newClient: () => KurrentDBClient): Promise<void> {
  try {
    await newClient().dispose();
  } catch (error) {
    const file = error instanceof Error && /^(Failed to load certificate|userCertFile)/.test(error.message);
    throw new RangeError(
      file ? `an address whose certificate files are there: ${error.message}` : `an address such as ${KURRENTDB_FORM}`,
    );
  }
}
