import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import { LinkIssuing } from '../../src/commands/link-issuing.ts';
import { RequestLink } from '../../src/domain/link/link.commands.ts';
import type { LinkPurpose } from '../../src/domain/link/link.events.ts';
import type { RunningForum } from './running-forum.ts';

/** What a mail makes of a request for a link: its token, without any mail. `now` is when it was asked for. */
export async function mailedLink(
  { forum }: Pick<RunningForum, 'forum'>,
  purpose: LinkPurpose,
  memberId: string,
  { now = new Date(), next = null }: { readonly now?: Date; readonly next?: string | null } = {},
): Promise<string> {
  const linkId = randomUUID();
  const meta = { actor: 'system', now: now.toISOString(), correlationId: randomUUID(), causationId: null };
  const since = purpose === 'way-back' ? meta.now : null;
  await forum.app
    .get(CommandBus)
    .execute(
      new RequestLink({ linkId, purpose, memberId, email: null, next, since }, { ...meta, commandId: randomUUID() }),
    );
  const token = await forum.app.get(LinkIssuing).issue(linkId, memberId, { ...meta, commandId: randomUUID() });
  if (token === null) throw new Error('the link had run out before it was issued');
  return token;
}
