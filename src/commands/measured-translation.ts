import { seenInComment } from '../../libs/markdown/index.ts';
import type { Measure } from '../../libs/words/index.ts';
import { type JudgedTranslation, measureOf } from '../domain/translation/translating.rules.ts';

/** The measure that the policy would take against a translation. */
export function measuredTranslation(judged: JudgedTranslation): Measure | null {
  return measureOf(judged, seenInComment);
}
