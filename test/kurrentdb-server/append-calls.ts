import type { ServerReadableStream, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { Written } from './log-writer.ts';
import { Refused, recordOf, refuseTooLarge, streamNameOf } from './proposals.ts';
import { NO_STREAM } from './record-log.ts';
import type { ExpectedRevision } from './records.ts';
import { invalidArgument, type Refusal, streamDeleted, unavailable, wrongExpectedVersion } from './rpc-errors.ts';
import type { ServerParts } from './server-parts.ts';

type AppendCall = ServerReadableStream<streams.AppendReq, streams.AppendResp>;
type DeleteOptions = streams.DeleteReq.Options | streams.TombstoneReq.Options;
type OptionsWithRevision = DeleteOptions | streams.AppendReq.Options;

/** The calls that write one by one: append, delete, tombstone. */
export function appendCalls(parts: ServerParts) {
  return {
    append: (call: AppendCall, answer: sendUnaryData<streams.AppendResp>): void =>
      answerWith(answer, () => append(parts, call)),
    delete: (call: ServerUnaryCall<streams.DeleteReq, streams.DeleteResp>, answer: sendUnaryData<streams.DeleteResp>) =>
      answerWith(answer, async () => {
        await parts.gate.pass(call, 'write');
        const position = new streams.DeleteResp.Position();
        const at = await remove(parts, call.request.getOptions(), false);
        position.setCommitPosition(at).setPreparePosition(at);
        return new streams.DeleteResp().setPosition(position);
      }),
    tombstone: (
      call: ServerUnaryCall<streams.TombstoneReq, streams.TombstoneResp>,
      answer: sendUnaryData<streams.TombstoneResp>,
    ) =>
      answerWith(answer, async () => {
        await parts.gate.pass(call, 'write');
        const position = new streams.TombstoneResp.Position();
        const at = await remove(parts, call.request.getOptions(), true);
        position.setCommitPosition(at).setPreparePosition(at);
        return new streams.TombstoneResp().setPosition(position);
      }),
  };
}

async function append(parts: ServerParts, call: AppendCall): Promise<streams.AppendResp> {
  const messages: streams.AppendReq[] = [];
  for await (const message of call) if (message instanceof streams.AppendReq) messages.push(message);
  await parts.gate.pass(call, 'write');
  const [first, ...rest] = messages;
  const options = first?.getOptions();
  if (options === undefined) throw new Refused(invalidArgument('An append begins with its options.'));
  const stream = streamNameOf(options.getStreamIdentifier());
  const records = rest.map((message) => {
    const proposed = message.getProposedMessage();
    if (proposed === undefined) throw new Refused(invalidArgument('An append has its options once.'));
    return recordOf(proposed);
  });
  refuseTooLarge(records, parts.maxAppendBytes);
  const written = await parts.writer.append({ stream, expected: expectedIn(options), records });
  await parts.faults.mayAcknowledge();
  return appendAnswer(stream, options, written);
}

function appendAnswer(stream: string, options: streams.AppendReq.Options, written: Written): streams.AppendResp {
  if (written.kind === 'deleted') throw new Refused(streamDeleted(stream));
  const answer = new streams.AppendResp();
  if (written.kind === 'recorded') return answer.setSuccess(success(written));
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (options.hasAny()) wrong.setExpectedAny(new shared.Empty());
  else if (options.hasStreamExists()) wrong.setExpectedStreamExists(new shared.Empty());
  else if (options.hasNoStream()) wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(options.getRevision());
  if (written.current === NO_STREAM) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(written.current));
  return answer.setWrongExpectedVersion(wrong);
}

function success({ revision, position }: Written & { kind: 'recorded' }): streams.AppendResp.Success {
  const answer = new streams.AppendResp.Success();
  if (revision < 0n) answer.setNoStream(new shared.Empty());
  else answer.setCurrentRevision(String(revision));
  if (position < 0n) return answer.setNoPosition(new shared.Empty());
  const at = new streams.AppendResp.Position();
  at.setCommitPosition(String(position)).setPreparePosition(String(position));
  return answer.setPosition(at);
}

/** The position of what was written, as a string. */
async function remove(parts: ServerParts, options: DeleteOptions | undefined, hard: boolean): Promise<string> {
  if (options === undefined) throw new Refused(invalidArgument('A delete has options.'));
  const stream = streamNameOf(options.getStreamIdentifier());
  const expected = expectedIn(options);
  const written = await parts.writer.delete({ stream, expected, hard });
  await parts.faults.mayAcknowledge();
  if (written.kind === 'deleted') throw new Refused(streamDeleted(stream));
  if (written.kind === 'wrong-revision') throw new Refused(wrongExpectedVersion(stream, expected, written.current));
  return String(written.position);
}

function expectedIn(options: OptionsWithRevision): ExpectedRevision {
  if (options.hasRevision()) return BigInt(options.getRevision());
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasStreamExists()) return 'stream-exists';
  if (options.hasAny()) return 'any';
  throw new Refused(invalidArgument('The expected revision is missing.'));
}

/** Answers what the work resolves with, or its refusal. */
export function answerWith<Answer>(answer: sendUnaryData<Answer>, work: () => Promise<Answer>): void {
  work().then(
    (message) => answer(null, message),
    (error) => answer(refusalOf(error)),
  );
}

export function refusalOf(error: unknown): Refusal {
  return error instanceof Refused ? error.refusal : unavailable(String(error));
}
