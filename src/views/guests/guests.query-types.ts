import { Query } from '@nestjs/cqrs';
import { changesOf } from '../../../libs/projections/index.ts';

/** Told when a guest's comment came, was confirmed or was forgotten. */
export interface GuestsProjected {
  readonly guests: true;
}

export const guestsChanges = changesOf<GuestsProjected>('guests');

/** What is to be forgotten. */
export interface GuestWork {
  /** The ids of comments whose first text is to be destroyed, the longest due first. */
  readonly due: readonly string[];
  /** Of all that are not due yet: when the first one is, in milliseconds since 1970; null for none. */
  readonly nextAt: number | null;
  readonly lease: { readonly holder: string; readonly until: number } | null;
}

export class GetGuestWork extends Query<GuestWork> {
  /** `now` in milliseconds since 1970. */
  constructor(
    readonly now: number,
    readonly limit: number,
  ) {
    super();
  }
}
