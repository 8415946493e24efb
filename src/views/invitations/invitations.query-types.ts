import { Query } from '@nestjs/cqrs';
import type { Invitation, Page } from '../../../libs/client/index.ts';

/** The invitations, newest first; `now` decides which have run out. */
export class GetInvitations extends Query<Page<Invitation>> {
  constructor(
    readonly page: { readonly limit: number; readonly cursor: string | null },
    readonly now: string,
  ) {
    super();
  }
}

/** Throws DomainError not_found. */
export class GetInvitation extends Query<Invitation> {
  constructor(
    readonly invitationId: string,
    readonly now: string,
  ) {
    super();
  }
}
