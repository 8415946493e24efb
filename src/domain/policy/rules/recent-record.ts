import type { MeasureOf } from '../../../../libs/words/index.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';
import { RECORD_LENGTH } from '../subject.ts';

/** Catches authors of whose last decided comments at least this share was rejected or removed. */
export interface RecentRecordRule extends RuleOf<'recent-record'> {
  /** The least and the most comments that are counted. */
  readonly ofLast: number;
  /** 0 to 1. */
  readonly share: number;
  readonly measure: MeasureOf<'recent-record'>;
}

export const recentRecordRule: PolicyRule<RecentRecordRule> = {
  first: { rule: 'recent-record', on: false, ofLast: 10, share: 0.5, measure: 'hold' },
  asksForRecord: true,
  check: ({ ofLast, share }, check) => {
    check.whole('ofLast', ofLast, { from: 1, to: RECORD_LENGTH });
    check.that(share > 0 && share <= 1, 'share', 'must be greater than 0 and at most 1');
  },
  caught: ({ ofLast, share, measure }, { author }) => {
    const decided = author.earlier.filter(({ ruled }) => ruled !== null).slice(0, ofLast);
    if (decided.length < ofLast) return null;
    const down = decided.filter(({ ruled }) => ruled === 'turned-down').length;
    return down >= share * decided.length
      ? { measure, matched: `${down} of the last ${decided.length} turned down` }
      : null;
  },
};
