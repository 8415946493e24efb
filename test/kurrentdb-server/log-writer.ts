import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { checkCommit, type Decision } from './commit-check.ts';
import { DELETED, NO_STREAM, type RecordLog } from './record-log.ts';
import type { ExpectedRevision, NewRecord } from './records.ts';
import { isMetaStream, isSoftDeleted, metaStreamOf, originalOf } from './stream-rules.ts';

export type Written =
  | { readonly kind: 'recorded'; readonly revision: bigint; readonly position: bigint }
  | { readonly kind: 'wrong-revision'; readonly current: bigint }
  | { readonly kind: 'deleted' };

export interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly records: readonly NewRecord[];
}

export interface Delete {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** With a tombstone: the name can never be used again. */
  readonly hard: boolean;
}

const NOTHING = new Uint8Array();

/**
 * The one writer of the log. Writes that wait together are committed together, and each is answered only after the
 * commit is on disk. Emits `committed` after each commit.
 */
export class LogWriter extends EventEmitter<{ committed: [] }> {
  readonly #log: RecordLog;
  #waiting: (() => () => void)[] = [];
  #closed = false;

  constructor(log: RecordLog) {
    super();
    this.#log = log;
    this.setMaxListeners(0);
  }

  append(append: Append): Promise<Written> {
    return this.#submit(() => this.#append(append));
  }

  delete(request: Delete): Promise<Written> {
    return this.#submit(() => (request.hard ? this.#tombstone(request) : this.#softDelete(request)));
  }

  /** Commits what still waits; whatever comes later is neither recorded nor answered. */
  close(): void {
    this.#flush();
    this.#closed = true;
  }

  #flush(): void {
    const batch = this.#waiting;
    if (batch.length === 0 || this.#closed) return;
    this.#waiting = [];
    const answers: (() => void)[] = [];
    this.#log.commit(() => {
      for (const work of batch) answers.push(work());
    });
    for (const answer of answers) answer();
    this.emit('committed');
  }

  #submit(work: () => Written): Promise<Written> {
    if (this.#waiting.length === 0) setImmediate(() => this.#flush());
    return new Promise((resolve) => {
      this.#waiting.push(() => {
        const written = work();
        return () => resolve(written);
      });
    });
  }

  #append({ stream, expected, records }: Append): Written {
    const decision = checkCommit(this.#log, { stream, expected, ids: records.map(({ id }) => id) });
    if (decision.kind !== 'write') return answered(decision);
    const revived = this.#revivedBy(stream, decision.softDeleted);
    let revision = decision.current;
    let position = -1n;
    for (const record of records) {
      revision += 1n;
      position = this.#log.add(stream, revision, record).position;
    }
    if (records.length > 0 && revived !== undefined) this.#revive(revived);
    return { kind: 'recorded', revision, position };
  }

  #tombstone({ stream, expected }: Delete): Written {
    const decision = checkCommit(this.#log, { stream, expected, ids: [randomUUID()] });
    if (decision.kind !== 'write') return answered(decision);
    const { position } = this.#log.add(stream, DELETED, systemRecord('$streamDeleted', NOTHING, false));
    return { kind: 'recorded', revision: DELETED, position };
  }

  /** Hides all that the stream holds; later appends go on with its next revision. */
  #softDelete({ stream, expected }: Delete): Written {
    const decision = checkCommit(this.#log, { stream, expected, ids: [randomUUID()] });
    if (decision.kind !== 'write') return answered(decision);
    const metaStream = metaStreamOf(stream);
    const metaRevision = this.#log.lastRevision(metaStream);
    if (decision.current === NO_STREAM && metaRevision === NO_STREAM) {
      return { kind: 'wrong-revision', current: NO_STREAM };
    }
    const { position } = this.#log.add(metaStream, metaRevision + 1n, truncation(`{"$tb":${DELETED}}`));
    return { kind: 'recorded', revision: metaRevision + 1n, position };
  }

  /** The stream that an append to this one brings back: it or, for a metadata stream, the one that it speaks of. */
  #revivedBy(stream: string, softDeleted: boolean): Revived | undefined {
    if (softDeleted) return { stream, next: this.#log.lastRevision(stream) + 1n };
    if (!isMetaStream(stream)) return undefined;
    const original = originalOf(stream);
    if (!isSoftDeleted(this.#log, original)) return undefined;
    return { stream: original, next: this.#log.lastRevision(original) + 1n };
  }

  /** What was deleted stays hidden: the stream is there from the revision that it would have had next. */
  #revive({ stream, next }: Revived): void {
    const metaStream = metaStreamOf(stream);
    const newest = this.#log.newestOf(metaStream);
    if (newest === undefined) return;
    const text = new TextDecoder().decode(newest.data);
    const without = text.replace(/"\$tb"\s*:\s*\d+\s*,?/, '').replace(/,(\s*\})$/, '$1');
    const rest = without.slice(without.indexOf('{') + 1);
    const comma = rest.trim() === '}' ? '' : ',';
    this.#log.add(metaStream, newest.revision + 1n, truncation(`{"$tb":${next}${comma}${rest}`));
  }
}

interface Revived {
  readonly stream: string;
  /** The first revision that can be read again. */
  readonly next: bigint;
}

export function systemRecord(type: string, data: Uint8Array, isJson: boolean): NewRecord {
  return { id: randomUUID(), type, isJson, data, metadata: NOTHING };
}

function truncation(json: string): NewRecord {
  return systemRecord('$metadata', new TextEncoder().encode(json), true);
}

function answered(decision: Exclude<Decision, { kind: 'write' }>): Written {
  return decision.kind === 'repeat'
    ? { kind: 'recorded', revision: decision.last.revision, position: decision.last.position }
    : decision;
}
