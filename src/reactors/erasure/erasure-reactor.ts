import type { Position } from '../../../libs/kernel/index.ts';
import type { Projected } from '../../../libs/projections/index.ts';
import {
  type ErasureWork,
  erasuresChanges,
  GetErasureWork,
  type KnownErasure,
  type LateWords,
} from '../../views/erasures/erasures.query-types.ts';
import type { Reacting, WorkSeen } from '../reactor.ts';
import type { CarryingOut } from './carry-out.ts';

type ErasureItem = KnownErasure | LateWords;

export interface ErasureParts {
  readonly work: (query: GetErasureWork) => Promise<ErasureWork>;
  readonly carrying: CarryingOut;
}

/** Carries out the erasures that are due, and erases what came late from a member whose erasure had begun. */
export class ErasureReacting implements Reacting<ErasureItem> {
  readonly atOnce = 4;
  readonly #parts: ErasureParts;

  constructor(parts: ErasureParts) {
    this.#parts = parts;
  }

  async look(): Promise<WorkSeen<ErasureItem>> {
    const { due, late, nextAt, lease } = await this.#parts.work(new GetErasureWork(Date.now()));
    return { due: [...due, ...late], nextAt, lease, isNew: false };
  }

  concerns(projected: readonly Projected[]): boolean {
    return (
      erasuresChanges(projected).length > 0 || projected.some(({ view, renewed }) => renewed && view === 'erasures')
    );
  }

  act(item: ErasureItem, isClosing: () => boolean): Promise<Position> {
    const { carrying } = this.#parts;
    return 'stream' in item ? carrying.eraseLate(item.stream, item.erasureId) : carrying.carryOut(item, isClosing);
  }
}
