import type { ServerWritableStream } from '@grpc/grpc-js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { eventAnswer, type IdForm, streamNotFoundAnswer } from './answers.ts';
import { refusalOf } from './append-calls.ts';
import { filterOf, PAGE } from './event-filter.ts';
import { Outlet } from './outlet.ts';
import { Refused, streamNameOf } from './proposals.ts';
import { DELETED } from './record-log.ts';
import type { ReadDirection, StoredRecord } from './records.ts';
import { invalidArgument, refusedRead, streamDeleted } from './rpc-errors.ts';
import type { ServerParts } from './server-parts.ts';
import { readVisible, stateOf } from './stream-rules.ts';
import { subscribeToAll, subscribeToStream } from './subscriptions.ts';

export type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;
type Options = streams.ReadReq.Options;

/** The call that reads and subscribes, to a stream or to `$all`. */
export function readCall(parts: ServerParts): (call: ReadCall) => void {
  return (call) => {
    const outlet = new Outlet(call);
    read(parts, call, outlet).then(
      () => outlet.end(),
      (error) => outlet.fail(refusalOf(error)),
    );
  };
}

async function read(parts: ServerParts, call: ReadCall, outlet: Outlet): Promise<void> {
  await parts.gate.pass(call, 'read');
  const options = call.request.getOptions();
  if (options === undefined) throw new Refused(invalidArgument('A read has options.'));
  const ids: IdForm = options.getUuidOption()?.hasString() === true ? 'string' : 'structured';
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  if (options.hasSubscription()) {
    if (backwards) throw new Refused(invalidArgument('A subscription goes forwards.'));
    return options.hasAll()
      ? subscribeToAll(parts, options, ids, outlet)
      : subscribeToStream(parts, options, ids, outlet);
  }
  const reading = { direction: backwards ? 'backwards' : 'forwards', ids, outlet } as const;
  return options.hasAll() ? readAll(parts, options, reading) : readStream(parts, options, reading);
}

interface Reading {
  readonly direction: ReadDirection;
  readonly ids: IdForm;
  readonly outlet: Outlet;
}

async function readAll(parts: ServerParts, options: Options, { direction, ids, outlet }: Reading): Promise<void> {
  const { log } = parts;
  const filter = filterOf(options);
  let left = BigInt(options.getCount());
  let position = startInAll(options.getAll(), log.end);
  if (!log.isBoundary(position)) throw new Refused(refusedRead(parts.version, options.hasFilter()));
  while (left > 0n && outlet.isOpen) {
    const page = log.readAll(position, direction, PAGE);
    for (const record of page.filter(filter.passes)) {
      if (left === 0n) return;
      await outlet.say(eventAnswer(record, ids));
      left -= 1n;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    position = direction === 'forwards' ? last.position + 1n : last.position;
  }
}

function startInAll(all: streams.ReadReq.Options.AllOptions | undefined, end: bigint): bigint {
  const position = all?.getPosition();
  if (position !== undefined) return BigInt(position.getCommitPosition());
  if (all?.hasEnd() === true) return end;
  return 0n;
}

async function readStream(parts: ServerParts, options: Options, { direction, ids, outlet }: Reading): Promise<void> {
  const { log } = parts;
  const asked = options.getStream();
  const stream = streamNameOf(asked?.getStreamIdentifier());
  const state = stateOf(log, stream);
  if (state === 'deleted') throw new Refused(streamDeleted(stream));
  if (state === 'missing') return outlet.say(streamNotFoundAnswer(stream));
  const last = log.lastRevision(stream);
  let left = BigInt(options.getCount());
  let from = startInStream(asked, last, direction);
  while (left > 0n && outlet.isOpen && from >= 0n) {
    const limit = left < PAGE ? Number(left) : PAGE;
    const page = readVisible(log, { stream, from, direction, limit });
    for (const record of page) await outlet.say(eventAnswer(record, ids));
    left -= BigInt(page.length);
    const newest: StoredRecord | undefined = page.at(-1);
    if (newest === undefined) return;
    from = direction === 'forwards' ? newest.revision + 1n : newest.revision - 1n;
  }
}

/** Backwards from beyond the end begins with the last event; forwards from the end finds nothing. */
function startInStream(
  asked: streams.ReadReq.Options.StreamOptions | undefined,
  last: bigint,
  direction: ReadDirection,
): bigint {
  if (asked?.hasRevision() === true) {
    const revision = BigInt(asked.getRevision());
    return direction === 'backwards' && revision > last ? last : revision;
  }
  if (asked?.hasEnd() === true) return direction === 'backwards' ? last : DELETED;
  return 0n;
}
