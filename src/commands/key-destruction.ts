import type { EventStore } from '../../libs/event-store/index.ts';
import type { CommandMeta } from '../../libs/kernel/index.ts';
import { type Commands, inForumWords, type Recorded } from '../../libs/nest-decider/index.ts';
import { destroyedKeyIn, type ErasingVault, KEY_DESTRUCTIONS } from '../../libs/vault/index.ts';
import { RecordKeyDestruction } from '../domain/key/key.commands.ts';
import type { KeyDestroyed } from '../domain/key/key.events.ts';

/**
 * The one way in which a key is destroyed: the event first, then the key. Whatever ends the process between the two, the
 * event stands, and `finish` destroys the key at the next start.
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

  /** No file holds the key when it resolves; a repeat changes nothing. Throws DomainError: invalid, storage_unavailable. */
  async destroy(key: KeyDestroyed['data'], meta: CommandMeta): Promise<Recorded> {
    const recorded: Recorded = await this.#commands.execute(new RecordKeyDestruction(key, meta));
    await this.#destroy(key.keyId);
    return recorded;
  }

  /** Destroys what the log says is destroyed and the vault still has; gives how many keys that were. */
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
