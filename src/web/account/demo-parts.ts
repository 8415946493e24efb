/**
 * The injection token for the members who play the demo's parts: a function from a part to its member's id, or
 * undefined.
 */
export const DEMO_PARTS = Symbol('DemoParts');
export type DemoParts = (part: string) => string | undefined;
