import type { MayBeUnreadable } from '../../libs/client/index.ts';
import { isErased, isUnreadable } from '../../libs/kernel/index.ts';
import type { SealedIn, Vault } from '../../libs/vault/index.ts';
import { openedTextIn } from './rows.ts';

/** An opened text; null where there is none, and where it was erased or cannot be read. */
export interface OpenedText extends MayBeUnreadable {
  readonly text: string | null;
}

/** Opens a field of a sealed part. Throws the error of a vault that is away; a seal that does not open is no error. */
export async function openText(
  vault: Pick<Vault, 'open'>,
  sealed: Buffer | null,
  at: SealedIn,
  field: string,
): Promise<OpenedText> {
  return openedText(sealed && (await vault.open(sealed, at)), field);
}

/** A field of an opened part; null for an event without one. */
export function openedText(personal: object | null, field: string): OpenedText {
  if (isUnreadable(personal)) return { text: null, unreadable: true };
  return { text: personal === null || isErased(personal) ? null : openedTextIn(personal, field) };
}

/** The readability of a whole whose texts may be unreadable. */
export function readability(...texts: readonly MayBeUnreadable[]): MayBeUnreadable {
  return texts.some(({ unreadable }) => unreadable) ? { unreadable: true } : {};
}
