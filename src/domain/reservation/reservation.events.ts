import type { Fact } from '../../../libs/kernel/index.ts';
import type { Catalogue } from '../catalogue-entry.ts';

/**
 * Uniqueness across streams: whoever writes a reservation stream first holds the name. Streams: `handle-<folded>`,
 * `skeleton-<look of a handle>`, `email-<hmac>` for a place of an address, `confirmed-<hmac>` for a confirmed address,
 * `provider-<hmac>` for a subject at a provider, `passkey-<hmac>` for a passkey, `sso-<hmac>` for a used token of the host blog, `proof-<hash>` for a used proof of work, `slug-<slug>`, `page-<hash of URL>`, `import-<source>-<id>`, `founder`
 * for the first member, `leaving-admins` for each admin who goes, and `turn-<postId>-<memberId>`, which the member's newest
 * comment there holds while slow mode lasts.
 */
export type NameReserved = Fact<'NameReserved.v1', { readonly name: string; readonly holder: string }, null>;
export type NameReleased = Fact<'NameReleased.v1', { readonly name: string; readonly holder: string }, null>;

export type ReservationEvent = NameReserved | NameReleased;

const RESERVATION_STREAM =
  'handle-<folded>, skeleton-<look>, email-<hmac>, confirmed-<hmac>, provider-<hmac>, passkey-<hmac>, sso-<hmac>, proof-<hash>, slug-<slug>, page-<hash of URL>, import-<source>-<id>, founder, leaving-admins, turn-<postId>-<memberId>';

export const RESERVATION_EVENTS: Catalogue<ReservationEvent> = {
  'NameReserved.v1': {
    stream: RESERVATION_STREAM,
    sentence: 'A name is held by one member, post or comment: whoever writes first to the stream of a name has it.',
    data: {
      name: "The stream's own name.",
      holder: 'The id of what carries it (of a turn in slow mode: the comment).',
    },
    personal: null,
  },
  'NameReleased.v1': {
    stream: RESERVATION_STREAM,
    sentence: 'A name is free again: what was to carry it never came to be.',
    data: { name: "The stream's own name.", holder: 'The id of what held it.' },
    personal: null,
  },
};
