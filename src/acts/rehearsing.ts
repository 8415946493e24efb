import type { Rehearsal } from '../../libs/client/index.ts';
import { DomainError } from '../../libs/kernel/index.ts';

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

/** Runs rehearsals. `src/rehearsal` does it; composition provides it. */
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

export type RehearsalStep =
  | { readonly kind: 'progress'; readonly progress: RehearsalProgress }
  | { readonly kind: 'result'; readonly result: Rehearsal };

/** The steps of a rehearsal, and at last its result. Throws the rehearsal's error; ending early stops the rehearsal. */
export async function* rehearsalSteps(
  rehearsing: Rehearsing,
  wish: RehearsalWish,
  gone: AbortController,
): AsyncGenerator<RehearsalStep> {
  const told: { newest: RehearsalProgress | null; over: boolean; wake: () => void } = {
    newest: null,
    over: false,
    wake: () => undefined,
  };
  const onProgress = (progress: RehearsalProgress): void => {
    told.newest = progress;
    told.wake();
  };
  const run = rehearsing.run(wish, { signal: gone.signal, onProgress });
  const end = (): void => {
    told.over = true;
    told.wake();
  };
  run.then(end, end);
  try {
    while (!told.over || told.newest !== null) {
      const progress = told.newest;
      told.newest = null;
      if (progress !== null) yield { kind: 'progress', progress };
      if (told.over || told.newest !== null) continue;
      await new Promise<void>((resolve) => {
        told.wake = resolve;
      });
    }
    yield { kind: 'result', result: await run };
  } finally {
    gone.abort();
  }
}

/** Aborted once nobody reads the answer any more. */
export function untilAnswered(answer: NodeJS.EventEmitter): AbortController {
  const gone = new AbortController();
  answer.once('close', () => gone.abort());
  return gone;
}
