import { type KeyChange, openKeyChange } from '../key-change.ts';
import { isSameKey, type Verifier } from '../note-keys.ts';
import { orNull } from '../proof-error.ts';
import type { KeptNote } from './kept-checkpoints.ts';
import { lineEnds, type Pieces } from './line-file.ts';

/** The type of event that records a change of the log's key, with the note that both keys signed. */
const TYPE = 'LogKeyChanged.v1';
const SIGN = Buffer.from(`"type":"${TYPE}"`);

/** An event that changes the log's key. */
export interface FoundChange {
  /** For messages. */
  readonly name: string;
  readonly note: string;
  /** Null when the note is not signed by both keys. */
  readonly change: KeyChange | null;
}

/** Finds all changes of the key among the lines, at almost no cost for other lines. */
export async function findKeyChanges(pieces: Pieces): Promise<readonly FoundChange[]> {
  const found: FoundChange[] = [];
  for await (const piece of pieces) {
    if (!piece.includes(SIGN)) continue;
    for (const { from, end } of lineEnds(piece)) {
      const line = piece.subarray(from, end);
      if (line.includes(SIGN)) found.push(...changeIn(line.toString('utf8')));
    }
  }
  return found;
}

/** The changes that name one of the keys: a key of this log signed their checkpoints. A copied log has others too. */
export function notesOf(found: readonly FoundChange[], chain: readonly Verifier[]): readonly KeptNote[] {
  return found.filter(({ change }) => change !== null && chain.some((key) => isSameKey(key, change.to)));
}

/** A change that nobody with the old key made. */
export function faultsOfChanges(found: readonly FoundChange[]): readonly string[] {
  return found.flatMap(({ name, change }) =>
    change === null ? [`${name} is not signed by both keys: whoever recorded it had not the key of before`] : [],
  );
}

function changeIn(line: string): readonly FoundChange[] {
  const event = parsed(line);
  if (field(event, 'type') !== TYPE) return [];
  const note = field(field(event, 'data'), 'note');
  const name = `the change of the log's key at position ${String(field(event, 'position'))}`;
  return [
    {
      name,
      ...(typeof note === 'string' ? { note, change: orNull(() => openKeyChange(note)) } : { note: '', change: null }),
    },
  ];
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
