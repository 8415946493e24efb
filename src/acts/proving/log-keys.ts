import type { LogKeyHistory } from '../../../libs/client/index.ts';
import { formatPosition, type Position } from '../../../libs/kernel/index.ts';
import { isSameKey, type KeyChange, keyChain, type Verifier, verifierKey } from '../../../libs/transparency/index.ts';

/** A change of the log's key as the log records it, signed by both keys. */
export interface RecordedChange {
  readonly position: Position;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** The checkpoint of the change. */
  readonly note: string;
  readonly change: KeyChange;
}

export interface LogKeys {
  /** The changes, oldest first. Throws DomainError `storage_unavailable` until they are known. */
  readonly changes: readonly RecordedChange[];
}

/** The present key and the earlier ones, newest first. */
export function historyOf(own: Verifier, changes: readonly RecordedChange[]): LogKeyHistory {
  const first = { key: verifierKey(own), position: null, at: null, note: null };
  const before = ofChain(own, changes).reduce<readonly LogKeyHistory['items'][number][]>(
    ([newest = first, ...older], { position, at, note, change: { from, to } }) => {
      const key = isSameKey(to, own) ? verifierKey(own) : verifierKey(to);
      const changed = { key, position: formatPosition(position), at, note };
      return [changed, { ...newest, key: verifierKey(from) }, ...older];
    },
    [first],
  );
  return { items: before };
}

/** The changes that lead to the key; a copied log has the changes of other keys too. */
export function ofChain(own: Verifier, changes: readonly RecordedChange[]): readonly RecordedChange[] {
  const chain = keyChain(
    [own],
    changes.map(({ change }) => change),
  );
  return changes.filter(({ change }) => chain.some((key) => isSameKey(key, change.to)));
}
