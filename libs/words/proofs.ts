/**
 * Proofs of work: for each of a few puzzles a number, so that the SHA-256 of the puzzle's text begins with so many zero bits.
 * Several puzzles take about the same time on each try, and tell how far one is.
 */
export const PROOF_PUZZLES = 8;

/** The zero bits of each puzzle that a policy may ask for. */
export const PROOF_BITS = { least: 8, most: 18 } as const;

/** What a puzzle is about: `stamp` is the signed time of a form, `id` a UUID of whoever solves it. */
export interface PuzzleSeed {
  readonly stamp: string;
  readonly id: string;
}

export function puzzleText({ stamp, id }: PuzzleSeed, puzzle: number, tried: number): string {
  return `${stamp}.${id}.${puzzle}.${tried.toString(36)}`;
}

export function beginsWithZeros(hash: Uint8Array, bits: number): boolean {
  const bytes = Math.floor(bits / 8);
  for (let at = 0; at < bytes; at += 1) if (hash[at] !== 0) return false;
  return (hash[bytes] ?? 255) >> (8 - (bits % 8)) === 0;
}

/** As it is sent: the stamp, the id, and the numbers in base 36, with dots between them. */
export function proofText({ stamp, id }: PuzzleSeed, found: readonly number[]): string {
  return [stamp, id, ...found.map((tried) => tried.toString(36))].join('.');
}

/** Null for a text that is no proof. */
export function readProof(text: string): { readonly seed: PuzzleSeed; readonly found: readonly number[] } | null {
  const groups = PROOF.exec(text)?.groups;
  if (groups === undefined) return null;
  const { stamp = '', id = '', numbers = '' } = groups;
  const found = numbers.split('.').slice(1);
  return { seed: { stamp, id }, found: found.map((number) => Number.parseInt(number, 36)) };
}

const PROOF =
  /^(?<stamp>[0-9a-z]{1,10}\.[\w-]{22})\.(?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?<numbers>(?:\.[0-9a-z]{1,8}){8})$/;

/** The most characters of a proof. */
export const LONGEST_PROOF = 200;

/** What a program is told to solve. */
export interface ProofWish {
  readonly stamp: string;
  readonly bits: number;
  readonly puzzles: number;
}
