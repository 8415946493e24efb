import { DomainError } from '../../libs/kernel/index.ts';

/** Null for what the asker does not find (any more). */
export async function unlessGone<Found>(finding: Promise<Found>): Promise<Found | null> {
  try {
    return await finding;
  } catch (error) {
    if (error instanceof DomainError && error.status === 404) return null;
    throw error;
  }
}
