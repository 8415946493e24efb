import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';
import { MEMBER_STREAM } from './member-stream.ts';

/** The link that did it is worthless, as are the ways back of all changes that were recorded between it and this. */
export type AccountTakenBack = Fact<
  'AccountTakenBack.v1',
  { readonly memberId: string; readonly linkId: string; readonly since: string },
  null
>;

/** How long before a change an addition is undone with it, in milliseconds: as long as the ways back of earlier changes stand. */
const STANDING_MS = 86_400_000;

/** From when on additions are undone (RFC 3339): by what undoes a change at `since`, in an account whose address is proved. */
export function undoneFrom(since: string): string {
  return new Date(Date.parse(since) - STANDING_MS).toISOString();
}

export const TAKE_BACK_EVENTS: Catalogue<AccountTakenBack> = {
  'AccountTakenBack.v1': {
    stream: MEMBER_STREAM,
    sentence:
      'A member took its account back, by the link of a mail that told of a change, or by being the first to prove that it reads the mails of the address; the ways back of that change and of later ones end.',
    data: {
      memberId: MEANING.member,
      linkId: 'The link.',
      since: 'When the change happened that was undone, or when the account began (RFC 3339, UTC).',
    },
    personal: null,
  },
};
