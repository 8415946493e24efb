import { Command } from '../../../libs/kernel/index.ts';

/** A code that was right for this secret at this time step. The rules know whether secret and step still count. */
interface TotpProof {
  readonly kind: 'totp';
  readonly secret: string;
  readonly step: number;
}

/** A recovery code, as its hash. */
interface RecoveryProof {
  readonly kind: 'recovery';
  readonly hash: string;
}

export type CodeProof = TotpProof | RecoveryProof;

export class OfferSecondFactor extends Command<{ readonly memberId: string; readonly secret: string }> {
  readonly type = 'OfferSecondFactor';
}

/**
 * Turns the offered factor on. While the factor is on, it makes new recovery codes instead. `hashes` are of the codes
 * that the member is about to see.
 */
export class ConfirmSecondFactor extends Command<{
  readonly memberId: string;
  readonly proof: CodeProof;
  readonly hashes: readonly string[];
}> {
  readonly type = 'ConfirmSecondFactor';
}

/** `proof` is null when an admin helps a member who lost the phone and the recovery codes. */
export class TurnOffSecondFactor extends Command<{ readonly memberId: string; readonly proof: CodeProof | null }> {
  readonly type = 'TurnOffSecondFactor';
}

export type SecondFactorCommand = OfferSecondFactor | ConfirmSecondFactor | TurnOffSecondFactor;
