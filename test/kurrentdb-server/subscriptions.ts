import { randomUUID } from 'node:crypto';
import type streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { caughtUpAnswer, checkpointAnswer, confirmationAnswer, type IdForm, type Reached } from './answers.ts';
import { Deliveries } from './deliveries.ts';
import { type EventFilter, filterOf, PAGE } from './event-filter.ts';
import type { Outlet } from './outlet.ts';
import { Refused, streamNameOf } from './proposals.ts';
import { DELETED, type RecordLog } from './record-log.ts';
import { refusedSubscription, streamDeleted, thrownByHandler } from './rpc-errors.ts';
import type { ServerParts } from './server-parts.ts';
import { readVisible, stateOf } from './stream-rules.ts';

type Options = streams.ReadReq.Options;

/** Where a subscription stands between two pages. */
interface Progress {
  /** Nothing more is waiting: the next events are live ones. */
  readonly atEnd: boolean;
  readonly reached: Reached;
}

/** Follows `$all` from after a position: events that pass the filter, checkpoints, and word of having caught up. */
export async function subscribeToAll(parts: ServerParts, options: Options, ids: IdForm, outlet: Outlet): Promise<void> {
  const filter = filterOf(options);
  const start = startOf(options.getAll(), parts.log);
  if (options.getAll()?.hasPosition() === true && !parts.log.isBoundary(start)) await refuse(parts, outlet);
  await outlet.say(confirmationAnswer(randomUUID()));
  await follow(parts, outlet, new AllFollowing(parts, filter, new Deliveries(parts.faults, outlet, ids), start));
}

/** The position after which events are wanted. */
function startOf(all: streams.ReadReq.Options.AllOptions | undefined, log: RecordLog): bigint {
  const asked = all?.getPosition();
  if (asked === undefined) return all?.hasEnd() === true ? log.end - 1n : -1n;
  return BigInt(asked.getCommitPosition());
}

/** The newer server confirms the subscription before it reads; the older one reads first, and did not expect this. */
async function refuse({ version }: ServerParts, outlet: Outlet): Promise<never> {
  if (version === '23.10') throw new Refused(thrownByHandler());
  await outlet.say(confirmationAnswer(randomUUID()));
  throw new Refused(refusedSubscription());
}

/** Follows one stream from after a revision. One that is not there yet says nothing until something comes; one with a tombstone is refused. */
export async function subscribeToStream(
  parts: ServerParts,
  options: Options,
  ids: IdForm,
  outlet: Outlet,
): Promise<void> {
  const asked = options.getStream();
  const stream = streamNameOf(asked?.getStreamIdentifier());
  if (stateOf(parts.log, stream) === 'deleted') throw new Refused(streamDeleted(stream));
  const after = asked?.hasRevision() === true ? BigInt(asked.getRevision()) : -1n;
  const start = asked?.hasEnd() === true ? parts.log.lastRevision(stream) : after;
  while (outlet.isOpen && stateOf(parts.log, stream) === 'missing') await wakened(parts.writer, parts.faults, outlet);
  await outlet.say(confirmationAnswer(randomUUID()));
  await follow(parts, outlet, new StreamFollowing(parts, stream, new Deliveries(parts.faults, outlet, ids), start));
}

interface Following {
  /** Delivers the next page; false for `live` means that the reader has not yet been told that it caught up. */
  next(live: boolean): Promise<Progress>;
  readonly deliveries: Deliveries;
  /** How many events wait, up to one more than a page. */
  waiting(): number;
}

async function follow(parts: ServerParts, outlet: Outlet, following: Following): Promise<void> {
  const { writer, faults } = parts;
  let live = false;
  while (outlet.isOpen) {
    await faults.mayAnswer();
    if (await following.deliveries.areOver()) return;
    if (following.waiting() > PAGE) live = false;
    const { atEnd, reached } = await following.next(live);
    if (!atEnd) continue;
    if (!live) await outlet.say(caughtUpAnswer(reached));
    live = true;
    if (following.waiting() === 0) await wakened(writer, faults, outlet);
  }
}

