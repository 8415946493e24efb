import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readHead, readCheckpoints as readKept, TREE_FILES, unreadableLines } from '../../../libs/log-tree/index.ts';
import {
  findKeyChanges,
  isKeyName,
  type KeptNote,
  type KnownCopy,
  keysNamed,
  type LogReport,
  leavesCopy,
  linesCopy,
  parseCheckpoint,
  parseNote,
  piecesOf,
  verifyLog,
} from '../../../libs/transparency/index.ts';
import type { DataInput, DataLog } from './data-input.ts';
import { reasonIn } from './findings.ts';
import { changePieces, isOfTheFile, logPieces, type UnreadableEvent } from './log-pieces.ts';

/** Events that cannot be read which are named one by one. */
const MOST_NAMED = 5;

/** The log of a data folder, to be closed by the caller; null when its file cannot be read at all. */
export interface DataLogFound {
  readonly log: DataLog | null;
  readonly report: LogReport;
}

/** The evidence of the log itself, and of what was signed. Throws like `verifyData`. */
export async function verifyDataLog(input: DataInput): Promise<DataLogFound> {
  const opened = await open(input);
  try {
    return { log: opened.log, report: await reportOn(opened, input) };
  } catch (error) {
    await opened.log?.close();
    throw error;
  }
}

interface OpenedLog {
  readonly log: DataLog | null;
  readonly until: bigint;
  readonly fault: string | null;
}

/** A log whose file is damaged as a whole is one without events, and with a fault. */
async function open({ openLog }: DataInput): Promise<OpenedLog> {
  let log: DataLog | null = null;
  try {
    log = await openLog();
    return { log, until: await log.head(), fault: null };
  } catch (error) {
    await log?.close();
    if (!isOfTheFile(error)) throw error;
    return { log: null, until: 0n, fault: `the log cannot be read: ${reasonIn(error)}` };
  }
}

async function reportOn({ log, until, fault }: OpenedLog, input: DataInput): Promise<LogReport> {
  const found = new Found();
  let position = 0n;
  const onPosition = (reached: bigint): void => {
    position = reached;
  };
  const report = await verifyLog({
    pieces: () => (log === null ? nothing() : logPieces({ log, until, onPosition, onUnreadable: found.unreadable })),
    extent: 'whole',
    keys: input.keys,
    keysFor: input.anyName ? (origin, keys) => (isKeyName(origin) ? keysNamed(keys, origin) : []) : undefined,
    changes: () => findKeyChanges(log === null ? nothing() : changePieces(log, until)),
    checkpoints: [...keptBy(input, found), ...input.checkpoints],
    copies: copiesOf(input, found),
    onProgress: ({ events }) => input.onProgress('log', position, until, events),
    signal: input.signal,
  });
  const faults = [...(fault === null ? [] : [fault]), ...found.faults(), ...report.faults];
  const unseen = { integrity: 'not-shown', completeness: 'not-shown' } as const;
  return { ...report, ...(fault === null ? {} : unseen), ok: faults.length === 0, faults };
}

async function* nothing(): AsyncGenerator<never> {}

/** The facts for the report; the log is read more than once, and each fact is told once. */
class Found {
  readonly #unreadable = new Map<bigint, string>();
  readonly #ofTree = new Set<string>();

  readonly unreadable = ({ position, reason }: UnreadableEvent): void => {
    this.#unreadable.set(position, reason);
  };

  readonly ofTree = (file: string, error: unknown): void => {
    this.#ofTree.add(`tree/${file} cannot be read: ${reasonIn(error)}`);
  };

  /** A line torn by a power loss does not count as altered. */
  checkpointLines(dir: string): void {
    for (const { number, isTorn } of unreadableLines(dir)) {
      if (!isTorn) this.#ofTree.add(`line ${number} of tree/${TREE_FILES.checkpoints} is no checkpoint any more`);
    }
  }

  faults(): readonly string[] {
    const events = [...this.#unreadable].map(
      ([position, reason]) =>
        `the event at position ${position} cannot be read: it was altered, or the file is damaged there (${reason})`,
    );
    const more = events.length - MOST_NAMED;
    const rest = more > 0 ? [`${more} more events cannot be read`] : [];
    return [...events.slice(0, MOST_NAMED), ...rest, ...this.#ofTree];
  }
}

function copiesOf({ dataDir, against }: DataInput, found: Found): readonly KnownCopy[] {
  const tree = join(dataDir, 'tree');
  const head = readHead(tree);
  const leaves = join(tree, TREE_FILES.leaves);
  const kept = head !== null && existsSync(leaves) ? [leavesCopy(leaves, head.size, 'the tree beside the log')] : [];
  return [
    ...kept.map((copy) => asFarAsReadable(copy, (error) => found.ofTree(TREE_FILES.leaves, error))),
    ...against.map((file) => linesCopy(() => piecesOf(file), file)),
  ];
}

function asFarAsReadable(copy: KnownCopy, onFault: (error: unknown) => void): KnownCopy {
  return {
    ...copy,
    async *events() {
      try {
        yield* copy.events();
      } catch (error) {
        onFault(error);
      }
    },
  };
}

/** The checkpoints that the server signed at intervals. Those under another name than the given keys' are not asked about. */
function keptBy({ dataDir, keys, anyName }: DataInput, found: Found): readonly KeptNote[] {
  const isAsked = (note: string): boolean => anyName || keys.some(({ name }) => name === originIn(note));
  const dir = join(dataDir, 'tree');
  try {
    found.checkpointLines(dir);
    return readKept(dir)
      .filter(({ note }) => isAsked(note))
      .map(({ at, note }) => ({ name: `tree/${TREE_FILES.checkpoints}, signed at ${at}`, note }));
  } catch (error) {
    found.ofTree(TREE_FILES.checkpoints, error);
    return [];
  }
}

function originIn(note: string): string {
  return parseCheckpoint(parseNote(note).text).origin;
}
