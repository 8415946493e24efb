import { DomainError } from '../../../../libs/kernel/index.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';
import { DAY, since } from '../times.ts';

/**
 * Closes discussions so many days after the post was published. The rule catches nothing, since nothing can be written.
 */
export interface ClosedDiscussionRule extends RuleOf<'closed-discussion'> {
  readonly afterDays: number;
}

export const closedDiscussionRule: PolicyRule<ClosedDiscussionRule> = {
  first: { rule: 'closed-discussion', on: false, afterDays: 365 },
  check: ({ afterDays }, check) => check.whole('afterDays', afterDays, { from: 1, to: 36_500 }),
  caught: () => null,
};

/** Throws DomainError `discussion_closed` when the post is older than the rule lets people discuss. */
export function requireWithinDays(
  { on, afterDays }: ClosedDiscussionRule,
  { publishedAt, now }: { readonly publishedAt: string; readonly now: string },
): void {
  if (!on || since(publishedAt, now) < afterDays * DAY) return;
  throw new DomainError(
    'discussion_closed',
    `This discussion is closed: posts are open to comments for ${afterDays} days.`,
  );
}
