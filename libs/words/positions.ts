/** A position of the log in decimal: at most 19 digits, no sign, no leading zero. */
export const POSITION_PATTERN = /^(0|[1-9][0-9]{0,18})$/;

/** A revision of a stream as addresses and forms carry it. */
export const REVISION_PATTERN = /^\d{1,9}$/;

/** A version of the policy as addresses and forms carry it. */
export const POLICY_VERSION_PATTERN = /^\d{1,7}$/;

/** Changes of one thread within this many milliseconds travel in one frame. */
export const TICK_MS = 25;
