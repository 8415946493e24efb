import { type CommandMeta, deriveId } from '../../libs/kernel/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import { IssueInvitation } from '../domain/invitation/invitation.commands.ts';
import type { InvitationLookup } from './invitation-lookup.ts';
import { newLinkToken } from './link-token.ts';

/** Makes the secrets of invitations for the mails that carry them; the one that the admin was shown stays as it is. */
export class InvitationIssuing {
  readonly #commands: Commands;
  readonly #invitations: InvitationLookup;

  constructor(commands: Commands, invitations: InvitationLookup) {
    this.#commands = commands;
    this.#invitations = invitations;
  }

  /** `<invitationId>.<secret>`, once the log has its hash; null for one with which nobody can come any more. */
  async issue(invitationId: string, meta: CommandMeta): Promise<string | null> {
    if (!(await this.#invitations.isWaiting(invitationId, meta.now))) return null;
    const { token, hash } = newLinkToken(invitationId);
    const commandId = deriveId(invitationId, hash);
    await this.#commands.execute(new IssueInvitation({ invitationId, hash }, { ...meta, commandId }));
    return token;
  }
}
