import { DomainError, type Erased, isErased, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import { MOST_PASSKEYS, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { textOf } from '../text.ts';
import { type AccountWays, requireOtherWay } from './last-way-in.rules.ts';
import type { AddPasskey, PasskeyProof, RemovePasskey } from './passkeys.commands.ts';
import type { PasskeyAdded, PasskeyEvent } from './passkeys.events.ts';

/** A passkey as signing in needs it. */
export type KnownPasskey = PasskeyAdded['personal'];

interface KeptPasskey {
  readonly added: KnownPasskey | Erased;
  counter: number;
  removed: boolean;
}

/** By id; a removed one stays, so that its registration cannot be sent again. */
export type PasskeysState = Map<string, KeptPasskey>;

export function evolvePasskeys(state: PasskeysState, fact: Remembered<PasskeyEvent>): void {
  const { passkeyId } = fact.data;
  const known = state.get(passkeyId);
  switch (fact.type) {
    case 'PasskeyAdded.v1': {
      const added = fact.personal;
      state.set(passkeyId, { added, counter: isErased(added) ? 0 : added.counter, removed: false });
      return;
    }
    case 'PasskeyRemoved.v1':
      if (known !== undefined) known.removed = true;
      return;
    case 'PasskeyUsed.v1':
      if (known !== undefined) known.counter = Math.max(known.counter, fact.data.counter);
      return;
    default:
      unreachable(fact);
  }
}

/** The passkeys that sign the member in, each with its newest count. */
export function passkeysIn(state: PasskeysState): ReadonlyMap<string, KnownPasskey> {
  const known = [...state].flatMap(([id, { added, counter, removed }]) =>
    removed || isErased(added) ? [] : [[id, { ...added, counter }] as const],
  );
  return new Map(known);
}

export function addPasskey({ data }: AddPasskey, state: PasskeysState): readonly PasskeyEvent[] {
  const { memberId, passkeyId, credentialId, publicKey, counter, transports } = data;
  const name = textOf(data.name, 'name', TEXT_LIMITS.passkeyName);
  const kept = passkeysIn(state);
  const isKnown = [...kept.values()].some((one) => one.credentialId === credentialId);
  if (state.has(passkeyId) || isKnown) throw new DomainError('conflict', 'This passkey was added before.');
  if (kept.size >= MOST_PASSKEYS) throw new DomainError('conflict', `A member has ${MOST_PASSKEYS} passkeys at most.`);
  const personal = { name, credentialId, publicKey, counter, transports };
  return [{ type: 'PasskeyAdded.v1', data: { memberId, passkeyId }, personal }];
}

/** Throws DomainError passkey_not_found, last_way_in. */
export function removePasskey({ data }: RemovePasskey, state: AccountWays): readonly PasskeyEvent[] {
  const { memberId, passkeyId } = data;
  const known = state.passkeys.get(passkeyId);
  if (known === undefined || known.removed) throw new DomainError('passkey_not_found', 'There is no such passkey.');
  requireOtherWay(state, { passkeyId });
  return [{ type: 'PasskeyRemoved.v1', data: { memberId, passkeyId }, personal: null }];
}

/** A key that counts must count on: one that does not may be a copy. Throws `refusal`. */
export function useOfPasskey(
  memberId: string,
  { passkeyId, counter }: PasskeyProof,
  state: PasskeysState,
  refusal: () => DomainError,
): readonly PasskeyEvent[] {
  const known = state.get(passkeyId);
  if (known === undefined || known.removed) throw refusal();
  if (counter === 0 && known.counter === 0) return [];
  if (counter <= known.counter) throw refusal();
  return [{ type: 'PasskeyUsed.v1', data: { memberId, passkeyId, counter }, personal: null }];
}
