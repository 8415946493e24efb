import type { EventStore } from '../../libs/event-store/index.ts';
import { versionsUpTo } from '../../libs/kernel/index.ts';
import { handlersFor } from '../../libs/nest-decider/index.ts';
import {
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
import { streams } from './streams.ts';

/** How many comments of the whole forum are looked through for a member's last one; see `lastCommentAt`. */
const MOST_LOOKED_THROUGH = 5_000;

export const reservationHandlers = handlersFor({
  decider: reservationDecider,
  decoder: decoders.reservation,
  commands: [ReserveName, ReleaseName, TakeTurn],
  stream: (command) => command.data.name,
  starts: (command) => command.type === 'ReserveName',
  needs: (store) => (command, state) => needsOf(command, state, store),
});

async function needsOf(
  command: ReservationCommand,
  state: ReservationState,
  store: EventStore,
): Promise<ReservationNeeds> {
  if (command.type === 'TakeTurn') return { holderExists: true, lastCommentAt: await lastCommentAt(command, store) };
  const holderMatters = command.type === 'ReserveName' && isOverdue(state, command.meta.now);
  return {
    holderExists: !holderMatters || (await holderExists(command.data.name, state.holder, store)),
    lastCommentAt: null,
  };
}

/** Names of members are carried by members, all others by posts; of an imported thing's names it may be either. */
async function holderExists(name: string, holder: string | null, store: EventStore): Promise<boolean> {
  if (holder === null) return false;
  if (name.startsWith('import-')) return true;
  const ofMember = name.startsWith('handle-') || name.startsWith('email-') || name === 'founder';
  const stream = ofMember ? streams.member(holder) : streams.post(holder);
  for await (const _ of store.readStream(stream)) return true;
  return false;
}

/**
 * Comments from before slow mode took no turn, so just after its start the log is looked through, backwards over the
 * time of one turn. Soon all that counts are turns, and nothing is looked for.
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
