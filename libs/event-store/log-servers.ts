import { kurrentDb } from './kurrentdb/open.ts';
import type {
  LogServerSort,
  ServerNotices,
  ServerOptions,
  ServerStore,
  ServerStoreOptions,
} from './log-server-port.ts';
import type { LogImport } from './port.ts';

/**
 * The kinds of servers, found by the form of their addresses. A further one needs a line here, under the name that
 * manifests of backups keep, and one in `libs/vault/key-servers.ts`.
 */
const LOG_SERVERS = { kurrentdb: kurrentDb } satisfies Readonly<Record<string, LogServerSort>>;

export type LogServerName = keyof typeof LOG_SERVERS;

const NAMES = namesOf(LOG_SERVERS);

/** `KurrentDB`. */
export const LOG_SERVER_TITLES = NAMES.map((name) => LOG_SERVERS[name].title).join(' or ');
/** Examples of addresses. */
export const LOG_SERVER_FORMS = NAMES.map((name) => LOG_SERVERS[name].form).join(', or ');
/** `kurrentdb://…` */
export const LOG_SERVER_SCHEMES = NAMES.map((name) => `${name}://…`).join(', or ');

/** Null for an address of another form. */
export function logServerName(url: string): LogServerName | null {
  return NAMES.find((name) => LOG_SERVERS[name].isAddress(url)) ?? null;
}

/** Whether a log stands on a shared server; otherwise it is a file. */
export function isLogServer(url: string): boolean {
  return logServerName(url) !== null;
}

/** Throws RangeError for an address of another form. */
export function requireLogServer(url: string): LogServerName {
  const name = logServerName(url);
  if (name === null) throw new RangeError(`an address such as ${LOG_SERVER_FORMS}`);
  return name;
}

/** Throws RangeError for an address of another form. */
export function logServerAt(url: string): LogServerSort {
  return LOG_SERVERS[requireLogServer(url)];
}

/** The event store over a server, which may come later: every call waits for it as long as its patience lasts. Throws RangeError. */
export async function openServerStore(options: ServerStoreOptions): Promise<ServerStore> {
  return logServerAt(options.url).openStore(options);
}

/** Throws RangeError. */
export async function openServerLogImport(options: ServerOptions): Promise<LogImport> {
  return logServerAt(options.url).openLogImport(options);
}

/** Throws RangeError. */
export async function openServerNotices(options: ServerOptions): Promise<ServerNotices> {
  return logServerAt(options.url).openNotices(options);
}

function namesOf<Name extends string>(servers: Readonly<Record<Name, LogServerSort>>): readonly Name[] {
  const names: Name[] = [];
  for (const name in servers) names.push(name);
  return names;
}
