import { type Decider, unreachable } from '../../../libs/kernel/index.ts';
import type { PushCommand, RecordPushFault, SettlePush } from './push.commands.ts';
import type { PushEvent } from './push.events.ts';

const MINUTE_MS = 60_000;
/** The pauses after the first failure and each later one. */
const RETRY_AFTER_MS = [1, 5, 30, 2 * 60, 6 * 60].map((minutes) => minutes * MINUTE_MS);
/** What a push service may ask to wait at most: what it tells is old by then. */
const LONGEST_WAIT_MS = 12 * 60 * MINUTE_MS;

export interface PushRecord {
  /** How often it was settled. */
  rounds: number;
  /** Since it was settled last. */
  failures: number;
  isGivenUp: boolean;
}

/** Each round of a push is settled once; until then each failure leads to a later attempt, and the last one gives it up. */
export const pushDecider: Decider<PushRecord, PushCommand, PushEvent, null> = {
  initial: () => ({ rounds: 0, failures: 0, isGivenUp: false }),
  decide: (command, push) => {
    switch (command.type) {
      case 'SettlePush':
        return settle(command, push);
      case 'RecordPushFault':
        return fail(command, push);
      default:
        return unreachable(command);
    }
  },
  evolve: (push, fact) => {
    switch (fact.type) {
      case 'PushSettled.v1':
        push.rounds = fact.data.round + 1;
        push.failures = 0;
        push.isGivenUp = false;
        return push;
      case 'PushFailed.v1':
        push.failures = fact.data.attempt;
        return push;
      case 'PushGivenUp.v1':
        push.isGivenUp = true;
        return push;
      default:
        return unreachable(fact);
    }
  },
};

function settle({ data }: SettlePush, push: PushRecord): readonly PushEvent[] {
  if (data.round !== push.rounds) return [];
  const { pushId, outcome, round, told } = data;
  return [{ type: 'PushSettled.v1', data: { pushId, outcome, round, told }, personal: null }];
}

function fail({ data, meta }: RecordPushFault, push: PushRecord): readonly PushEvent[] {
  if (push.isGivenUp) return [];
  const { pushId, reason } = data;
  const pause = RETRY_AFTER_MS[push.failures];
  if (data.isFinal || pause === undefined)
    return [{ type: 'PushGivenUp.v1', data: { pushId, reason }, personal: null }];
  const wait = Math.max(pause, Math.min(data.waitMs, LONGEST_WAIT_MS));
  const nextAt = new Date(Date.parse(meta.now) + wait).toISOString();
  return [{ type: 'PushFailed.v1', data: { pushId, attempt: push.failures + 1, reason, nextAt }, personal: null }];
}
