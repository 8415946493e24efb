import { createHash, randomUUID } from 'node:crypto';
import { beginsWithZeros, PROOF_PUZZLES, proofText, puzzleText } from '../../libs/words/index.ts';

/** The proof of work that a program gives. */
export function solvedProof(stamp: string, bits: number, id: string = randomUUID()): string {
  const seed = { stamp, id };
  const found = Array.from({ length: PROOF_PUZZLES }, (_, puzzle) => {
    let tried = 0;
    const hash = () =>
      createHash('sha256')
        .update(puzzleText(seed, puzzle, tried))
        .digest();
    while (!beginsWithZeros(hash(), bits)) tried += 1;
    return tried;
  });
  return proofText(seed, found);
}
