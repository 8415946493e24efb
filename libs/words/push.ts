/** The devices of a member that are told by push at a time. */
export const MOST_PUSH_DEVICES = 20;
/** Characters of the longest address that a push service gives a device. */
export const LONGEST_PUSH_ENDPOINT = 2_048;

/**
 * What becomes of a push that needs no further attempt. `nothing`: there was nothing to tell any more; `withdrawn`: the
 * device shows, in the place of what it had told, that this is gone or was read elsewhere.
 */
export const PUSH_OUTCOMES = ['sent', 'nothing', 'withdrawn'] as const;
export type PushOutcome = (typeof PUSH_OUTCOMES)[number];

/**
 * Why a device is told no more: its member said so, its push service does not know it, or the session in which it was added
 * has ended.
 */
export const PUSH_ENDS = ['member', 'gone', 'session'] as const;
export type PushEnd = (typeof PUSH_ENDS)[number];

/** The reactor that sends pushes. */
export const PUSHING = 'push';
