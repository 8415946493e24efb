import type { Views } from '../../libs/projections/index.ts';
import { erasuresChanges } from './erasures/erasures.query-types.ts';

interface Forgetting {
  /** Views besides that of erasures that have all forgotten when they were built anew. */
  readonly renewals?: readonly string[];
  readonly forget: () => void;
}

/**
 * Opened texts are kept until an erasure goes on, and then all forgotten, since nobody knows where they are kept which of them it takes; the last
 * step of an erasure comes after the keys are gone.
 */
export class UntilErased {
  readonly #unlisten: () => void;
  #times = 0;

  constructor(views: Pick<Views, 'onProjected'>, { renewals = [], forget }: Forgetting) {
    this.#unlisten = views.onProjected((projected) => {
      const isRenewed = projected.some(
        ({ view, renewed }) => renewed && (view === 'erasures' || renewals.includes(view)),
      );
      if (!isRenewed && !erasuresChanges(projected).some(({ erasureId }) => erasureId !== null)) return;
      this.#times += 1;
      forget();
    });
  }

  /** How often all were forgotten: a text that was being opened meanwhile is not to be kept. */
  get times(): number {
    return this.#times;
  }

  close(): void {
    this.#unlisten();
  }
}
