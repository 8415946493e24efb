import type { PolicyRule, RuleOf } from '../rule.ts';

/** Holds the comments of members under pre-moderation. */
export const premoderatedMemberRule: PolicyRule<RuleOf<'pre-moderated-member'>> = {
  first: { rule: 'pre-moderated-member', on: true },
  caught: (_, { author }) => (author.isPremoderated ? { measure: 'hold', matched: 'pre-moderation' } : null),
};
