import { type Decider, unreachable } from '../../../libs/kernel/index.ts';
import type { HubCommand, RecordHubFault } from './hub.commands.ts';
import type { HubEvent } from './hub.events.ts';

const MINUTE_MS = 60_000;
/** The pauses after the first failure and each later one: 1, 5 and 30 minutes, 2 and 12 hours. */
const RETRY_AFTER_MS = [1, 5, 30, 2 * 60, 12 * 60].map((minutes) => minutes * MINUTE_MS);
const LONGEST_WAIT_MS = 12 * 60 * MINUTE_MS;

export interface HubState {
  /** Since the hub was last told, or given up. */
  failures: number;
}

/** The hub is told until it has taken it; after the last pause what it was to be told is given up. */
export const hubDecider: Decider<HubState, HubCommand, HubEvent, null> = {
  initial: () => ({ failures: 0 }),
  decide: (command, hub) => {
    switch (command.type) {
      case 'SettleHub':
        return [{ type: 'HubTold.v1', data: command.data, personal: null }];
      case 'RecordHubFault':
        return fail(command, hub);
      default:
        return unreachable(command);
    }
  },
  evolve: (hub, fact) => {
    switch (fact.type) {
      case 'HubFailed.v1':
        hub.failures = fact.data.attempt;
        return hub;
      case 'HubTold.v1':
      case 'HubGivenUp.v1':
        hub.failures = 0;
        return hub;
      default:
        return unreachable(fact);
    }
  },
};

function fail({ data, meta }: RecordHubFault, { failures }: HubState): readonly HubEvent[] {
  const { changes, until, reason, isFinal, waitMs } = data;
  const pause = RETRY_AFTER_MS[failures];
  if (isFinal || pause === undefined) {
    return [{ type: 'HubGivenUp.v1', data: { changes, until, reason }, personal: null }];
  }
  const wait = Math.min(Math.max(pause, waitMs), LONGEST_WAIT_MS);
  const nextAt = new Date(Date.parse(meta.now) + wait).toISOString();
  return [{ type: 'HubFailed.v1', data: { attempt: failures + 1, reason, nextAt }, personal: null }];
}
