import { type Erased, isErased, linkUsed, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import { LINK_MINUTES } from '../link/link.decider.ts';
import type { AskEmailChange, ChangeEmail, ConfirmEmail, DropEmailChange } from './address.commands.ts';
import type {
  AddressEvent,
  EmailChangeAsked,
  EmailChangeDropped,
  EmailChanged,
  EmailConfirmed,
} from './address.events.ts';
import { emailOf, isSameAddress } from './email.ts';

const MINUTE_MS = 60_000;

/** The addresses that a member has had, in order, each with the moment from which on it had it (RFC 3339). */
export interface MemberAddresses {
  readonly had: { readonly email: string | Erased | null; readonly from: string }[];
  isConfirmed: boolean;
  /** The link that was sent to the address that the member wants; null for none. */
  wantedBy: string | null;
}

export function noAddresses(): MemberAddresses {
  return { had: [], isConfirmed: false, wantedBy: null };
}

export function evolveAddresses(addresses: MemberAddresses, fact: Remembered<AddressEvent>): void {
  switch (fact.type) {
    case 'EmailChangeAsked.v1':
      addresses.wantedBy = fact.data.linkId;
      return;
    case 'EmailChangeDropped.v1':
      addresses.wantedBy = null;
      return;
    case 'EmailConfirmed.v1':
      addresses.isConfirmed = true;
      return;
    case 'EmailChanged.v1': {
      const email = isErased(fact.personal) ? fact.personal : fact.personal.email;
      addresses.had.push({ email, from: fact.envelope.occurredAt });
      addresses.isConfirmed = true;
      addresses.wantedBy = null;
      return;
    }
    default:
      unreachable(fact);
  }
}

/** Null for a member without an address, and for one whose address was erased. */
export function presentAddress({ had }: MemberAddresses): string | null {
  return readable(had.at(-1)?.email);
}

/** The address that the member had at the moment. */
export function addressAt({ had }: MemberAddresses, moment: string): string | null {
  return readable((had.findLast(({ from }) => Date.parse(from) <= Date.parse(moment)) ?? had[0])?.email);
}

/** The address that the member had before it was changed at the moment or later; null when it was not. */
export function addressBefore({ had }: MemberAddresses, moment: string): string | null {
  const changed = had.findIndex(({ from }, index) => index > 0 && Date.parse(from) >= Date.parse(moment));
  return changed < 1 ? null : readable(had[changed - 1]?.email);
}

export function confirmEmail({ data }: ConfirmEmail, { isConfirmed }: MemberAddresses): readonly EmailConfirmed[] {
  return isConfirmed ? [] : [{ type: 'EmailConfirmed.v1', data: { memberId: data.memberId }, personal: null }];
}

export function askEmailChange({ data, meta }: AskEmailChange): readonly EmailChangeAsked[] {
  const { memberId, linkId } = data;
  const expiresAt = new Date(Date.parse(meta.now) + LINK_MINUTES['change-email'] * MINUTE_MS).toISOString();
  return [
    { type: 'EmailChangeAsked.v1', data: { memberId, linkId, expiresAt }, personal: { email: emailOf(data.email) } },
  ];
}

export function dropEmailChange(
  { data }: DropEmailChange,
  { wantedBy }: MemberAddresses,
): readonly EmailChangeDropped[] {
  return wantedBy === null ? [] : [{ type: 'EmailChangeDropped.v1', data, personal: null }];
}

/** Throws DomainError link_used when the member wants the address no more. */
export function changeEmail({ data }: ChangeEmail, addresses: MemberAddresses): readonly EmailChanged[] {
  const { memberId, email, linkId } = data;
  if (addresses.wantedBy !== linkId) throw linkUsed();
  return changed({ memberId, email, takenBack: false }, addresses);
}

/** A repeat changes nothing. */
export function changed(
  wish: { readonly memberId: string; readonly email: string; readonly takenBack: boolean },
  addresses: MemberAddresses,
): readonly EmailChanged[] {
  const { memberId, takenBack } = wish;
  const email = emailOf(wish.email);
  const former = presentAddress(addresses);
  if (addresses.isConfirmed && former !== null && isSameAddress(former, email)) return [];
  const data = { memberId, formerConfirmed: addresses.isConfirmed, takenBack };
  return [{ type: 'EmailChanged.v1', data, personal: { email, former } }];
}

/** Null for no address, and for one that was erased. */
export function readable(email: string | Erased | null | undefined): string | null {
  return typeof email === 'string' ? email : null;
}
