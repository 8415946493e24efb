import type { Fact } from '../../../libs/kernel/index.ts';
import type { Catalogue } from '../catalogue-entry.ts';

/** What a ping told the hub of. */
export interface HubPing {
  /** The positions of the events, in decimal. */
  readonly changes: readonly string[];
  /** Until when changes count that an event made for a later moment (RFC 3339, UTC). */
  readonly until: string;
}

/** Stream `hub`. */
export type HubTold = Fact<'HubTold.v1', HubPing, null>;
export type HubFailed = Fact<
  'HubFailed.v1',
  {
    /** 1 for the first since the hub was last told. */
    readonly attempt: number;
    readonly reason: string;
    /** RFC 3339, UTC. */
    readonly nextAt: string;
  },
  null
>;
export type HubGivenUp = Fact<'HubGivenUp.v1', HubPing & { readonly reason: string }, null>;

export type HubEvent = HubTold | HubFailed | HubGivenUp;

const HUB_STREAM = 'hub';
const PING = {
  changes: 'The positions of the events by which posts changed, in decimal.',
  until: 'What an event changes at a later moment than this is told later (RFC 3339, UTC).',
};
const MEANS_REASON = 'A status or a code, never the words of the hub.';

export const HUB_EVENTS: Catalogue<HubEvent> = {
  'HubTold.v1': {
    stream: HUB_STREAM,
    sentence: 'The hub (WebSub) has taken that feeds changed, since posts came, were edited or withdrawn.',
    data: PING,
    personal: null,
  },
  'HubFailed.v1': {
    stream: HUB_STREAM,
    sentence: 'The hub could not be told, and is told later.',
    data: {
      attempt: 'The number of the attempt since the hub was last told, from 1.',
      reason: MEANS_REASON,
      nextAt: 'When it is tried again (RFC 3339, UTC).',
    },
    personal: null,
  },
  'HubGivenUp.v1': {
    stream: HUB_STREAM,
    sentence: 'The hub could not be told of these changes, and is not told of them any more.',
    data: { ...PING, reason: MEANS_REASON },
    personal: null,
  },
};