/** Resolves on the next commit, the next change of a fault, or when the reader is gone. */
function wakened(writer: ServerParts['writer'], faults: ServerParts['faults'], { gone }: Outlet): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      writer.off('committed', wake);
      faults.off('changed', wake);
      gone.removeEventListener('abort', wake);
      resolve();
    };
    writer.on('committed', wake);
    faults.on('changed', wake);
    gone.addEventListener('abort', wake);
    if (gone.aborted) wake();
  });
}

class AllFollowing implements Following {
  readonly deliveries: Deliveries;
  readonly #parts: ServerParts;
  readonly #filter: EventFilter;
  /** The last position that was looked at. */
  #seen: bigint;
  /** The last position that the reader may go on from: an event that it got, or where a page began. */
  #checkpoint: bigint;
  #told: bigint;
  /** Looked at since the last checkpoint, of what stood there when the subscription began, and of what came since. */
  #considered = 0;
  #came = 0;
  readonly #began: bigint;

  constructor(parts: ServerParts, filter: EventFilter, deliveries: Deliveries, start: bigint) {
    this.#parts = parts;
    this.#filter = filter;
    this.deliveries = deliveries;
    this.#seen = start;
    this.#checkpoint = start;
    this.#told = start;
    this.#began = parts.log.end;
  }

  waiting(): number {
    return this.#parts.log.countAfter(this.#seen, PAGE + 1);
  }

  async next(live: boolean): Promise<Progress> {
    const { window, passes, checkpointInterval } = this.#filter;
    const page = this.#parts.log.readAll(this.#seen + 1n, 'forwards', window);
    const [first] = page;
    for (const record of page) {
      this.#seen = record.position;
      this.#considered += 1;
      if (record.position >= this.#began) this.#came += 1;
      const due = this.#came >= checkpointInterval;
      if (due) this.#came = 0;
      if (passes(record)) {
        if (!(await this.deliveries.deliver(record))) return this.#progress(false);
        this.#checkpoint = record.position;
      }
      if (live && due) await this.#tellCheckpoint(record.position);
    }
    const atEnd = page.length < window;
    if (!live) {
      if (first !== undefined && first.position > this.#checkpoint) this.#checkpoint = first.position;
      const due = atEnd || this.#considered >= checkpointInterval;
      if (due && checkpointInterval !== Number.POSITIVE_INFINITY) await this.#tellCheckpoint(this.#checkpoint);
    }
    return this.#progress(atEnd);
  }

  /** The same checkpoint is never told twice. */
  async #tellCheckpoint(position: bigint): Promise<void> {
    this.#considered = 0;
    this.#checkpoint = position;
    if (position <= this.#told) return;
    this.#told = position;
    await this.deliveries.tell(checkpointAnswer(position));
  }

  #progress(atEnd: boolean): Progress {
    return { atEnd, reached: this.#checkpoint < 0n ? undefined : { position: this.#checkpoint } };
  }
}

class StreamFollowing implements Following {
  readonly deliveries: Deliveries;
  readonly #parts: ServerParts;
  readonly #stream: string;
  #seen: bigint;

  constructor(parts: ServerParts, stream: string, deliveries: Deliveries, start: bigint) {
    this.#parts = parts;
    this.#stream = stream;
    this.deliveries = deliveries;
    this.#seen = start;
  }

  waiting(): number {
    return this.#read(PAGE + 1).length;
  }

  async next(): Promise<Progress> {
    const page = this.#read(PAGE);
    for (const record of page) {
      if (record.revision === DELETED) throw new Refused(streamDeleted(this.#stream));
      if (!(await this.deliveries.deliver(record))) return this.#progress(false);
      this.#seen = record.revision;
    }
    return this.#progress(this.waiting() === 0);
  }

  #read(limit: number) {
    return readVisible(this.#parts.log, {
      stream: this.#stream,
      from: this.#seen + 1n,
      direction: 'forwards',
      limit,
    });
  }

  #progress(atEnd: boolean): Progress {
    return { atEnd, reached: this.#seen < 0n ? undefined : { revision: this.#seen } };
  }
}
