import type { EventStore } from '../../libs/event-store/index.ts';
import { type CommandMeta, deriveId } from '../../libs/kernel/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import type { KeyDestruction } from './key-destruction.ts';
import { streams } from './streams.ts';

export interface LinkForgettingParts {
  readonly store: Pick<EventStore, 'readStream'>;
  readonly vault: Pick<Vault, 'keyOf'>;
  readonly destruction: Pick<KeyDestruction, 'destroy'>;
}

/** Destroys the keys of links that ran out: whom they were for, and with which secret, is then known to nobody. */
export class LinkForgetting {
  readonly #parts: LinkForgettingParts;

  constructor(parts: LinkForgettingParts) {
    this.#parts = parts;
  }

  /** A repeat changes nothing. Throws DomainError storage_unavailable. */
  async forget(linkId: string, meta: CommandMeta): Promise<void> {
    const { store, vault, destruction } = this.#parts;
    const stream = streams.link(linkId);
    const keys = new Set<string>();
    for await (const { sealed } of store.readStream(stream)) if (sealed !== null) keys.add(vault.keyOf(sealed).id);
    for (const keyId of keys) {
      await destruction.destroy({ keyId, stream }, { ...meta, commandId: deriveId(linkId, 'forgotten', keyId) });
    }
  }
}
