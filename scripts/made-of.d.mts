/** Where the build writes the digest of its sources, from the root of the project. */
export const MADE_OF: string;

/** Of all that is built into the programs; `root` is the folder of the project. */
export function digestOfSources(root: string): string;
