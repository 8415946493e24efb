import type { Decision } from '../../libs/client/index.ts';
import { DomainError } from '../../libs/kernel/index.ts';

/** A refusal that tells who decided first, when, and what. */
export class DecidedAlready extends DomainError {
  readonly refusal: DomainError;
  readonly decision: Decision;

  constructor(refusal: DomainError, decision: Decision) {
    super(refusal.code, refusal.detail, refusal.errors);
    this.refusal = refusal;
    this.decision = decision;
  }
}
