import { DomainError, linkUsed, type Remembered } from '../../../libs/kernel/index.ts';
import type { EmailChanged } from './address.events.ts';
import { changed, type MemberAddresses } from './address.rules.ts';
import type { MemberPasswordChanged } from './member.events.ts';
import type { PasskeyEvent } from './passkeys.events.ts';
import type { ProviderEvent } from './provider.events.ts';
import type { SecondFactorEvent } from './second-factor.events.ts';
import type { TakeBackAccount } from './take-back.commands.ts';
import { type AccountTakenBack, undoneFrom } from './take-back.events.ts';
import { addressToReturnTo, isEndedWayBack, type WaysBack } from './ways-back.rules.ts';

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

/** What the rules of taking back read of a member. */
export interface TakeBackState {
  readonly added: AddedWays;
  readonly addresses: MemberAddresses;
  readonly waysBack: WaysBack;
}

/**
 * A new password, the address from before, and nothing that was added since the change can sign anybody in, nor what was added
 * in the day before it: whoever took the account may have added that first, and people open the newest mail. Who proves as the
 * first to read the mails of the address finds nothing added at all: before that, anybody may have registered with it.
 * Throws DomainError link_used when the account was taken back to an earlier state meanwhile, and `conflict` when its address was
 * changed meanwhile.
 */
export function takeBack(
  { data }: TakeBackAccount,
  { added, addresses, waysBack }: TakeBackState,
): readonly (AccountTakenBack | MemberPasswordChanged | TakenOff | EmailChanged)[] {
  const { memberId, passwordHash, linkId, email } = data;
  if (isEndedWayBack(waysBack, linkId, memberId)) throw linkUsed();
  const began = addresses.had[0]?.from ?? '';
  const since = addresses.isConfirmed ? data.since : began;
  if (since === null) throw linkUsed();
  if (addressToReturnTo({ waysBack, addresses }, data) !== data.before) {
    throw new DomainError('conflict', 'The address was changed meanwhile.');
  }
  const first = Date.parse(addresses.isConfirmed ? undoneFrom(since) : since);
  // What came with the account itself is its owner's, once the address is proved.
  const isOwners = (at: string) => addresses.isConfirmed && at === began && at !== since;
  const undone = [...added.values()].filter(({ at }) => Date.parse(at) >= first && !isOwners(at));
  return [
    { type: 'AccountTakenBack.v1', data: { memberId, linkId, since }, personal: null },
    // The address comes first, so that the way back of the new password does not lead to the one that was lost.
    ...(email === null ? [] : changed({ memberId, email, takenBack: true }, addresses)),
    { type: 'MemberPasswordChanged.v1', data: { memberId }, personal: { passwordHash } },
    ...undone.map(({ undo }) => undo),
  ];
}
