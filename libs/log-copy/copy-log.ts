import { ChainedDigest, eventLine, lineWithoutPosition, type RecordedEvent } from '../event-store/index.ts';
import type { Position } from '../kernel/index.ts';
import { copyKeys } from './copy-keys.ts';
import { CopyRefused } from './copy-refused.ts';
import { Cursor } from './cursor.ts';
import type { Copied, CopyOptions, CopyStep, LogSource, LogTarget } from './port.ts';

/** Events, and bytes of their contents, that go to the target together. */
const BATCH_EVENTS = 1_000;
const BATCH_BYTES = 8_388_608;

/**
 * Copies a log with its keys, event by event, and goes on where an earlier run ended: what stands in the target already
 * must be the source's first events. At the end the target is read back, and its digest compared with the source's.
 * Keeps one batch in memory. Throws CopyRefused, StoreUnavailable, OtherKey.
 */
export async function copyLog(source: LogSource, target: LogTarget, options: CopyOptions): Promise<Copied> {
  const until = options.until ?? (await source.log.head());
  const events = new Cursor(source.log.readAll());
  try {
    const copy = new Copy(target, { ...options, until });
    await copy.compare(events);
    await copy.bring(events);
    const keys = await copyKeys(source.keys, target.keys, options);
    return await copy.check(keys);
  } finally {
    await events.close();
  }
}

class Copy {
  readonly #target: LogTarget;
  readonly #options: CopyOptions & { readonly until: Position };
  readonly #line: (event: RecordedEvent) => string;
  /** Of the events that stood in the target before. */
  readonly #standing = new ChainedDigest();
  /** Of all events of the source. */
  readonly #due = new ChainedDigest();
  #comparedTo: Position = 0n;
  #sourcePosition: Position = 0n;

  constructor(target: LogTarget, options: CopyOptions & { readonly until: Position }) {
    this.#target = target;
    this.#options = options;
    this.#line = options.positions === 'kept' ? eventLine : lineWithoutPosition;
  }

  /** Refuses a target that holds anything but the source's first events. */
  async compare(events: Cursor<RecordedEvent>): Promise<void> {
    const head = await this.#target.log.head();
    for await (const standing of this.#target.log.readAll()) {
      const event = await this.#next(events);
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
  }

  async bring(events: Cursor<RecordedEvent>): Promise<void> {
    let batch: RecordedEvent[] = [];
    let bytes = 0;
    const send = async (): Promise<void> => {
      if (batch.length > 0) await this.#target.into.add(batch);
      batch = [];
      bytes = 0;
      this.#tell('copying', this.#sourcePosition, this.#options.until, this.#due.count);
    };
    for (let event = await this.#next(events); event !== undefined; event = await this.#next(events)) {
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
      const found = `${this.#due.count} events of digest ${this.#due.hex()} became ${events} of ${digest}`;
      throw new CopyRefused(`the target does not hold what was copied: ${found}; does anybody else write to it?`);
    }
    return { events, copied, keys, sourcePosition: this.#sourcePosition, targetPosition, digest };
  }

  async #next(events: Cursor<RecordedEvent>): Promise<RecordedEvent | undefined> {
    this.#options.signal?.throwIfAborted();
    const event = await events.next();
    return event === undefined || event.position > this.#options.until ? undefined : event;
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
