import { type Decider, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import type { ToldWay } from '../../../libs/words/index.ts';
import type { TellDevices, TellingCommand, TellMember } from './inbox.commands.ts';
import type { InboxEvent } from './inbox.events.ts';

/** Up to which position each way has told. */
export type ToldUpTo = Map<ToldWay, bigint>;

/**
 * Whether a mail or a push tells anything new. It knows of an inbox what was told and nothing else, since thousands of
 * members may be told at the same hour.
 */
export const tellingDecider: Decider<ToldUpTo, TellingCommand, InboxEvent, null> = {
  initial: () => new Map(),
  decide: (command, told) => {
    switch (command.type) {
      case 'TellMember':
        return tell(command, told);
      case 'TellDevices':
        return tellDevices(command, told);
      default:
        return unreachable(command);
    }
  },
  evolve,
};

function evolve(told: ToldUpTo, fact: Remembered<InboxEvent>): ToldUpTo {
  switch (fact.type) {
    case 'MemberTold.v1':
      return told.set(fact.data.way, BigInt(fact.data.upTo));
    case 'DevicesTold.v1':
      return told.set('push', BigInt(fact.data.upTo));
    case 'DiscussionFollowed.v1':
    case 'DiscussionUnfollowed.v1':
    case 'MutesChanged.v1':
    case 'IgnoresChanged.v1':
    case 'NotificationsChosen.v1':
    case 'NotificationsRead.v1':
      return told;
    default:
      return unreachable(fact);
  }
}

/** What a mail of this way has told is not told by it again. */
function tell({ data: { by, way, after, upTo } }: TellMember, told: ToldUpTo): readonly InboxEvent[] {
  const from = untoldFrom({ after, upTo }, told.get(way));
  if (from === null) return [];
  const data = { memberId: by.memberId, way, after: String(from), upTo: String(upTo) };
  return [{ type: 'MemberTold.v1', data, personal: null }];
}

function tellDevices({ data: { by, after, upTo } }: TellDevices, told: ToldUpTo): readonly InboxEvent[] {
  const from = untoldFrom({ after, upTo }, told.get('push'));
  if (from === null) return [];
  const data = { memberId: by.memberId, after: String(from), upTo: String(upTo) };
  return [{ type: 'DevicesTold.v1', data, personal: null }];
}

/** After which position something is left to tell; null where nothing is. */
function untoldFrom({ after, upTo }: { readonly after: bigint; readonly upTo: bigint }, told = 0n): bigint | null {
  if (upTo <= told) return null;
  return after > told ? after : told;
}
