import { type Change, changeBetween, type FoundLine, WINDOW } from './change.ts';
import { type KnownCopy, linesIn, section } from './copies.ts';
import type { BrokenForm, FormFindings } from './form-check.ts';
import type { Pieces } from './line-file.ts';
import { RootBuilder } from './root-builder.ts';
import type { BrokenSequence } from './sequences.ts';
import type { ComparedCopy } from './walk.ts';

/** The roots of a copy at some sizes, by size: whether it agrees with what was signed. */
export async function rootsOf(copy: KnownCopy, sizes: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>> {
  const tree = new RootBuilder();
  const roots = new Map<number, Uint8Array>();
  for await (const group of copy.events()) {
    for (const { entry } of group) {
      tree.addEntry(entry);
      if (sizes.includes(tree.size)) roots.set(tree.size, tree.root());
    }
  }
  return roots;
}

/** The change where a copy differs or continues; null when it does neither. */
export async function changeAgainst(
  { copy, difference, goesOn }: ComparedCopy,
  pieces: () => Pieces,
  lines: number,
): Promise<Change | null> {
  const index = difference ?? (goesOn ? lines : null);
  if (index === null) return null;
  const found = await section(foundIn(pieces()), index, WINDOW);
  const known = await section(copy.events(), index, WINDOW);
  return changeBetween(found, known, { index, copy: copy.name });
}

async function* foundIn(pieces: Pieces): AsyncGenerator<readonly FoundLine[]> {
  for await (const piece of pieces) yield linesIn(piece);
}

/** The change that the lines themselves show, at the first of them. */
export async function changeWithin({ form, sequence }: FormFindings, pieces: () => Pieces): Promise<Change | null> {
  if (form !== null && (sequence === null || form.index <= sequence.index)) return badLine(form, pieces);
  if (sequence === null) return null;
  const id = sequence.kind === 'dropped' ? null : await idAt(sequence, pieces);
  return { ...sequence, id, count: null };
}

async function badLine({ index, reason }: BrokenForm, pieces: () => Pieces): Promise<Change> {
  const [line] = await section(foundIn(pieces()), index, 1);
  const position = line?.place?.position ?? null;
  return { kind: 'altered', index, position, id: line?.place?.id ?? null, count: 1, evidence: reason };
}

async function idAt({ index }: BrokenSequence, pieces: () => Pieces): Promise<string | null> {
  const [line] = await section(foundIn(pieces()), index, 1);
  return line?.place?.id ?? null;
}
