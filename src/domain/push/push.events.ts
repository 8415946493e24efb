import type { Fact } from '../../../libs/kernel/index.ts';
import { PUSH_OUTCOMES, type PushOutcome } from '../../../libs/words/index.ts';
import { anyOf, type Catalogue } from '../catalogue-entry.ts';

/** A comment that a push told of, and where it stands. */
export interface PushedComment {
  readonly commentId: string;
  readonly postId: string;
}

/** Stream `push-<pushId>`; the id is made of the event that caused the push and of the subscription. */
export type PushSettled = Fact<
  'PushSettled.v1',
  {
    readonly pushId: string;
    readonly outcome: PushOutcome;
    /** 0 for the first; each time the push is sent again, since what it told of is gone or read, it rises by one. */
    readonly round: number;
    readonly told: readonly PushedComment[];
  },
  null
>;
export type PushFailed = Fact<
  'PushFailed.v1',
  {
    readonly pushId: string;
    /** 1 for the first of a round. */
    readonly attempt: number;
    readonly reason: string;
    /** RFC 3339, UTC. */
    readonly nextAt: string;
  },
  null
>;
export type PushGivenUp = Fact<'PushGivenUp.v1', { readonly pushId: string; readonly reason: string }, null>;

export type PushEvent = PushSettled | PushFailed | PushGivenUp;

const PUSH_STREAM = 'push-<pushId>';
const MEANS_PUSH = 'The push: made of the id of the event that caused it and of the subscription.';
const MEANS_REASON = 'The status of the push service or the code of the fault; never its words.';

export const PUSH_EVENTS: Catalogue<PushEvent> = {
  'PushSettled.v1': {
    stream: PUSH_STREAM,
    sentence:
      'A push needs no further attempt. Recorded after the push service has taken it, so a server that dies between the two sends it once more, under the same topic and tag.',
    data: {
      pushId: MEANS_PUSH,
      outcome: `${anyOf(PUSH_OUTCOMES)}: it was sent, there was nothing to tell any more, or the device shows in its place that this is gone, or was read elsewhere.`,
      round: '0 for the first; a push whose comment is gone or read is sent again in its place, and this rises by one.',
      told: 'The comments that it told of, each with its post.',
    },
    personal: null,
  },
  'PushFailed.v1': {
    stream: PUSH_STREAM,
    sentence: 'A push could not be sent, and is tried again later.',
    data: {
      pushId: MEANS_PUSH,
      attempt: 'The number of the attempt, from 1.',
      reason: MEANS_REASON,
      nextAt: 'When it is tried again (RFC 3339, UTC).',
    },
    personal: null,
  },
  'PushGivenUp.v1': {
    stream: PUSH_STREAM,
    sentence: 'A push could not be sent, and is not tried again.',
    data: { pushId: MEANS_PUSH, reason: MEANS_REASON },
    personal: null,
  },
};
