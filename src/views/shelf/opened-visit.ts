import { isErased, isRecord } from '../../../libs/kernel/index.ts';
import type { Vault } from '../../../libs/vault/index.ts';
import type { ReadUpTo, Visit } from '../../domain/visit/visit.events.ts';
import { openedTextIn } from '../rows.ts';

/** Null for a visit that was erased. */
export async function openedVisit(
  { memberId, sealed }: { readonly memberId: string; readonly sealed: Buffer },
  vault: Pick<Vault, 'open'>,
): Promise<Visit | null> {
  const personal = await vault.open(sealed, { stream: `visits-${memberId}`, type: 'VisitKept.v1' });
  const postId = isErased(personal) ? null : openedTextIn(personal, 'postId');
  const end = readUpToIn(personal);
  return postId === null || end === null ? null : { ...end, postId, before: readUpToIn(beforeIn(personal)) };
}

function beforeIn(personal: object): unknown {
  return Reflect.get(personal, 'before');
}

function readUpToIn(value: unknown): ReadUpTo | null {
  if (!isRecord(value)) return null;
  const { position, at } = value;
  return typeof position === 'string' && typeof at === 'string' ? { position, at } : null;
}
