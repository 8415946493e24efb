import type { FormStamps } from '../../access/form-stamps.ts';
import type { SentForm } from '../../acts/screening.ts';
import { textIn } from './paths.ts';
import { PROOF_FIELD, STAMP_FIELD, TRAP_FIELD } from './unseen-names.ts';

/** A form that comes back after a refusal keeps its time for so long, in seconds; then it gets a new one. */
const KEPT_SECONDS = 600;

/** Stands for the hidden field where a form came without it, as no browser sends it. */
const WITHOUT = 'left out';

export function sentFormIn(form: unknown): SentForm {
  const isWhole = typeof form === 'object' && form !== null && Object.hasOwn(form, TRAP_FIELD);
  const trap = isWhole ? textIn(form, TRAP_FIELD) : WITHOUT;
  return { stamp: textIn(form, STAMP_FIELD), trap, proof: textIn(form, PROOF_FIELD) };
}

/** The signed time for a form: that of the one that was sent and comes back, since people do not fill it in twice. */
export function stampFor(form: unknown, stamps: FormStamps): string {
  const now = Date.now();
  const { stamp } = sentFormIn(form);
  const age = stamps.age(stamp, now);
  return age !== null && age <= KEPT_SECONDS ? stamp : stamps.write(now);
}
