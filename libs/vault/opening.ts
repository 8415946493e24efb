import { ERASED, type Erased } from '../kernel/index.ts';
import { eventKeyOf } from './event-keys.ts';
import { SealBroken, type SealedIn } from './port.ts';
import { type FoundKey, keyIdIn, openWith, sealedEventId } from './sealed-form.ts';
import { uuidBytes } from './uuid-bytes.ts';

/** The id of the key that sealed the bytes. Throws SealBroken when they are malformed. */
export function keyIdOrBroken(sealed: Uint8Array): string {
  const id = keyIdIn(sealed);
  if (id === undefined) throw new SealBroken('sealed bytes are cut, or of an unknown form');
  return id;
}

/** The answer of `Vault.open`, once the key was looked for. Throws SealBroken. */
export function openFound(sealed: Uint8Array, found: FoundKey, at: SealedIn): object | Erased {
  if (found === 'destroyed') return ERASED;
  if (found === 'unknown') throw unknownKey(sealed);
  return openWith(sealed, found, at);
}

/** The answer of `Vault.eventKey`, once the key was looked for. Throws SealBroken. */
export function eventKeyFound(sealed: Uint8Array, found: FoundKey, at: SealedIn): Uint8Array | Erased | null {
  if (found === 'destroyed') return ERASED;
  if (found === 'unknown') throw unknownKey(sealed);
  openWith(sealed, found, at);
  const id = sealedEventId(sealed);
  return id === undefined ? null : eventKeyOf(found, uuidBytes(id));
}

function unknownKey(sealed: Uint8Array): SealBroken {
  return new SealBroken(`the vault has no key ${keyIdIn(sealed)}: another vault's, a damaged key, or altered bytes`);
}
