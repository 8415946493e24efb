import type { EventStore } from '../../libs/event-store/index.ts';
import { type Command, stepOf, versionsUpTo } from '../../libs/kernel/index.ts';
import { handlersFor } from '../../libs/nest-decider/index.ts';
import { ForfeitMemberName } from '../domain/member/member.commands.ts';
import { ForfeitPostName } from '../domain/post/post.commands.ts';
import { FOUNDER } from '../domain/reservation/names.ts';
import {
  LetAdminGo,
  ReleaseName,
  type ReservationCommand,
  ReserveName,
  TakeTurn,
} from '../domain/reservation/reservation.commands.ts';
import {
  isOverdue,
  type ReservationNeeds,
  type ReservationState,
  reservationDecider,
} from '../domain/reservation/reservation.decider.ts';
import { decoders } from './decoders.ts';
import { ForumFacts } from './forum-facts.ts';
import { streams } from './streams.ts';

/** The most comments of the whole forum that are searched for a member's last one; see `lastCommentAt`. */
const MOST_LOOKED_THROUGH = 5_000;

export const reservationHandlers = handlersFor({
  decider: reservationDecider,
  decoder: decoders.reservation,
  commands: [ReserveName, ReleaseName, TakeTurn, LetAdminGo],
  stream: (command) => command.data.name,
  starts: (command) => command.type === 'ReserveName' || command.type === 'LetAdminGo',
  around: ForumFacts,
  needs: (facts: ForumFacts) => (command, state) => needsOf(command, state, facts),
  first: forfeit,
});

async function needsOf(
  command: ReservationCommand,
  state: ReservationState,
  facts: ForumFacts,
): Promise<ReservationNeeds> {
  const { store } = facts;
  if (command.type === 'LetAdminGo') {
    return { absent: null, lastCommentAt: null, admins: await facts.admins(command.data.holder, command.meta.now) };
  }
  if (command.type === 'TakeTurn') return { absent: null, lastCommentAt: await lastCommentAt(command, store) };
  const holderMatters = command.type === 'ReserveName' && isOverdue(state, command.meta.now);
  return {
    absent: holderMatters ? await absentHolder(command.data.name, state.holder, store) : null,
    lastCommentAt: null,
  };
}

async function absentHolder(name: string, holder: string | null, store: EventStore): Promise<string | null> {
  if (holder === null || isForGood(name)) return null;
  const stream = isOfMember(name) ? streams.member(holder) : streams.post(holder);
  return (await hasCome(stream, store)) ? null : holder;
}

/** Whether the member or post of a stream has come to be. */
export async function hasCome(stream: string, store: EventStore): Promise<boolean> {
  for await (const { type } of store.readStream(stream)) if (!LOST.includes(type)) return true;
  return false;
}

/** Sent before the name is taken over, so that a holder that was only slow can no longer come with it. */
function forfeit({ type, data, meta }: ReservationCommand, { absent }: ReservationNeeds): Command | undefined {
  if (type !== 'ReserveName' || absent === null) return undefined;
  const { name } = data;
  const step = stepOf(meta, 'forfeit', absent);
  return isOfMember(name)
    ? new ForfeitMemberName({ memberId: absent, name }, step)
    : new ForfeitPostName({ postId: absent, name }, step);
}

/** The types in the stream of a member or post that never came to be. */
const LOST: readonly string[] = [...versionsUpTo('MemberNameLost.v1'), ...versionsUpTo('PostNameLost.v1')];

/** The names of imported things may have any holder, and a token that was used stays used. */
function isForGood(name: string): boolean {
  return ['import-', 'sso-', 'proof-', 'passkey-'].some((kind) => name.startsWith(kind));
}

/** Members carry the names of members; posts carry all others. */
function isOfMember(name: string): boolean {
  return (
    name === FOUNDER ||
    ['handle-', 'skeleton-', 'email-', 'confirmed-', 'provider-'].some((kind) => name.startsWith(kind))
  );
}

/**
 * Comments from before slow mode took no turn. So just after its start the log is searched backwards over the time of
 * one turn; later all comments that count have turns, and nothing is searched.
 */
async function lastCommentAt({ data, meta }: TakeTurn, store: EventStore): Promise<string | null> {
  const from = Date.parse(meta.now) - data.everySeconds * 1000;
  if (Date.parse(data.slowSince) < from) return null;
  const filter = { types: versionsUpTo('CommentPosted.v1') };
  for await (const event of store.readAll({ direction: 'backwards', filter, limit: MOST_LOOKED_THROUGH })) {
    if (Date.parse(event.recordedAt) < from) return null;
    const fact = decoders.comment.read(event);
    if (fact.type !== 'CommentPosted.v1') continue;
    if (fact.data.authorId === data.memberId && fact.data.postId === data.postId) return event.recordedAt;
  }
  return null;
}
