import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { EventStore, RecordedEvent } from '../../../libs/event-store/index.ts';
import { codeOf, isRecord, isUuid, trusted } from '../../../libs/kernel/index.ts';
import { destroyedKeyIn, KEY_DESTRUCTIONS } from '../../../libs/vault/index.ts';
import { BackupFault } from './backup-fault.ts';

/** The ledger in a data directory: the server keeps it, and a restore into that directory takes it. */
export const LEDGER_FILE = 'erasures.ledger';

/**
 * An erasure that has begun. `names` are reserved names that were given back, `marks` what imports know the person by
 * (absent in ledgers of old), all of them hashes.
 */
export interface LedgerErasure {
  readonly kind: 'erasure';
  readonly erasureId: string;
  readonly subject: string;
  readonly memberId: string | null;
  readonly commentId: string | null;
  readonly comments: string;
  readonly names: readonly string[];
  readonly marks?: readonly string[];
}

/** A key that was destroyed, and the stream whose personal parts it sealed. */
export interface LedgerKey {
  readonly kind: 'key';
  readonly keyId: string;
  readonly stream: string;
  readonly erasureId: string;
}

export type LedgerLine = LedgerErasure | LedgerKey;

const REQUESTS = {
  types: ['ErasureRequested.v1', 'ErasureBegun.v1', 'ErasureRemembered.v1'],
  streamPrefixes: ['erasure-'],
};
const RELEASES = { types: ['NameReleased.v1'], streamPrefixes: ['email-', 'confirmed-', 'provider-', 'sso-'] };

/** What a log says was erased: nothing in it is personal, so it may lie anywhere. Throws StoreUnavailable. */
export async function* ledgerOf(log: Pick<EventStore, 'readAll'>): AsyncIterable<LedgerLine> {
  const [asked, begun] = [new Map<string, RecordedEvent>(), new Set<string>()];
  const marks = new Map<string, string[]>();
  for await (const event of log.readAll({ filter: REQUESTS })) {
    const id = textIn(event.data, 'erasureId') ?? '';
    if (event.type === 'ErasureBegun.v1') begun.add(id);
    else if (event.type === 'ErasureRemembered.v1') marks.set(id, [...(marks.get(id) ?? []), ...marksIn(event.data)]);
    else asked.set(id, event);
  }
  const names = await namesReleased(log, begun);
  for (const erasureId of begun) {
    const data = asked.get(erasureId)?.data;
    yield {
      kind: 'erasure',
      erasureId,
      subject: textIn(data, 'subject') ?? '',
      memberId: textIn(data, 'memberId'),
      commentId: textIn(data, 'commentId'),
      comments: textIn(data, 'comments') ?? 'remove',
      names: names.get(erasureId) ?? [],
      marks: marks.get(erasureId) ?? [],
    };
  }
  for await (const event of log.readAll({ filter: KEY_DESTRUCTIONS })) {
    const [keyId, stream] = [destroyedKeyIn(event), textIn(event.data, 'stream')];
    if (keyId !== null && stream !== null) yield { kind: 'key', keyId, stream, erasureId: event.correlationId };
  }
}

async function namesReleased(
  log: Pick<EventStore, 'readAll'>,
  erasures: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = new Map<string, string[]>();
  if (erasures.size === 0) return names;
  for await (const { correlationId, stream } of log.readAll({ filter: RELEASES })) {
    if (erasures.has(correlationId)) names.set(correlationId, [...(names.get(correlationId) ?? []), stream]);
  }
  return names;
}

/** Writes the ledger of a log, whole or not at all; gives the number of its lines. Throws StoreUnavailable and the system's errors. */
export async function writeLedger(file: string, log: Pick<EventStore, 'readAll'>): Promise<number> {
  const part = `${file}.${randomUUID()}.part`;
  let lines = 0;
  try {
    const into = await open(part, 'wx', 0o600);
    try {
      for await (const line of ledgerOf(log)) {
        await into.write(`${JSON.stringify(line)}\n`);
        lines += 1;
      }
      await into.sync();
    } finally {
      await into.close();
    }
    await rename(part, file);
    return lines;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Throws BackupFault for a file that is missing or no ledger. */
export async function readLedger(file: string): Promise<readonly LedgerLine[]> {
  const lines: LedgerLine[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line !== '') lines.push(lineIn(line));
    }
    return lines;
  } catch (error) {
    if (error instanceof SyntaxError) throw new BackupFault(`${file} is no ledger of erasures: ${error.message}`);
    if (codeOf(error) === 'ENOENT') throw new BackupFault(`${file} is missing`);
    throw error;
  }
}

/** Throws SyntaxError. */
function lineIn(text: string): LedgerLine {
  const line: unknown = JSON.parse(text);
  if (isRecord(line) && line['kind'] === 'key' && /^[0-9a-f]{32}$/.test(String(line['keyId']))) {
    return trusted<LedgerKey>(line);
  }
  if (isRecord(line) && line['kind'] === 'erasure' && isUuid(line['erasureId']) && Array.isArray(line['names'])) {
    return trusted<LedgerErasure>(line);
  }
  throw new SyntaxError(`a line says neither an erasure nor a key: ${text.slice(0, 80)}`);
}

function marksIn(data: unknown): readonly string[] {
  const marks: unknown = isRecord(data) ? data['marks'] : null;
  return Array.isArray(marks) ? marks.filter((mark) => typeof mark === 'string') : [];
}

function textIn(data: unknown, field: string): string | null {
  const value: unknown = isRecord(data) ? data[field] : null;
  return typeof value === 'string' ? value : null;
}
