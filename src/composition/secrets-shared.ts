import { join } from 'node:path';
import { type EventStore, StoreUnavailable } from '../../libs/event-store/index.ts';
import { inForumWords } from '../../libs/nest-decider/index.ts';
import type { Config } from '../config.ts';
import { makePrivate } from './private-dir.ts';
import { newSecrets, readSecrets, type Secrets, writeSecrets } from './secrets.ts';
import { readSharedSecrets, shareSecrets } from './shared-secrets-stream.ts';

/**
 * The secrets that all nodes of a forum share. They are stored beside the log by the first node, and each node keeps a
 * copy in DATA_DIR, so that it starts while the log is away. Until one of the two is read the secrets are unknown, and
 * requests that need them are told to come again.
 */
export class SharedSecrets implements Secrets {
  readonly #config: Pick<Config, 'dataDir' | 'sessionSecret'>;
  readonly #store: Pick<EventStore, 'append' | 'readStream'>;
  readonly #file: string;
  #known: Secrets | undefined;
  #loading: Promise<void> | undefined;

  /** Throws ConfigError when the copy in DATA_DIR is something else. */
  constructor(config: Pick<Config, 'dataDir' | 'sessionSecret'>, store: Pick<EventStore, 'append' | 'readStream'>) {
    this.#config = config;
    this.#store = store;
    makePrivate(config.dataDir);
    this.#file = join(config.dataDir, 'shared-secrets.json');
    this.#known = readSecrets(this.#file);
  }

  /** Throws DomainError storage_unavailable while it is unknown. */
  get sessionSecret(): string {
    return this.#config.sessionSecret ?? this.#must().sessionSecret;
  }

  /** Throws DomainError storage_unavailable while it is unknown. */
  get emailKey(): string {
    return this.#must().emailKey;
  }

  /**
   * Reads the secrets from beside the log, and makes them when there are none. Throws StoreUnavailable, ConfigError.
   */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** Loads the secrets when there was not even a copy. Throws like `load`. */
  async needed(): Promise<void> {
    if (this.#known === undefined) await this.load();
  }

  async #load(): Promise<void> {
    const known = (await readSharedSecrets(this.#store)) ?? (await this.#make());
    const kept = this.#known;
    this.#known = known;
    if (kept?.emailKey !== known.emailKey || kept.sessionSecret !== known.sessionSecret)
      writeSecrets(this.#file, known);
  }

  /** A forum that was moved here from a file keeps its secrets, since they name its addresses. */
  #make(): Promise<Secrets> {
    const kept = readSecrets(join(this.#config.dataDir, 'secrets.json'));
    return shareSecrets(this.#store, kept ?? newSecrets());
  }

  #must(): Secrets {
    if (this.#known !== undefined) return this.#known;
    throw inForumWords(new StoreUnavailable('unreachable', 'the secrets that nodes share have not been read yet'));
  }
}
