import type { Fact } from '../../../libs/kernel/index.ts';

/**
 * Uniqueness across streams: whoever writes a reservation stream first holds the name. Streams: `handle-<folded>`,
 * `skeleton-<what a handle looks like>`, `email-<hmac>` for a place of an address, `slug-<slug>`, `page-<hash of URL>`, `import-<source>-<id>`, `founder` for the first member, and
 * `turn-<postId>-<memberId>`, which the member's newest comment there holds while slow mode lasts.
 */
export type NameReserved = Fact<'NameReserved.v1', { readonly name: string; readonly holder: string }, null>;
export type NameReleased = Fact<'NameReleased.v1', { readonly name: string; readonly holder: string }, null>;

export type ReservationEvent = NameReserved | NameReleased;
