import { Query } from '@nestjs/cqrs';

export const OWN_SECTIONS = [
  'account',
  'comments',
  'reactions',
  'reports',
  'sanctions',
  'inbox',
  'notifications',
  'newsletter',
  'subscriptions',
  'drafts',
  'translations',
  'bookmarks',
  'visits',
  'mails',
  'posts',
  'images',
] as const;
export type OwnSectionName = (typeof OWN_SECTIONS)[number];

/** One kind of what the forum keeps of a member. It can be read several times, each time from the beginning. */
export interface OwnSection {
  readonly name: OwnSectionName;
  /** Plain JSON, oldest first. */
  readonly entries: () => AsyncIterable<Readonly<Record<string, unknown>>>;
}

/** A file that is read when its turn has come; empty for one that is gone. */
export interface OwnImage {
  readonly name: string;
  readonly read: () => Promise<Uint8Array>;
}

export interface OwnData {
  readonly sections: readonly OwnSection[];
  /** The largest file of each image. */
  readonly images: () => AsyncIterable<OwnImage>;
}

/** Everything that the forum keeps of a member, without secrets and without what others wrote among themselves. */
export class OpenOwnData extends Query<OwnData> {
  /** `subscriberId` is who gets the newsletter at the address that the member has confirmed; null where it has confirmed none. */
  constructor(
    readonly memberId: string,
    readonly subscriberId: string | null,
  ) {
    super();
  }
}
