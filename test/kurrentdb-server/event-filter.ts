import type streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { regexOf } from './dotnet-pattern.ts';
import { Refused } from './proposals.ts';
import type { StoredRecord } from './records.ts';
import { invalidArgument } from './rpc-errors.ts';

export interface EventFilter {
  passes(record: StoredRecord): boolean;
  /** How many events are looked at for one page. */
  readonly window: number;
  /** After so many events looked at, a subscription is told a checkpoint. */
  readonly checkpointInterval: number;
}

/** How many events the real server reads at once unless told. */
export const PAGE = 32;

/** The stream that the server keeps for itself; readers of `$all` never see it. */
export const OWN_STREAM = '$epoch-information';

const isShown = ({ stream }: StoredRecord): boolean => stream !== OWN_STREAM;

/** What a reader of `$all` is shown, by the filter of the request. Throws Refused for a filter that cannot be served. */
export function filterOf(options: streams.ReadReq.Options): EventFilter {
  const filter = options.getFilter();
  if (filter === undefined) return { passes: isShown, window: PAGE, checkpointInterval: Number.POSITIVE_INFINITY };
  const window = filter.hasMax() ? filter.getMax() : PAGE;
  const multiplier = filter.getCheckpointintervalmultiplier();
  if (window === 0) throw new Refused(invalidArgument('The search window of a filter is at least 1.'));
  if (options.hasSubscription() && multiplier === 0) {
    throw new Refused(invalidArgument('The checkpoint interval of a filter is at least 1.'));
  }
  const matches = matcherOf(filter);
  const passes = (record: StoredRecord): boolean => isShown(record) && matches(record);
  return { passes, window, checkpointInterval: window * multiplier };
}

function matcherOf(filter: streams.ReadReq.Options.FilterOptions): (record: StoredRecord) => boolean {
  const byStream = filter.getStreamIdentifier();
  const byType = filter.getEventType();
  if (byStream !== undefined) return matching(byStream, ({ stream }) => stream);
  if (byType !== undefined) return matching(byType, ({ type }) => type);
  throw new Refused(invalidArgument('A filter is by stream or by event type.'));
}

function matching(
  expression: streams.ReadReq.Options.FilterOptions.Expression,
  text: (record: StoredRecord) => string,
): (record: StoredRecord) => boolean {
  const pattern = expression.getRegex();
  if (pattern !== '') {
    const regex = regexOf(pattern);
    return (record) => regex.test(text(record));
  }
  const prefixes = expression.getPrefixList();
  return (record) => prefixes.some((prefix) => text(record).startsWith(prefix));
}
