import { ChainedDigest, eventLine, lineWithoutPosition, type RecordedEvent } from '../event-store/index.ts';
import { counted, type Position } from '../kernel/index.ts';
import { destroyRecorded, isDestructionRecorded } from '../vault/index.ts';
import { KeyCopy } from './copy-keys.ts';
import { CopyRefused } from './copy-refused.ts';
import { Cursor } from './cursor.ts';
import type { Copied, CopyOptions, CopySource, CopyStep, LogTarget } from './port.ts';

/** Events, and bytes of their contents, that go to the target together. */
const BATCH_EVENTS = 1_000;
const BATCH_BYTES = 8_388_608;

/**
 * Copies a log with its keys, event by event, and continues where an earlier run ended: the target must hold the
 * source's first events. At the end the target is read back, and its digest compared with the source's. Every key that
 * came destroyed has its event in the copy (unless `until` cuts it off), and every key that the copied log says is
 * destroyed is so. Keeps one batch in memory. Throws CopyRefused, StoreUnavailable, OtherKey.
 */
export async function copyLog(source: CopySource, target: LogTarget, options: CopyOptions): Promise<Copied> {
  const copy = new Copy(source, target, options);
  const keys = new KeyCopy(source.keys, target.keys, options);
  await copy.compare(options.until ?? (await source.log.head()));
  await keys.begin();
  await keys.bring();
  await copy.bring(options.until ?? (await source.log.head()));
  // A key made and destroyed while the events came may have its event after them.
  for (let late = await keys.bringNew(); options.until === undefined; late = await keys.bringNew()) {
    if (!(await areToBeRead(late, source, target))) break;
    await copy.bring(await source.log.head());
  }
  await keys.check();
  await destroyRecorded(target.log, target.keys);
  return copy.check(keys.count);
}

/**
 * For a copy whose log was taken after its keys: adds the keys made between the two, and destroys those that its log
 * says are destroyed. False when an event that the copied log lacks destroyed one of the added keys.
 */
export async function copyNewKeys(source: CopySource, target: CopySource, signal?: AbortSignal): Promise<boolean> {
  const keys = new KeyCopy(source.keys, target.keys, signal === undefined ? {} : { signal });
  await keys.begin();
  const late = await keys.bringNew();
  await keys.check();
  await destroyRecorded(target.log, target.keys);
  return !(await areToBeRead(late, source, target));
}

/** Whether the source's log has an event of these keys' destruction that the target's lacks. */
async function areToBeRead(destroyed: readonly string[], source: CopySource, target: CopySource): Promise<boolean> {
  for (const id of destroyed) {
    if (await isDestructionRecorded(target.log, id)) continue;
    if (await isDestructionRecorded(source.log, id)) return true;
  }
  return false;
}

class Copy {
  readonly #source: CopySource;
  readonly #target: LogTarget;
  readonly #options: CopyOptions;
  readonly #line: (event: RecordedEvent) => string;
  /** Of the events that stood in the target before. */
  readonly #standing = new ChainedDigest();
  /** Of all events of the source. */
  readonly #due = new ChainedDigest();
  #comparedTo: Position = 0n;
  #sourcePosition: Position = 0n;

  constructor(source: CopySource, target: LogTarget, options: CopyOptions) {
    this.#source = source;
    this.#target = target;
    this.#options = options;
    this.#line = options.positions === 'kept' ? eventLine : lineWithoutPosition;
  }

  /** Refuses a target that holds anything but the source's first events up to a position. */
  async compare(until: Position): Promise<void> {
    const head = await this.#target.log.head();
    const events = new Cursor(this.#read(until));
    try {
      for await (const standing of this.#target.log.readAll()) {
        const event = await events.next();
        const line = this.#line(standing);
        if (event === undefined) throw new CopyRefused(`the target holds more than the source: ${placeOf(standing)}`);
        if (line !== this.#line(event)) {
          throw new CopyRefused(`the target holds something else than the source: ${placeOf(standing)}`);
        }
        this.#standing.add(line);
        this.#take(event, line);
        this.#comparedTo = standing.position;
        this.#tell('comparing', standing.position, head, this.#standing.count);
      }
    } finally {
      await events.close();
    }
  }

  /** Brings the source's events that the target lacks, up to a position. */
  async bring(until: Position): Promise<void> {
    let batch: RecordedEvent[] = [];
    let bytes = 0;
    const send = async (): Promise<void> => {
      if (batch.length > 0) await this.#target.into.add(batch);
      batch = [];
      bytes = 0;
      this.#tell('copying', this.#sourcePosition, until, this.#due.count);
    };
    for await (const event of this.#read(until)) {
      const line = this.#line(event);
      this.#take(event, line);
      batch.push(event);
      bytes += line.length;
      if (batch.length === BATCH_EVENTS || bytes >= BATCH_BYTES) await send();
    }
    await send();
  }

  async check(keys: number): Promise<Copied> {
    const copied = this.#due.count - this.#standing.count;
    const head = await this.#target.log.head();
    let targetPosition = this.#comparedTo;
    for await (const event of this.#target.log.readAll({ after: this.#comparedTo })) {
      this.#standing.add(this.#line(event));
      targetPosition = event.position;
      this.#tell('checking', event.position, head, this.#standing.count);
    }
    const [events, digest] = [this.#standing.count, this.#standing.hex()];
    if (events !== this.#due.count || digest !== this.#due.hex()) {
      const found = `${counted(this.#due.count, 'event')} of digest ${this.#due.hex()} became ${events} of ${digest}`;
      throw new CopyRefused(`the target does not hold what was copied: ${found}; does anybody else write to it?`);
    }
    return { events, copied, keys, sourcePosition: this.#sourcePosition, targetPosition, digest };
  }

  async *#read(until: Position): AsyncIterable<RecordedEvent> {
    for await (const event of this.#source.log.readAll({ after: this.#sourcePosition })) {
      this.#options.signal?.throwIfAborted();
      if (event.position > until) return;
      yield event;
    }
  }

  #take(event: RecordedEvent, line: string): void {
    this.#due.add(line);
    this.#sourcePosition = event.position;
  }

  #tell(step: CopyStep, done: Position, all: Position, count: number): void {
    this.#options.onProgress?.(step, done, all, count);
  }
}

function placeOf({ id, type, position }: RecordedEvent): string {
  return `its event ${id} (${type}) at position ${position} is not the source’s; copy into an empty place instead`;
}
