/** Stands for the name of whoever signs in while a refused form waits, in the words that say as whom it writes then. */
export const WRITER = '{name}';
