import pLimit from 'p-limit';
import type { EventStore } from '../../libs/event-store/index.ts';
import { type CommandMeta, deriveId } from '../../libs/kernel/index.ts';
import { type Commands, inForumWords, type Recorded } from '../../libs/nest-decider/index.ts';
import { destroyedKeyIn, type ErasingVault, KEY_DESTRUCTIONS } from '../../libs/vault/index.ts';
import { RecordKeyDestruction } from '../domain/key/key.commands.ts';
import type { KeyDestroyed } from '../domain/key/key.events.ts';

/** Events of destructions on their way to the log at once. */
const AT_ONCE = 64;

/**
 * The only way to destroy a key: first the event, then the key. When the process ends between the two, the event
 * stands, and `finish` destroys the key at the next start.
 */
export class KeyDestruction {
  readonly #commands: Commands;
  readonly #vault: ErasingVault;
  readonly #store: Pick<EventStore, 'readAll'>;

  constructor(commands: Commands, vault: ErasingVault, store: Pick<EventStore, 'readAll'>) {
    this.#commands = commands;
    this.#vault = vault;
    this.#store = store;
  }

  /**
   * Resolves when no file holds the key any more; a repeat changes nothing. Throws DomainError: invalid,
   * storage_unavailable.
   */
  async destroy(key: KeyDestroyed['data'], meta: CommandMeta): Promise<Recorded> {
    const recorded: Recorded = await this.#commands.execute(new RecordKeyDestruction(key, meta));
    await this.#destroy(key.keyId);
    return recorded;
  }

  /** The same for many; each event's command id is made of the given one and the key. */
  async destroyAll(keys: readonly KeyDestroyed['data'][], meta: CommandMeta): Promise<void> {
    const limit = pLimit(AT_ONCE);
    const record = (key: KeyDestroyed['data']): Promise<Recorded> => {
      const commandId = deriveId(meta.commandId, 'destroy', key.keyId);
      return this.#commands.execute(new RecordKeyDestruction(key, { ...meta, commandId }));
    };
    await Promise.all(keys.map((key) => limit(record, key)));
    try {
      await this.#vault.destroyAll(keys.map(({ keyId }) => ({ id: keyId })));
    } catch (error) {
      throw inForumWords(error);
    }
  }

  /** Destroys the keys that the log says are destroyed and the vault still has; gives their number. */
  async finish(): Promise<number> {
    let finished = 0;
    for await (const event of this.#store.readAll({ filter: KEY_DESTRUCTIONS })) {
      const id = destroyedKeyIn(event);
      if (id === null || (await this.#vault.stateOf({ id })) !== 'kept') continue;
      await this.#destroy(id);
      finished += 1;
    }
    return finished;
  }

  async #destroy(id: string): Promise<void> {
    try {
      await this.#vault.destroy({ id });
    } catch (error) {
      throw inForumWords(error);
    }
  }
}
