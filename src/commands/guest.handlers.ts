import { handlersFor } from '../../libs/nest-decider/index.ts';
import {
  ConfirmGuestComment,
  type GuestCommand,
  IssueGuestLink,
  SendGuestComment,
} from '../domain/guest/guest.commands.ts';
import { type GuestNeeds, guestDecider } from '../domain/guest/guest.decider.ts';
import { NOBODY, NOWHERE, placeOfComment } from './comment.handlers.ts';
import { decoders } from './decoders.ts';
import { ForumFacts } from './forum-facts.ts';
import { guestInUnicode } from './in-unicode.ts';
import { streams } from './streams.ts';

export const guestHandlers = handlersFor({
  decider: guestDecider,
  decoder: decoders.guest,
  commands: [SendGuestComment, IssueGuestLink, ConfirmGuestComment],
  stream: (command) => streams.guest(command.data.commentId),
  starts: (command) => command.type === 'SendGuestComment',
  around: ForumFacts,
  asKept: guestInUnicode,
  needs: (facts: ForumFacts) => (command) => needsOf(command, facts),
});

async function needsOf(command: GuestCommand, facts: ForumFacts): Promise<GuestNeeds> {
  if (command.type !== 'SendGuestComment') return { ...NOWHERE, ...NOBODY, known: null };
  const [place, known, policy] = await Promise.all([
    placeOfComment(command.data, facts),
    facts.comment(command.data.commentId),
    facts.policy(),
  ]);
  return { ...NOBODY, ...place, policy, known };
}
