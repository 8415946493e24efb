import { createRequire } from 'node:module';
import type * as Argon2 from '@node-rs/argon2';

const { hash: realHash, verify }: typeof Argon2 = createRequire(import.meta.url)('@node-rs/argon2');

/** The least work that a hash can take: a member of a test has a password that nobody wants to know. */
const LEAST = { memoryCost: 8, timeCost: 1 } as const;

let isCheap = false;

/** Lets the hashes of passwords take no time from here on, as the tests of a forum want that sign in hundreds of members, or all of their time. */
export function letHashesBeCheap(cheap: boolean): void {
  isCheap = cheap;
}

export const hash: typeof Argon2.hash = (password, options, signal) =>
  realHash(password, isCheap ? { ...options, ...LEAST } : options, signal);
export { verify };
