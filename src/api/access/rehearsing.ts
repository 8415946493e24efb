import type { Rehearsal } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';

export interface RehearsalWish {
  readonly policy: unknown;
  readonly from: string | null;
  readonly to: string | null;
}

export interface RehearsalProgress {
  readonly comments: number;
  readonly position: bigint;
  readonly head: bigint;
}

/** What runs rehearsals: `src/rehearsal`, given by composition. */
export interface Rehearsing {
  run(
    wish: RehearsalWish,
    options?: { readonly onProgress?: (progress: RehearsalProgress) => void; readonly signal?: AbortSignal },
  ): Promise<Rehearsal>;
}

/** The injection token under which `Rehearsing` is provided. */
export const REHEARSING = Symbol('Rehearsing');

/** Throws DomainError `invalid` for a period that ends before it begins. */
export function requirePeriod({ from, to }: Pick<RehearsalWish, 'from' | 'to'>): void {
  if (from === null || to === null || Date.parse(from) < Date.parse(to)) return;
  throw new DomainError('invalid', 'to must be later than from.', [
    { field: 'to', message: 'must be later than from' },
  ]);
}
