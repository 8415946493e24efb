import { DELETED, NO_STREAM, type RecordLog } from './record-log.ts';
import type { ExpectedRevision, StoredRecord } from './records.ts';
import { isSoftDeleted, metaStreamOf } from './stream-rules.ts';

/** What is to become of an append or delete, before anything is written. */
export type Decision =
  | { readonly kind: 'write'; readonly current: bigint; readonly softDeleted: boolean }
  /** The same events stand there already; `last` is the last of them. */
  | { readonly kind: 'repeat'; readonly last: StoredRecord }
  | { readonly kind: 'wrong-revision'; readonly current: bigint }
  | { readonly kind: 'deleted' };

export interface Proposal {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly ids: readonly string[];
}

/**
 * Expected revision and idempotency as the real server decides them. With a named revision the ids are looked for at
 * their very places; with `any` and `stream-exists` anywhere in the stream. An append of which a part stands there
 * already is neither new nor a repeat, and is refused.
 */
export function checkCommit(log: RecordLog, proposal: Proposal): Decision {
  const { stream, expected } = proposal;
  const current = log.lastRevision(stream);
  if (current === DELETED) return { kind: 'deleted' };
  const softDeleted = isSoftDeleted(log, stream);
  if (expected === 'any') return loosely(log, proposal, current, softDeleted);
  if (expected === 'stream-exists') {
    const onlyMetadata = current === NO_STREAM && log.lastRevision(metaStreamOf(stream)) !== NO_STREAM;
    if (softDeleted) return { kind: 'deleted' };
    if (current === NO_STREAM && !onlyMetadata) return { kind: 'wrong-revision', current };
    return loosely(log, proposal, current, softDeleted);
  }
  return strictly(log, proposal, current, softDeleted);
}

function loosely(log: RecordLog, { stream, ids }: Proposal, current: bigint, softDeleted: boolean): Decision {
  const found = ids.map((id) => log.withId(stream, id));
  return decided(found, { kind: 'write', current, softDeleted }, current);
}

function strictly(log: RecordLog, proposal: Proposal, current: bigint, softDeleted: boolean): Decision {
  const { stream, ids } = proposal;
  const expected = typeof proposal.expected === 'bigint' ? proposal.expected : NO_STREAM;
  const write: Decision = { kind: 'write', current, softDeleted };
  const wrong: Decision = { kind: 'wrong-revision', current };
  if (expected === current) return write;
  if (expected > current || ids.length === 0) return wrong;
  const found = ids.map((id, index) => {
    const [there] = log.readStream(stream, expected + 1n + BigInt(index), 'forwards', 1);
    return there?.revision === expected + 1n + BigInt(index) && there.id === id ? there : undefined;
  });
  return decided(found, expected === NO_STREAM && softDeleted ? write : wrong, current);
}

function decided(found: readonly (StoredRecord | undefined)[], none: Decision, current: bigint): Decision {
  if (found[0] === undefined) return none;
  const last = found.at(-1);
  return last === undefined || found.includes(undefined)
    ? { kind: 'wrong-revision', current }
    : { kind: 'repeat', last };
}
