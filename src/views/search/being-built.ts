import { DomainError } from '../../../libs/kernel/index.ts';
import type { Views } from '../../../libs/projections/index.ts';
import { SearchBeingBuilt } from './search.query-types.ts';

/** Throws SearchBeingBuilt until there is an index to ask. */
export function requireBuilt(views: Pick<Views, 'db' | 'state'>): void {
  try {
    views.db('search');
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const built = views.state().find(({ name }) => name === 'search')?.built ?? 0;
    throw new SearchBeingBuilt(Math.min(99, Math.floor(built * 100)));
  }
}
