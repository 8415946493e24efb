import type { EventStore } from '../../libs/event-store/index.ts';
import { type CommandMeta, deriveId } from '../../libs/kernel/index.ts';
import { inForumWords } from '../../libs/nest-decider/index.ts';
import { keyIdIn, type Vault } from '../../libs/vault/index.ts';
import { decoders } from './decoders.ts';
import type { KeyDestruction } from './key-destruction.ts';
import { streams } from './streams.ts';

export interface PushForgettingParts {
  readonly store: Pick<EventStore, 'readStream'>;
  readonly vault: Pick<Vault, 'stateOf'>;
  readonly destruction: Pick<KeyDestruction, 'destroyAll'>;
}

/** Destroys the keys of devices that are told by push no more: where they are reached is then known to nobody. */
export class PushForgetting {
  readonly #parts: PushForgettingParts;

  constructor(parts: PushForgettingParts) {
    this.#parts = parts;
  }

  /**
   * Of one member. Devices of before shared a key, which stays while one of them does. A repeat changes nothing. Throws
   * DomainError storage_unavailable.
   */
  async forget(memberId: string, meta: CommandMeta): Promise<void> {
    const stream = streams.subscriptions(memberId);
    const { all, standing } = await this.#keysIn(stream);
    const kept = new Set(standing.values());
    const keys: { readonly keyId: string; readonly stream: string }[] = [];
    for (const keyId of all) if (!kept.has(keyId) && (await this.#isThere(keyId))) keys.push({ keyId, stream });
    await this.#parts.destruction.destroyAll(keys, { ...meta, commandId: deriveId(stream, 'forgotten') });
  }

  async #isThere(id: string): Promise<boolean> {
    try {
      return (await this.#parts.vault.stateOf({ id })) !== 'destroyed';
    } catch (error) {
      throw inForumWords(error);
    }
  }

  /** `standing` has the key of each device that stands. */
  async #keysIn(stream: string): Promise<{ readonly all: Set<string>; readonly standing: Map<string, string> }> {
    const [all, standing] = [new Set<string>(), new Map<string, string>()];
    try {
      for await (const stored of this.#parts.store.readStream(stream)) {
        const { type, data } = decoders.subscription.read(stored);
        const keyId = stored.sealed === null ? undefined : keyIdIn(stored.sealed);
        if (type === 'PushUnsubscribed.v1') standing.delete(data.subscriptionId);
        else if (keyId !== undefined) standing.set(data.subscriptionId, keyId);
        if (keyId !== undefined) all.add(keyId);
      }
    } catch (error) {
      throw inForumWords(error);
    }
    return { all, standing };
  }
}
