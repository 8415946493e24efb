import { deriveId, type Remembered } from '../../../libs/kernel/index.ts';
import { addressBefore, type MemberAddresses, readable } from './address.rules.ts';
import type { MemberEvent } from './member.events.ts';

/** The changes whose mails brought ways back, by the ids of their events. */
export interface WaysBack {
  /** When each of them happened (RFC 3339), and how many addresses the member had had before. */
  readonly open: Map<string, { readonly at: string; readonly addresses: number }>;
  readonly ended: Set<string>;
}

export const noWaysBack = (): WaysBack => ({ open: new Map(), ended: new Set() });

/** The link by which a change is undone; the same for each attempt to send its mail. */
export function wayBackId(causeId: string, memberId: string): string {
  return deriveId(causeId, 'way-back', memberId);
}

/**
 * The older owner wins: taking the account back ends the ways back of later changes, and never those of earlier ones. What
 * comes after it has ways back again. An order of events is asked, not of clocks, so nobody outruns it.
 */
export function evolveWaysBack(state: WaysBack, { had }: MemberAddresses, fact: Remembered<MemberEvent>): void {
  switch (fact.type) {
    case 'AccountTakenBack.v1':
      endFrom(state, fact.data);
      return;
    case 'EmailChanged.v1':
      if (fact.data.takenBack) return;
      // Mails about earlier changes went to an address that nobody had confirmed, which may be a stranger's.
      if (!fact.data.formerConfirmed) endFrom(state, { memberId: fact.data.memberId, linkId: null, since: null });
      break;
    case 'EmailChangeAsked.v1':
    case 'MemberPasswordChanged.v1':
    case 'ProviderLinked.v1':
    case 'ProviderUnlinked.v1':
    case 'SecondFactorTurnedOn.v1':
    case 'SecondFactorTurnedOff.v1':
    case 'RecoveryCodesMade.v1':
    case 'RecoveryCodeUsed.v1':
    case 'PasskeyAdded.v1':
    case 'PasskeyRemoved.v1':
      break;
    default:
      return;
  }
  state.open.set(fact.envelope.id, { at: fact.envelope.occurredAt, addresses: had.length });
}

/** Ends those of the link's change and of later ones; of all since a moment where the link undoes no change; else of all. */
function endFrom(
  { open, ended }: WaysBack,
  wish: { readonly memberId: string; readonly linkId: string | null; readonly since: string | null },
): void {
  const { memberId, linkId, since } = wish;
  const causes = [...open];
  const own = causes.findIndex(([causeId]) => wayBackId(causeId, memberId) === linkId);
  const isLater = (at: string) => since === null || Date.parse(at) >= Date.parse(since);
  const later = own >= 0 ? causes.slice(own) : causes.filter(([, { at }]) => isLater(at));
  for (const [causeId] of later) {
    open.delete(causeId);
    ended.add(causeId);
  }
}

/** The address from before the change that a link undoes; null when it was not changed since. */
export function addressToReturnTo(
  { waysBack: { open }, addresses }: { readonly waysBack: WaysBack; readonly addresses: MemberAddresses },
  link: { readonly memberId: string; readonly linkId: string; readonly since: string | null },
): string | null {
  const { memberId, linkId, since } = link;
  if (since === null) return null;
  const [, own] = [...open].find(([causeId]) => wayBackId(causeId, memberId) === linkId) ?? [];
  if (own === undefined) return addressBefore(addresses, since);
  return addresses.had.length > own.addresses ? readable(addresses.had[own.addresses - 1]?.email) : null;
}

export function isEndedWayBack({ ended }: WaysBack, linkId: string, memberId: string): boolean {
  return [...ended].some((causeId) => wayBackId(causeId, memberId) === linkId);
}
