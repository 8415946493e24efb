import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '../../libs/event-store/index.ts';
import { readHead, readCheckpoints as readKept, TREE_FILES } from '../../libs/log-tree/index.ts';
import { NotVerifiable, type Verification, verifyViews } from '../../libs/projections/index.ts';
import {
  type KeptNote,
  type KnownCopy,
  type LogReport,
  leavesCopy,
  linesCopy,
  ProofError,
  parseNote,
  piecesOf,
  type Verifier,
  verifyLog,
} from '../../libs/transparency/index.ts';
import { viewDefinitions } from '../views/definitions.ts';
import { faultOfKeptTree } from './kept-tree-check.ts';
import { logPieces } from './log-pieces.ts';

export type DataStep = 'log' | 'views';

export interface DataInput {
  readonly log: Pick<EventStore, 'subscribe' | 'readAll' | 'head' | 'close'>;
  readonly dataDir: string;
  /** The key of checkpoints by the origin that they state; null for one that is not this forum's. */
  readonly keyOf: (origin: string) => Verifier | null;
  /** For what somebody kept elsewhere. */
  readonly key: Verifier;
  readonly checkpoints: readonly KeptNote[];
  readonly against: readonly string[];
  readonly views: boolean;
  readonly onProgress: (step: DataStep, done: bigint, all: bigint, events: number) => void;
  readonly signal: AbortSignal;
}

/** What was found in a data folder: in its log, in the tree beside it, and in its views. */
export interface DataReport extends LogReport {
  /** Null when the views were not asked for. */
  readonly views: readonly Verification[] | null;
}

/** Verifies a data folder, beside a running server too. Throws StoreUnavailable, the signal's reason, the system's error. */
export async function verifyData(input: DataInput): Promise<DataReport> {
  const tree = join(input.dataDir, 'tree');
  const copies = copiesOf(tree, input.against);
  const until = await input.log.head();
  let position = 0n;
  const report = await verifyLog({
    pieces: () => logPieces(input.log, until, (reached) => (position = reached)),
    key: input.key,
    checkpoints: [...keptBy(tree, input), ...input.checkpoints.map((kept) => keyed(kept, input))],
    copies,
    onProgress: ({ events }) => input.onProgress('log', position, until, events),
    signal: input.signal,
  });
  const ofTree = await faultOfKeptTree(tree);
  const { views, faults: ofViews } = input.views ? await viewsOf(input) : { views: null, faults: [] };
  const faults = [...report.faults, ...(ofTree === null ? [] : [ofTree]), ...ofViews];
  return { ...report, ok: faults.length === 0, faults, views };
}

function copiesOf(tree: string, against: readonly string[]): readonly KnownCopy[] {
  const head = readHead(tree);
  const leaves = join(tree, TREE_FILES.leaves);
  const kept = head !== null && existsSync(leaves) ? [leavesCopy(leaves, head.size, 'the tree beside the log')] : [];
  return [...kept, ...against.map((file) => linesCopy(() => piecesOf(file), file))];
}

/** The checkpoints that the server signed at intervals, under whatever name it had then. */
function keptBy(tree: string, { keyOf }: DataInput): readonly KeptNote[] {
  return readKept(tree).flatMap(({ at, note }) => {
    const key = keyOf(originIn(note));
    return key === null ? [] : [{ name: `tree/${TREE_FILES.checkpoints}, signed at ${at}`, note, key }];
  });
}

/** What somebody kept, with the key that its origin asks for. */
function keyed(kept: KeptNote, { keyOf }: DataInput): KeptNote {
  const key = keyOf(originIn(kept.note));
  return key === null ? kept : { ...kept, key };
}

/** The first line; empty for what is no note. */
function originIn(note: KeptNote['note']): string {
  try {
    return parseNote(note).text.split('\n', 1)[0] ?? '';
  } catch (error) {
    if (error instanceof ProofError) return '';
    throw error;
  }
}

async function viewsOf({ log, dataDir, onProgress, signal }: DataInput): Promise<{
  readonly views: readonly Verification[];
  readonly faults: readonly string[];
}> {
  try {
    const views = await verifyViews({
      log,
      definitions: viewDefinitions,
      dir: join(dataDir, 'views'),
      signal,
      onProgress: ({ position, until, events }) => onProgress('views', position, until, events),
    });
    return { views, faults: views.flatMap(faultOfView) };
  } catch (error) {
    if (error instanceof NotVerifiable) return { views: [], faults: [`views: ${error.message}`] };
    throw error;
  }
}

function faultOfView({ view, position, equal }: Verification): string[] {
  if (equal) return [];
  return [
    `the view ${view} is not what the log says at position ${position}: see \`colloquy replay --verify --view ${view}\``,
  ];
}
