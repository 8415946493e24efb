import { credentials, type ServiceError } from '@grpc/grpc-js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

/** Reads `$all` from a position, by a prefix or a pattern of streams, and gives the refusal as it was sent: the client drops its words. */
export function readRaw(port: number, commit: bigint, prefix?: string, regex?: string): Promise<ServiceError | null> {
  const raw = new streamsService.StreamsClient(`127.0.0.1:${port}`, credentials.createInsecure());
  const position = new streams.ReadReq.Options.Position();
  position.setCommitPosition(String(commit)).setPreparePosition(String(commit));
  const options = new streams.ReadReq.Options()
    .setAll(new streams.ReadReq.Options.AllOptions().setPosition(position))
    .setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()))
    .setCount('10');
  const expression = new streams.ReadReq.Options.FilterOptions.Expression();
  if (regex !== undefined) expression.setRegex(regex);
  else if (prefix !== undefined) expression.setPrefixList([prefix]);
  const filter = new streams.ReadReq.Options.FilterOptions().setStreamIdentifier(expression).setMax(32);
  if (regex === undefined && prefix === undefined) options.setNoFilter(new shared.Empty());
  else options.setFilter(filter);
  return new Promise((resolve) => {
    const call = raw.read(new streams.ReadReq().setOptions(options));
    const end = (error: ServiceError | null): void => {
      raw.close();
      resolve(error);
    };
    call.on('data', () => {});
    call.on('error', end);
    call.on('end', () => end(null));
  });
}
