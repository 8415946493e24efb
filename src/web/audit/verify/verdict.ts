import type { VerifyOutcome, VerifyStep, VerifyVerdict } from './page-data.ts';

/**
 * The verdict of all steps together. Only a checkpoint that is known to be signed accuses the log: a bad paste proves
 * nothing against it.
 */
export function verdictOf(outcomes: Readonly<Record<VerifyStep, VerifyOutcome>>): VerifyVerdict {
  const found = Object.values(outcomes);
  if (found.includes('failed')) return outcomes.signature === 'passed' ? 'failed' : 'uncheckable';
  return found.includes('unable') ? 'unsure' : 'passed';
}

/** The verdict of the forum's own check: every step before the failed one holds. */
export function verdictAt(failedAt: VerifyStep | null): VerifyVerdict {
  switch (failedAt) {
    case null:
      return 'passed';
    case 'form':
    case 'key':
    case 'signature':
      return 'uncheckable';
    case 'newest':
    case 'beginning':
      return 'failed';
    default:
      return failedAt satisfies never;
  }
}
