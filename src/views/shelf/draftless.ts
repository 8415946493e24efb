import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { draftChanges } from './shelf.query-types.ts';

/** Members who are remembered: those who were asked for last. */
const MOST_MEMBERS = 1_000;

/** Members of whom the view has no draft. Each comment asks for its writer's, and most have none, until one is kept. */
@Injectable()
export class Draftless implements OnModuleDestroy {
  readonly #known = new LRUCache<string, true>({ max: MOST_MEMBERS });
  readonly #stop: () => void;

  constructor(@Inject(VIEWS) views: Views) {
    this.#stop = views.onProjected((projected) => {
      if (projected.some(({ renewed }) => renewed)) this.#known.clear();
      for (const { drafterId } of draftChanges(projected)) this.#known.delete(drafterId);
    });
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  has(memberId: string): boolean {
    return this.#known.get(memberId) === true;
  }

  /** The view was just read, and had none. */
  add(memberId: string): void {
    this.#known.set(memberId, true);
  }
}
