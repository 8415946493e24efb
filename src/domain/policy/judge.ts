import { asksForRecord, caughtBy } from './every-rule.ts';
import type { Policy, PolicyInForce } from './policy.settings.ts';
import * as closedDiscussion from './rules/closed-discussion.ts';
import type { JudgedText } from './subject.ts';
import { TextForms } from './text-forms.ts';
import { hardest, type PolicyVerdict } from './verdict.ts';

/** Asks every rule that is on, in the policy's order. */
export function judge({ version: policyVersion, policy: { rules } }: PolicyInForce, judged: JudgedText): PolicyVerdict {
  const forms = new TextForms(judged);
  const findings = rules.flatMap((rule) => {
    const caught = rule.on ? caughtBy(rule, judged, forms) : null;
    return caught === null ? [] : [{ rule: rule.rule, ...caught }];
  });
  return { measure: hardest(findings.map(({ measure }) => measure)), policyVersion, findings };
}

/** Whether a rule that is on uses the author's earlier comments. */
export function needsRecord({ rules }: Policy): boolean {
  return rules.some(({ rule, on }) => on && asksForRecord(rule));
}

/** Throws DomainError `discussion_closed` when the post is older than the policy lets people discuss. */
export function requireRecentPost({ rules }: Policy, publishedAt: string, now: string): void {
  for (const rule of rules)
    if (rule.rule === 'closed-discussion') closedDiscussion.requireWithinDays(rule, { publishedAt, now });
}
