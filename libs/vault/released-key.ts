import { SealBroken, type SealedIn } from './port.ts';
import { sealedObjectIn } from './sealed-form.ts';
import { isVersion2, openByEventKey } from './version-2.ts';

/**
 * Opens what is sealed in one event with this event's own key, which `Vault.eventKey` gave; no vault is needed.
 * Throws SealBroken for another key, for bytes that were altered or moved, and for a seal of version 1.
 */
export function openWithEventKey(sealed: Uint8Array, eventKey: Uint8Array, at: SealedIn): object {
  if (!isVersion2(sealed))
    throw new SealBroken('these bytes are no seal of version 2, so no key of their event opens them');
  return sealedObjectIn(openByEventKey(Buffer.from(sealed), eventKey, at));
}
