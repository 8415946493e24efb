import { sameHash } from '../hashing.ts';
import { keyChain } from '../key-change.ts';
import { keysNamed, type Verifier } from '../note-keys.ts';
import type { Change } from './change.ts';
import { type Conclusion, conclude, coveredBy } from './conclusion.ts';
import type { KnownCopy } from './copies.ts';
import { changeAgainst, changeWithin, rootsOf } from './diagnosis.ts';
import { FormCheck, type FormFindings } from './form-check.ts';
import {
  type CheckpointFinding,
  findingOf,
  type KeptNote,
  type LogExtent,
  type OpenedCheckpoint,
  openKept,
  statedIn,
} from './kept-checkpoints.ts';
import { type FoundChange, faultsOfChanges, findKeyChanges, notesOf } from './key-changes.ts';
import type { Pieces } from './line-file.ts';
import { type VerifyProgress, type Walked, walk } from './walk.ts';

export interface VerifyInput {
  /** Whether fewer events than were signed show that some are missing. */
  readonly extent: LogExtent;
  /** The log's lines in order; read again when something is wrong. */
  readonly pieces: () => Pieces;
  /** The log's keys: one of them must have signed a checkpoint, or one that the log leads to from there by its changes of the key. */
  readonly keys: readonly Verifier[];
  /** The keys for a checkpoint of a log of this name, of all that are known; those as they are unless told. */
  readonly keysFor?: ((origin: string, keys: readonly Verifier[]) => readonly Verifier[]) | undefined;
  /** Finds the changes of the key; in the lines unless told. */
  readonly changes?: (() => Promise<readonly FoundChange[]>) | undefined;
  readonly checkpoints: readonly KeptNote[];
  /** Other copies: they tell which event differs. */
  readonly copies: readonly KnownCopy[];
  /** Looks at the form of the lines elsewhere, beside the hashing; without it that is done in the same reading. */
  readonly checkForm?: (() => Promise<FormFindings>) | undefined;
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The findings of a verification. */
export interface LogReport extends Conclusion {
  /** Everything holds. */
  readonly ok: boolean;
  readonly events: number;
  readonly bytes: number;
  /** Over all events, base64. */
  readonly root: string;
  readonly checkpoints: readonly CheckpointFinding[];
  /** The first event that was altered, dropped, inserted or reordered. */
  readonly change: Change | null;
}

/**
 * Reads a log line by line and compares it with what was signed: form, tree, signatures, and copies. The report holds
 * the faults of the log; the function throws only reading errors.
 */
export async function verifyLog(input: VerifyInput): Promise<LogReport> {
  const found = await (input.changes?.() ?? findKeyChanges(input.pieces()));
  const opened = openAll(input, found);
  const sizes = opened.flatMap((one) => ('checkpoint' in one ? one.checkpoint.size : []));
  const { walked, form } = await readOnce(input, sizes);
  const checkpoints = opened.map((one) => findingOf(one, walked, input.extent));
  const change = await firstChange(input, { walked, form, opened, checkpoints });
  const conclusion = conclude({ walked, form, checkpoints, change });
  const root = Buffer.from(walked.end.root).toString('base64');
  const faults = [...faultsOfChanges(found), ...conclusion.faults];
  const ok = faults.length === 0;
  return { ok, events: walked.end.size, bytes: walked.bytes, root, checkpoints, change, ...conclusion, faults };
}

/** The checkpoints that were kept, and those in the log at which its key was changed. */
function openAll(
  { checkpoints, keys, keysFor = (_origin, known) => known }: VerifyInput,
  found: readonly FoundChange[],
): readonly OpenedCheckpoint[] {
  const changes = found.flatMap(({ change }) => change ?? []);
  const chain = keyChain(keys, changes);
  return [
    ...checkpoints.map((kept) => openKept(kept, keysFor(statedIn(kept)?.origin ?? '', chain))),
    ...notesOf(found, chain).map((kept) => openKept(kept, keysNamed(chain, statedIn(kept)?.origin ?? ''))),
  ];
}

async function readOnce(
  { pieces, copies, checkForm, onProgress, signal }: VerifyInput,
  sizes: readonly number[],
): Promise<{ walked: Walked; form: FormFindings }> {
  const options = { sizes, copies, onProgress, signal };
  if (checkForm !== undefined) {
    const [walked, form] = await Promise.all([walk(pieces(), options), checkForm()]);
    return { walked, form };
  }
  const check = new FormCheck();
  const walked = await walk(pieces(), { ...options, alsoTake: (piece) => check.take(piece) });
  return { walked, form: check.findings() };
}

interface Read {
  readonly walked: Walked;
  readonly form: FormFindings;
  readonly opened: readonly OpenedCheckpoint[];
  readonly checkpoints: readonly CheckpointFinding[];
}

/** A copy tells more than the lines themselves; a copy that differs from what was signed is no witness. */
async function firstChange(
  { pieces }: VerifyInput,
  { walked, form, opened, checkpoints }: Read,
): Promise<Change | null> {
  const { size } = walked.end;
  for (const compared of walked.compared) {
    const change = await changeAgainst(compared, pieces, size);
    if (change === null || change.index < coveredBy(checkpoints)) continue;
    return { ...change, evidence: `${change.evidence}${await agreement(compared.copy, opened)}` };
  }
  return (await changeWithin(form, pieces)) ?? cutOff(checkpoints, size);
}

/** Fewer lines than were signed. */
function cutOff(checkpoints: readonly CheckpointFinding[], events: number): Change | null {
  const [first] = checkpoints.filter(({ result }) => result === 'beyond-the-end');
  if (first === undefined || checkpoints.some(({ result }) => result === 'root-differs')) return null;
  const evidence = `${first.name} was signed over ${first.size} events, and what is here ends before`;
  return {
    kind: 'truncated',
    index: events,
    position: null,
    id: null,
    count: (first.size ?? events) - events,
    evidence,
  };
}

/** Whether the copy is what was signed; otherwise the copy may have been changed. */
async function agreement(copy: KnownCopy, opened: readonly OpenedCheckpoint[]): Promise<string> {
  const signed = opened.flatMap((one) => ('checkpoint' in one ? [one] : []));
  if (signed.length === 0) return '';
  const roots = await rootsOf(
    copy,
    signed.map(({ checkpoint }) => checkpoint.size),
  );
  const agreeing = signed.filter(({ checkpoint: { size, root } }) => {
    const theirs = roots.get(size);
    return theirs !== undefined && sameHash(theirs, root);
  });
  const [largest] = agreeing.toSorted((one, other) => other.checkpoint.size - one.checkpoint.size);
  if (largest === undefined) return ` (${copy.name} agrees with no checkpoint: it may be what was changed)`;
  return ` (${copy.name} agrees with ${largest.name})`;
}
