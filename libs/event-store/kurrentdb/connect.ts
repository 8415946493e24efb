import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { credentialsIn, KURRENTDB_FORM, kurrentHosts } from './address.ts';
import { Connection, type NewClient, type Reach } from './connection.ts';

const CALL_MS = 4_000;
const PATIENCE_MS = 10_000;

export interface ConnectOptions {
  /** The connection string: `kurrentdb://…`, with credentials, hosts and options of KurrentDB's client. */
  readonly url: string;
  /** The longest that one call to the database may take, in milliseconds; 4,000 unless told. */
  readonly callMs?: number;
  /** How long a call that fails is tried again, in milliseconds; 10,000 unless told. */
  readonly patienceMs?: number;
}

/** The client's readers pause so long, in milliseconds, before their first connection: half a second unless told. */
const DISCOVERY_INTERVAL = 'discoveryInterval=50';

/** A connection that is made when it is first used; `reach` is shared by those that go to the same database. Throws RangeError for a URL that cannot be one. */
export async function newConnection(
  { url, callMs, patienceMs }: ConnectOptions,
  reach: Reach = { down: false },
): Promise<Connection> {
  const hosts = kurrentHosts(url);
  const { KurrentDBClient } = await import('@kurrent/kurrentdb-client');
  const whole = /[?&]discovery_?-?interval=/i.test(url)
    ? url
    : `${url}${url.includes('?') ? '&' : '?'}${DISCOVERY_INTERVAL}`;
  let first: KurrentDBClient | undefined = connected(() => KurrentDBClient.connectionString(whole));
  const newClient = (): KurrentDBClient => {
    const client = first ?? KurrentDBClient.connectionString(whole);
    first = undefined;
    return client;
  };
  return new Connection({
    reach,
    hosts,
    credentials: credentialsIn(url),
    newClient,
    callMs: callMs ?? CALL_MS,
    patienceMs: patienceMs ?? PATIENCE_MS,
  });
}

/** A certificate that is not there is told at once; the client's other words may repeat the password. */
function connected(newClient: NewClient): KurrentDBClient {
  try {
    return newClient();
  } catch (error) {
    const file = error instanceof Error && /^(Failed to load certificate|userCertFile)/.test(error.message);
    throw new RangeError(
      file ? `an address whose certificate files are there: ${error.message}` : `an address such as ${KURRENTDB_FORM}`,
    );
  }
}
