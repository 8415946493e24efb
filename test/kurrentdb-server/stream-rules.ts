import { DELETED, NO_STREAM, type RecordLog } from './record-log.ts';
import type { ReadDirection, StoredRecord } from './records.ts';

/** What a stream's metadata says about which of its events can still be read; `$acl` and `$cacheControl` are not looked at. */
export interface StreamRules {
  /** Events before this revision are gone; DELETED for a stream that was deleted softly. */
  readonly truncateBefore: bigint;
  readonly maxCount?: bigint;
  readonly maxAgeSeconds?: number;
}

export type StreamState = 'missing' | 'deleted' | 'there';

const TICKS_PER_SECOND = 10_000_000n;
const NO_RULES: StreamRules = { truncateBefore: 0n };

export const metaStreamOf = (stream: string): string => `$$${stream}`;
export const isMetaStream = (stream: string): boolean => stream.startsWith('$$');
export const originalOf = (metaStream: string): string => metaStream.slice('$$'.length);

/** The rules in force for a stream; a metadata stream keeps one event, always. */
export function rulesOf(log: RecordLog, stream: string): StreamRules {
  if (isMetaStream(stream)) return { truncateBefore: 0n, maxCount: 1n };
  const newest = log.newestOf(metaStreamOf(stream));
  return newest === undefined ? NO_RULES : parsed(newest.data);
}

export function isSoftDeleted(log: RecordLog, stream: string): boolean {
  return rulesOf(log, stream).truncateBefore === DELETED;
}

/** `missing` counts streams that were deleted softly, `deleted` are those with a tombstone. */
export function stateOf(log: RecordLog, stream: string): StreamState {
  const last = log.lastRevision(stream);
  if (last === DELETED) return 'deleted';
  return last === NO_STREAM || isSoftDeleted(log, stream) ? 'missing' : 'there';
}

export interface StreamRead {
  readonly stream: string;
  /** Included. */
  readonly from: bigint;
  readonly direction: ReadDirection;
  readonly limit: number;
}

/** What a reader of the stream may see, a page at most; nothing only when there is nothing more. Reads of `$all` do not ask: there, events stay until they are scavenged. */
export function readVisible(log: RecordLog, { stream, from, direction, limit }: StreamRead): readonly StoredRecord[] {
  const rules = rulesOf(log, stream);
  const first = firstVisible(rules, log.lastRevision(stream));
  const oldest = rules.maxAgeSeconds === undefined ? 0n : ticksNow() - ticks(rules.maxAgeSeconds);
  const isVisible = ({ revision, createdTicks }: StoredRecord): boolean => revision >= first && createdTicks >= oldest;
  const step = direction === 'forwards' ? 1n : -1n;
  let start = direction === 'forwards' && from < first ? first : from;
  for (;;) {
    const records = log.readStream(stream, start, direction, limit);
    const visible = records.filter(isVisible);
    const last = records.at(-1);
    if (visible.length > 0 || last === undefined || records.length < limit) return visible;
    start = last.revision + step;
  }
}

function firstVisible({ truncateBefore, maxCount }: StreamRules, last: bigint): bigint {
  const byCount = maxCount === undefined ? 0n : last - maxCount + 1n;
  return byCount > truncateBefore ? byCount : truncateBefore;
}

function ticks(seconds: number): bigint {
  return BigInt(seconds) * TICKS_PER_SECOND;
}

function ticksNow(): bigint {
  return (BigInt(Date.now()) * TICKS_PER_SECOND) / 1000n;
}

/** Metadata that is no JSON object has no rules, and an age of nothing is none, as in the real server. */
function parsed(data: Uint8Array): StreamRules {
  let json: unknown;
  const text = new TextDecoder().decode(data);
  try {
    json = JSON.parse(text);
  } catch {
    return NO_RULES;
  }
  if (typeof json !== 'object' || json === null) return NO_RULES;
  const maxCount = '$maxCount' in json ? json.$maxCount : undefined;
  const maxAge = '$maxAge' in json ? json.$maxAge : undefined;
  return {
    truncateBefore: truncationIn(text),
    ...(typeof maxCount === 'number' ? { maxCount: BigInt(maxCount) } : {}),
    ...(typeof maxAge === 'number' && maxAge > 0 ? { maxAgeSeconds: maxAge } : {}),
  };
}

/** Read from the text, since the number that stands for a soft delete is too great for a JSON number here. */
function truncationIn(text: string): bigint {
  const found = /"\$tb"\s*:\s*(\d+)/.exec(text)?.[1];
  return found === undefined ? 0n : BigInt(found);
}
