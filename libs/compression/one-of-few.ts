import pLimit from 'p-limit';

/**
 * The answers compressed at once in this process. An encoder takes megabytes, and the allocator gives back little of
 * what many took together. More than two would not be faster on two cores.
 */
const AT_ONCE = 2;

/** Runs an encoder when fewer than two run. */
export const oneOfFew = pLimit(AT_ONCE);
