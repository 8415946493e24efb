import type { ServerDuplexStream } from '@grpc/grpc-js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import statusMessages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { Message } from 'google-protobuf';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { refusalOf } from './append-calls.ts';
import type { Written } from './log-writer.ts';
import { Refused, recordOf, refuseTooLarge, streamNameOf } from './proposals.ts';
import { NO_STREAM } from './record-log.ts';
import type { ExpectedRevision, NewRecord } from './records.ts';
import { invalidArgument, unavailable } from './rpc-errors.ts';
import type { ServerParts } from './server-parts.ts';

type Call = ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>;
type Options = streams.BatchAppendReq.Options;

/** An append that comes in parts: they are recorded together when the final one is there. */
interface Pending {
  readonly options: Options;
  readonly stream: string;
  readonly records: NewRecord[];
}

/** The call that takes many appends on one stream of messages, each answered by its correlation id. */
export function batchAppend(parts: ServerParts): (call: Call) => void {
  return (call) => {
    const appends = new BatchAppends(parts, call);
    call.on('data', (request: streams.BatchAppendReq) => appends.take(request));
    call.on('end', () => appends.end());
    call.on('error', () => {});
  };
}

class BatchAppends {
  readonly #parts: ServerParts;
  readonly #call: Call;
  readonly #pending = new Map<string, Pending>();
  #underWay = 0;
  #ended = false;

  constructor(parts: ServerParts, call: Call) {
    this.#parts = parts;
    this.#call = call;
  }

  take(request: streams.BatchAppendReq): void {
    this.#underWay += 1;
    this.#answer(request).then(
      () => this.#finished(),
      (error) => this.#call.emit('error', refusalOf(error)),
    );
  }

  /** The client sends nothing more: what it sent is still answered. */
  end(): void {
    this.#ended = true;
    this.#endWhenIdle();
  }

  #finished(): void {
    this.#underWay -= 1;
    this.#endWhenIdle();
  }

  #endWhenIdle(): void {
    if (this.#ended && this.#underWay === 0) this.#call.end();
  }

  async #answer(request: streams.BatchAppendReq): Promise<void> {
    const pending = this.#gather(request);
    if (pending === undefined || !request.getIsFinal()) return;
    this.#pending.delete(correlationOf(request));
    await this.#parts.gate.pass(this.#call, 'write');
    const { batchStream } = this.#parts.faults.settings;
    if (batchStream !== undefined && !batchStream.recorded) return this.#breakOff();
    const answer = await this.#append(pending);
    if (batchStream !== undefined) return this.#breakOff();
    await this.#parts.faults.mayAcknowledge();
    this.#say(request, pending.stream, answer);
  }

  /** A request that cannot be taken is answered here, and gives nothing. */
  #gather(request: streams.BatchAppendReq): Pending | undefined {
    const id = correlationOf(request);
    const options = request.getOptions();
    try {
      if (options !== undefined) {
        this.#pending.set(id, { options, stream: streamNameOf(options.getStreamIdentifier()), records: [] });
      }
      const pending = this.#pending.get(id);
      pending?.records.push(...request.getProposedMessagesList().map(recordOf));
      refuseTooLarge(pending?.records ?? [], this.#parts.maxAppendBytes);
      return pending;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const stream = this.#pending.get(id)?.stream ?? '';
      this.#pending.delete(id);
      this.#say(request, stream, refusedAnswer(error, this.#parts.maxAppendBytes));
      return undefined;
    }
  }

  async #append({ options, stream, records }: Pending): Promise<streams.BatchAppendResp> {
    const answer = new streams.BatchAppendResp();
    if (isOver(options)) return answer.setError(statusOf('Timeout', new shared.Timeout()));
    const written = await this.#parts.writer.append({ stream, expected: expectedIn(options), records });
    if (written.kind === 'recorded') return answer.setSuccess(success(written));
    return answer.setError(
      written.kind === 'deleted'
        ? statusOf('StreamDeleted', new shared.StreamDeleted().setStreamIdentifier(options.getStreamIdentifier()))
        : statusOf('WrongExpectedVersion', wrongRevision(options, written.current)),
    );
  }

  #breakOff(): void {
    const fault = this.#parts.faults.take('batchStream');
    if (fault?.end !== 'error') this.#call.end();
    else this.#call.emit('error', unavailable('The stream was broken off.'));
  }

  #say(request: streams.BatchAppendReq, stream: string, answer: streams.BatchAppendResp): void {
    const identifier = new shared.StreamIdentifier();
    identifier.setStreamName(Buffer.from(stream, 'utf8').toString('base64'));
    answer.setCorrelationId(request.getCorrelationId()).setStreamIdentifier(identifier);
    if (this.#call.writable) this.#call.write(answer);
  }
}

function correlationOf(request: streams.BatchAppendReq): string {
  const id = request.getCorrelationId();
  return id?.hasStructured() === true ? JSON.stringify(id.toObject()) : (id?.getString() ?? '');
}

/** The time that the client gave this append is over: it is not recorded. */
function isOver(options: Options): boolean {
  const until = options.getDeadline21100()?.toDate();
  return until !== undefined && until.getTime() <= Date.now();
}

function expectedIn(options: Options): ExpectedRevision {
  if (options.hasStreamPosition()) return BigInt(options.getStreamPosition());
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasStreamExists()) return 'stream-exists';
  if (options.hasAny()) return 'any';
  throw new Refused(invalidArgument('The expected revision is missing.'));
}

function success({ revision, position }: Written & { kind: 'recorded' }): streams.BatchAppendResp.Success {
  const answer = new streams.BatchAppendResp.Success();
  if (revision < 0n) answer.setNoStream(new empty.Empty());
  else answer.setCurrentRevision(String(revision));
  if (position < 0n) return answer.setNoPosition(new empty.Empty());
  const at = new shared.AllStreamPosition();
  at.setCommitPosition(String(position)).setPreparePosition(String(position));
  return answer.setPosition(at);
}

function wrongRevision(options: Options, current: bigint): shared.WrongExpectedVersion {
  const wrong = new shared.WrongExpectedVersion();
  if (current === NO_STREAM) wrong.setCurrentNoStream(new empty.Empty());
  else wrong.setCurrentStreamRevision(String(current));
  if (options.hasStreamPosition()) return wrong.setExpectedStreamPosition(options.getStreamPosition());
  if (options.hasNoStream()) return wrong.setExpectedNoStream(new empty.Empty());
  if (options.hasStreamExists()) return wrong.setExpectedStreamExists(new empty.Empty());
  return wrong.setExpectedAny(new empty.Empty());
}

function refusedAnswer({ refusal }: Refused, maxAppendBytes: number): streams.BatchAppendResp {
  const tooLarge = refusal.metadata?.get('exception')[0] === 'maximum-append-size-exceeded';
  const detail = tooLarge
    ? statusOf('MaximumAppendSizeExceeded', new shared.MaximumAppendSizeExceeded().setMaxappendsize(maxAppendBytes))
    : statusOf('BadRequest', new shared.BadRequest().setMessage(refusal.details));
  return new streams.BatchAppendResp().setError(detail);
}

/** The error as the client unpacks it: by the name of its type. */
function statusOf(name: string, detail: Message): statusMessages.Status {
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), `event_store.client.${name}`);
  return new statusMessages.Status().setMessage(name).setDetails(packed);
}
