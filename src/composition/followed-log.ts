import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EventStore, LOG_SERVER_TITLES } from '../../libs/event-store/index.ts';
import { isRecord } from '../../libs/kernel/index.ts';
import { type Config, ConfigError } from '../config.ts';

/** `file`: the log in DATA_DIR itself; `server`: one that nodes share. */
export type LogPlace = 'file' | 'server';

/** Which log the files in DATA_DIR were made from. */
interface Followed {
  readonly place: LogPlace;
  /** The first event of a server's log, once it had one. */
  readonly first: { readonly id: string; readonly position: string } | null;
}

const PLACES: Readonly<Record<LogPlace, string>> = {
  file: 'a log in this directory',
  server: `a log at ${LOG_SERVER_TITLES}`,
};

/** The files that each kind of log leaves in a directory of a version that did not record the place. */
const LEFT_BEHIND: Readonly<Record<LogPlace, readonly string[]>> = {
  file: ['log.db'],
  server: ['shared-secrets.json', 'vault-cache.db'],
};

/**
 * Keeps a node from mixing the views, keys and trees of one log with another: a moved log counts in other positions,
 * and a missing file would look like an empty forum. Throws ConfigError.
 */
export class FollowedLog {
  readonly #dataDir: string;
  readonly #place: LogPlace;

  /** DATA_DIR must exist. Throws ConfigError when its files were made from a log in another place. */
  constructor({ dataDir }: Pick<Config, 'dataDir'>, place: LogPlace) {
    this.#dataDir = dataDir;
    this.#place = place;
    const known = this.#known();
    if (known && known.place !== place) {
      throw this.#other(`its files were made from ${PLACES[known.place]}, and EVENT_STORE_URL names ${PLACES[place]}`);
    }
    if (!known) this.#write({ place, first: null });
  }

  /** Asks a reached log for its first event. Throws ConfigError when it is another log; StoreUnavailable. */
  async check(store: Pick<EventStore, 'readAll'>): Promise<void> {
    const first = await firstOf(store);
    const known = this.#known()?.first ?? null;
    if (known === null) {
      if (first !== null) this.#write({ place: this.#place, first });
      return;
    }
    if (first?.id === known.id && first.position === known.position) return;
    const there = first === null ? 'is empty' : `begins with event ${first.id} at position ${first.position}`;
    const due = `event ${known.id} at position ${known.position}`;
    throw this.#other(`its files were made from a log that begins with ${due}, and the one there ${there}`);
  }

  #other(what: string): ConfigError {
    const advice =
      'Give this node a DATA_DIR of its own that is empty (docs/OPERATIONS.md, "Move the log"), or mend EVENT_STORE_URL';
    return new ConfigError(`DATA_DIR=${this.#dataDir}: ${what}. ${advice}`);
  }

  get #file(): string {
    return join(this.#dataDir, 'followed-log.json');
  }

  #known(): Followed | null {
    if (existsSync(this.#file)) return followedIn(readFileSync(this.#file, 'utf8'), this.#file);
    const place = (['file', 'server'] as const).find((one) => this.#holds(LEFT_BEHIND[one]));
    return place === undefined ? null : { place, first: null };
  }

  #holds(files: readonly string[]): boolean {
    return files.some((file) => existsSync(join(this.#dataDir, file)));
  }

  #write(followed: Followed): void {
    const draft = `${this.#file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify(followed)}\n`, { flush: true });
    renameSync(draft, this.#file);
  }
}

async function firstOf(store: Pick<EventStore, 'readAll'>): Promise<Followed['first']> {
  for await (const { id, position } of store.readAll({ limit: 1 })) return { id, position: `${position}` };
  return null;
}

function followedIn(text: string, file: string): Followed {
  const value = parsed(text);
  const { place, first } = isRecord(value) ? value : {};
  const { id, position } = isRecord(first) ? first : {};
  if (place === 'file' || place === 'server') {
    if (first === null) return { place, first };
    if (typeof id === 'string' && typeof position === 'string') return { place, first: { id, position } };
  }
  throw new ConfigError(`${file}: is not what the forum wrote; delete it when the log is right`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
