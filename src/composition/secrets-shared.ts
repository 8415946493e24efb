import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type EventStore, StoreUnavailable, WrongExpectedRevision } from '../../libs/event-store/index.ts';
import { inForumWords } from '../../libs/nest-decider/index.ts';
import { type Config, ConfigError } from '../config.ts';
import { isSecrets, newSecrets, readSecrets, type Secrets, writeSecrets } from './secrets.ts';

/** Beside the vault's keys, and never part of the log. */
const STREAM = 'vault-secrets';
const TYPE = 'SecretsMade.v1';

/**
 * The secrets that all nodes of a forum share. They stand beside the log, made by whichever node comes first; each node
 * keeps a copy in DATA_DIR, so that it starts while the log is away. Until either is read they are not known, and
 * whoever needs them is told to come again.
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
    mkdirSync(config.dataDir, { recursive: true });
    this.#file = join(config.dataDir, 'shared-secrets.json');
    this.#known = readSecrets(this.#file);
  }

  /** Throws DomainError storage_unavailable while it is not known. */
  get sessionSecret(): string {
    return this.#config.sessionSecret ?? this.#must().sessionSecret;
  }

  /** Throws DomainError storage_unavailable while it is not known. */
  get emailKey(): string {
    return this.#must().emailKey;
  }

  /** Reads them from beside the log, making them when there are none. Throws StoreUnavailable, ConfigError. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    const known = (await this.#read()) ?? (await this.#make());
    const kept = this.#known;
    this.#known = known;
    if (kept?.emailKey !== known.emailKey || kept.sessionSecret !== known.sessionSecret)
      writeSecrets(this.#file, known);
  }

  async #read(): Promise<Secrets | undefined> {
    for await (const { data } of this.#store.readStream(STREAM)) {
      if (!isSecrets(data)) throw new ConfigError(`the stream ${STREAM} beside the log holds no secrets of a forum`);
      return { sessionSecret: data.sessionSecret, emailKey: data.emailKey };
    }
    return undefined;
  }

  /** A forum that was moved here from a file keeps the secrets that it had: addresses are named by them. */
  async #make(): Promise<Secrets> {
    const { sessionSecret, emailKey } = readSecrets(join(this.#config.dataDir, 'secrets.json')) ?? newSecrets();
    const id = randomUUID();
    const event = {
      id,
      type: TYPE,
      data: { sessionSecret, emailKey },
      sealed: null,
      occurredAt: new Date().toISOString(),
      actor: 'system',
      correlationId: id,
      causationId: null,
    };
    try {
      await this.#store.append(STREAM, [event], 'no-stream');
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
    }
    const made = await this.#read();
    if (made === undefined) throw new StoreUnavailable('io', `the stream ${STREAM} cannot be read back`);
    return made;
  }

  #must(): Secrets {
    if (this.#known !== undefined) return this.#known;
    throw inForumWords(new StoreUnavailable('unreachable', 'the secrets that nodes share have not been read yet'));
  }
}
