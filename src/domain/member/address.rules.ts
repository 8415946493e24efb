import { type Erased, isErased, type Remembered } from '../../../libs/kernel/index.ts';
import type { ChangeEmail, ConfirmEmail } from './address.commands.ts';
import type { AddressEvent, EmailChanged, EmailConfirmed } from './address.events.ts';
import { emailOf, isSameAddress } from './email.ts';

/** The addresses that a member has had, in order, each with the moment from which on it had it (RFC 3339). */
export interface MemberAddresses {
  readonly had: { readonly email: string | Erased | null; readonly from: string }[];
  isConfirmed: boolean;
}

export function noAddresses(): MemberAddresses {
  return { had: [], isConfirmed: false };
}

export function evolveAddresses(addresses: MemberAddresses, fact: Remembered<AddressEvent>): void {
  addresses.isConfirmed = true;
  if (fact.type !== 'EmailChanged.v1') return;
  const email = isErased(fact.personal) ? fact.personal : fact.personal.email;
  addresses.had.push({ email, from: fact.envelope.occurredAt });
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

export function changeEmail({ data }: ChangeEmail, addresses: MemberAddresses): readonly EmailChanged[] {
  return changed({ ...data, takenBack: false }, addresses);
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
