import { DomainError, type Erased, isErased, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import { invalid } from '../text.ts';
import type {
  CodeProof,
  ConfirmSecondFactor,
  OfferSecondFactor,
  TurnOffSecondFactor,
} from './second-factor.commands.ts';
import type { SecondFactorEvent } from './second-factor.events.ts';

/** An offered secret is forgotten after this time. */
const OFFER_HOURS = 1;

/** What the rules know of a member's second factor. */
export interface SecondFactorState {
  offered: { readonly secret: string | Erased; readonly at: string } | null;
  /** Null while it is off. */
  secret: string | Erased | null;
  /** Each time when it was turned on (RFC 3339), oldest first, also while it is off. */
  turnedOnAt: readonly string[];
  /** No code of this step or an earlier one is accepted. */
  lastStep: number;
  /** The hashes of the recovery codes by their place; null for a used one. */
  recovery: (string | null)[];
}

export const noSecondFactor = (): SecondFactorState => ({
  offered: null,
  secret: null,
  turnedOnAt: [],
  lastStep: -1,
  recovery: [],
});

export function evolveSecondFactor(state: SecondFactorState, fact: Remembered<SecondFactorEvent>): void {
  switch (fact.type) {
    case 'SecondFactorOffered.v1':
      state.offered = {
        secret: isErased(fact.personal) ? fact.personal : fact.personal.secret,
        at: fact.envelope.occurredAt,
      };
      return;
    case 'SecondFactorTurnedOn.v1':
      turnedOff(state);
      state.secret = isErased(fact.personal) ? fact.personal : fact.personal.secret;
      state.turnedOnAt = [...state.turnedOnAt, fact.envelope.occurredAt];
      return;
    case 'SecondFactorTurnedOff.v1':
      turnedOff(state);
      return;
    case 'SecondFactorUsed.v1':
      state.lastStep = Math.max(state.lastStep, fact.data.step);
      return;
    case 'RecoveryCodesMade.v1':
      state.recovery = isErased(fact.personal) ? [] : [...fact.personal.hashes];
      return;
    case 'RecoveryCodeUsed.v1':
      if (fact.data.index in state.recovery) state.recovery[fact.data.index] = null;
      return;
    default:
      unreachable(fact);
  }
}

function turnedOff(state: SecondFactorState): void {
  Object.assign(state, { ...noSecondFactor(), turnedOnAt: state.turnedOnAt });
}

/** The secret whose code turns the factor on, or proves it when it is on; null when there is none to prove. */
export function secretToConfirm({ secret, offered }: SecondFactorState, now: string): string | null {
  if (typeof secret === 'string') return secret;
  if (secret !== null || offered === null || typeof offered.secret !== 'string') return null;
  const hours = (Date.parse(now) - Date.parse(offered.at)) / 3_600_000;
  return hours <= OFFER_HOURS ? offered.secret : null;
}

export function offerSecondFactor({ data }: OfferSecondFactor, state: SecondFactorState): readonly SecondFactorEvent[] {
  const { memberId, secret } = data;
  if (state.secret !== null) throw new DomainError('conflict', 'The second factor is on; turn it off first.');
  return [{ type: 'SecondFactorOffered.v1', data: { memberId }, personal: { secret } }];
}

export function confirmSecondFactor(
  { data, meta }: ConfirmSecondFactor,
  state: SecondFactorState,
): readonly SecondFactorEvent[] {
  const { memberId, proof, hashes } = data;
  const made: SecondFactorEvent = { type: 'RecoveryCodesMade.v1', data: { memberId }, personal: { hashes } };
  if (state.secret !== null) {
    return [...useOfCode(memberId, proof, state, wrongCode), made];
  }
  const secret = secretToConfirm(state, meta.now);
  if (secret === null || proof.kind !== 'totp' || proof.secret !== secret) throw wrongCode();
  return [
    { type: 'SecondFactorTurnedOn.v1', data: { memberId }, personal: { secret } },
    { type: 'SecondFactorUsed.v1', data: { memberId, step: proof.step }, personal: null },
    made,
  ];
}

/** Only somebody else may do it without a code; the route lets admins alone. */
export function turnOffSecondFactor(
  { data, meta }: TurnOffSecondFactor,
  state: SecondFactorState,
): readonly SecondFactorEvent[] {
  const { memberId, proof } = data;
  const isOwn = meta.actor === memberId;
  if (state.secret === null) {
    if (isOwn) throw wrongCode();
    return [];
  }
  if (proof === null && isOwn) throw wrongCode();
  const used = proof === null ? [] : useOfCode(memberId, proof, state, wrongCode);
  return [...used, { type: 'SecondFactorTurnedOff.v1', data: { memberId }, personal: null }];
}

/** The fact that a code was used. Throws `refusal` for one that was used before or counts no more. */
export function useOfCode(
  memberId: string,
  proof: CodeProof,
  { secret, lastStep, recovery }: SecondFactorState,
  refusal: () => DomainError,
): readonly SecondFactorEvent[] {
  if (proof.kind === 'totp') {
    if (proof.secret !== secret || proof.step <= lastStep) throw refusal();
    return [{ type: 'SecondFactorUsed.v1', data: { memberId, step: proof.step }, personal: null }];
  }
  const index = recovery.indexOf(proof.hash);
  if (index < 0) throw refusal();
  return [{ type: 'RecoveryCodeUsed.v1', data: { memberId, index }, personal: null }];
}

/** The refusal of a member that is signed in already. */
function wrongCode(): DomainError {
  return invalid('code', 'is wrong, too old, or was used before');
}
