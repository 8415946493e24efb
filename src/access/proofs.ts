import { createHash } from 'node:crypto';
import { beginsWithZeros, LONGEST_PROOF, puzzleText, readProof } from '../../libs/words/index.ts';
import type { FormStamps } from './form-stamps.ts';

/** How long a puzzle can be solved, in seconds. */
const OPEN_SECONDS = 7_200;

/** Checks proofs of work: nothing is kept of a puzzle, and a check costs a few hashes at most. */
export class Proofs {
  readonly #stamps: FormStamps;

  constructor(stamps: FormStamps) {
    this.#stamps = stamps;
  }

  /** What tells the puzzle from all others, when it is solved and open; else null. Whoever takes it must see that it comes once. */
  solved(text: string, bits: number, now: number): string | null {
    const proof = text.length <= LONGEST_PROOF ? readProof(text) : null;
    if (proof === null) return null;
    const { seed, found } = proof;
    const age = this.#stamps.age(seed.stamp, now);
    if (age === null || age > OPEN_SECONDS) return null;
    const isSolved = found.every((tried, puzzle) => beginsWithZeros(sha256(puzzleText(seed, puzzle, tried)), bits));
    return isSolved ? sha256(`${seed.stamp}.${seed.id}`).toString('hex') : null;
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
