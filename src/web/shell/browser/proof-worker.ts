import {
  beginsWithZeros,
  PROOF_PUZZLES,
  type PuzzleSeed,
  proofText,
  puzzleText,
} from '../../../../libs/words/index.ts';

/** The numbers that are tried at once. */
const AT_ONCE = 128;

/** What the page gives, and what it is told: how many puzzles are solved, and at last the proof. */
export interface ProofTask {
  readonly seed: PuzzleSeed;
  readonly bits: number;
}
export type FromProof = { readonly solved: number } | { readonly proof: string };

const words = new TextEncoder();

addEventListener('message', ({ data }: MessageEvent<ProofTask>) => void solve(data));

async function solve({ seed, bits }: ProofTask): Promise<void> {
  const found: number[] = [];
  while (found.length < PROOF_PUZZLES) {
    found.push(await solved(seed, found.length, bits));
    tell({ solved: found.length });
  }
  tell({ proof: proofText(seed, found) });
}

async function solved(seed: PuzzleSeed, puzzle: number, bits: number): Promise<number> {
  for (let from = 0; ; from += AT_ONCE) {
    const tries = Array.from({ length: AT_ONCE }, (_, at) => words.encode(puzzleText(seed, puzzle, from + at)));
    const hashes = await Promise.all(tries.map((text) => crypto.subtle.digest('SHA-256', text)));
    const at = hashes.findIndex((hash) => beginsWithZeros(new Uint8Array(hash), bits));
    if (at !== -1) return from + at;
  }
}

function tell(message: FromProof): void {
  postMessage(message);
}
