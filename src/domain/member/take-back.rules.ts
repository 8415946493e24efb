import type { Remembered } from '../../../libs/kernel/index.ts';
import type { EmailChanged } from './address.events.ts';
import { changed, type MemberAddresses } from './address.rules.ts';
import type { MemberPasswordChanged } from './member.events.ts';
import type { PasskeyEvent } from './passkeys.events.ts';
import type { ProviderEvent } from './provider.events.ts';
import type { SecondFactorEvent } from './second-factor.events.ts';
import type { TakeBackAccount } from './take-back.commands.ts';

type WayEvent = PasskeyEvent | ProviderEvent | SecondFactorEvent;
type TakenOff = Extract<
  WayEvent,
  { readonly type: 'PasskeyRemoved.v1' | 'ProviderUnlinked.v1' | 'SecondFactorTurnedOff.v1' | 'RecoveryCodesMade.v1' }
>;

/** The ways to sign in besides the password: when each was added, and the fact that takes it off. */
export type AddedWays = Map<string, { readonly at: string; readonly undo: TakenOff }>;

const FACTOR = 'second factor';
const CODES = 'recovery codes';

export function evolveAddedWays(added: AddedWays, fact: Remembered<WayEvent>): void {
  const { occurredAt: at } = fact.envelope;
  const { memberId } = fact.data;
  switch (fact.type) {
    case 'ProviderLinked.v1': {
      const { provider } = fact.data;
      added.set(`provider ${provider}`, {
        at,
        undo: { type: 'ProviderUnlinked.v1', data: { memberId, provider }, personal: null },
      });
      return;
    }
    case 'ProviderUnlinked.v1':
      added.delete(`provider ${fact.data.provider}`);
      return;
    case 'PasskeyAdded.v1': {
      const { passkeyId } = fact.data;
      added.set(`passkey ${passkeyId}`, {
        at,
        undo: { type: 'PasskeyRemoved.v1', data: { memberId, passkeyId }, personal: null },
      });
      return;
    }
    case 'PasskeyRemoved.v1':
      added.delete(`passkey ${fact.data.passkeyId}`);
      return;
    case 'SecondFactorTurnedOn.v1':
      added.set(FACTOR, { at, undo: { type: 'SecondFactorTurnedOff.v1', data: { memberId }, personal: null } });
      return;
    case 'SecondFactorTurnedOff.v1':
      added.delete(FACTOR);
      added.delete(CODES);
      return;
    case 'RecoveryCodesMade.v1': {
      // Those that came with the factor go with it.
      if (added.get(FACTOR)?.at === at) return;
      const none = { hashes: [] };
      added.set(CODES, { at, undo: { type: 'RecoveryCodesMade.v1', data: { memberId }, personal: none } });
      return;
    }
    default:
      return;
  }
}

/** A new password, the address from before, and nothing that was added since the change can sign anybody in. */
export function takeBack(
  { data }: TakeBackAccount,
  { added, addresses }: { readonly added: AddedWays; readonly addresses: MemberAddresses },
): readonly (MemberPasswordChanged | TakenOff | EmailChanged)[] {
  const { memberId, passwordHash, since, email } = data;
  const undone = [...added.values()].filter(({ at }) => Date.parse(at) >= Date.parse(since));
  return [
    { type: 'MemberPasswordChanged.v1', data: { memberId }, personal: { passwordHash } },
    ...(email === null ? [] : changed({ memberId, email, takenBack: true }, addresses)),
    ...undone.map(({ undo }) => undo),
  ];
}
