import type { ArrivalFacts } from './arrival.ts';
import { isAboutArrivals, stoppedBy } from './every-rule.ts';
import type { Policy, PolicyInForce } from './policy.settings.ts';
import { hardest, type PolicyVerdict } from './verdict.ts';

/** Asks every rule that is on about somebody who arrives, in the policy's order. */
export function screen(
  { version: policyVersion, policy: { rules } }: PolicyInForce,
  arrival: ArrivalFacts,
): PolicyVerdict {
  const findings = rules.flatMap((rule) => {
    const caught = rule.on ? stoppedBy(rule, arrival) : null;
    return caught === null ? [] : [{ rule: rule.rule, ...caught }];
  });
  return { measure: hardest(findings.map(({ measure }) => measure)), policyVersion, findings };
}

/** Whether a rule that is on asks about those who arrive. */
export function screensArrivals({ rules }: Policy): boolean {
  return rules.some(({ rule, on }) => on && isAboutArrivals(rule));
}

/** The zero bits that puzzles must have once so many have arrived; null where the policy asks for no proof. */
export function proofBits({ rules }: Policy, arrivals: number): number | null {
  for (const rule of rules)
    if (rule.rule === 'proof-of-work' && rule.on && arrivals >= rule.fromArrivals) return rule.bits;
  return null;
}

/** Whether addresses of banned people may not be confirmed. */
export function asksForConfirmed({ rules }: Policy): boolean {
  return rules.some(({ rule, on }) => on && rule === 'confirmed-address');
}
