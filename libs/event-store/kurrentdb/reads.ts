import { type ClientReadableStream, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import featuresService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { Position } from '../../kernel/index.ts';
import { ReadRefused } from './faults.ts';
import type { Filter } from './filter.ts';
import { type RawEvent, type RawPlace, rawEvent, rawPlace } from './raw-event.ts';
import type { Endpoint, Settings } from './settings.ts';

type Direction = 'forwards' | 'backwards';

export interface AllRead {
  /** Forwards with the event at a position, backwards without it. */
  readonly from: Position | 'start' | 'end';
  readonly limit: number;
  readonly filter?: Filter;
  readonly direction?: Direction;
}

export interface StreamRead {
  readonly stream: string;
  /** A revision, or the newest one and backwards from there. */
  readonly from: bigint | 'end';
  readonly limit: number;
}

/** A read under way: its results, and the function that cancels it. */
export interface RawReading<Found = RawEvent> {
  readonly found: Promise<readonly Found[]>;
  cancel(): void;
}

/** The largest message: events of 16 MiB can be in a database, if not by this way. */
const LARGEST = 17 * 1024 * 1024;
/** The number of events that the filter of one read examines for a page of its answer. */
const WINDOW = 32;
const { FORWARDS, BACKWARDS } = streams.ReadReq.Options.ReadDirection;

/**
 * All reads of one node go through here. They use the protocol directly, because the client's reads wait for
 * acknowledgements, drop the server's words, and know times only to the second; subscriptions and writes use the
 * client. A mended client can replace this class without any other change.
 */
export class Reads {
  readonly #settings: Settings;
  readonly #streams: InstanceType<typeof streamsService.StreamsClient>;
  readonly #features: InstanceType<typeof featuresService.ServerFeaturesClient>;

  constructor({ host, port }: Endpoint, settings: Settings) {
    this.#settings = settings;
    const address = `${host}:${port}`;
    const options = { 'grpc.max_receive_message_length': LARGEST, 'grpc.use_local_subchannel_pool': 1 };
    this.#streams = new streamsService.StreamsClient(address, settings.channel, options);
    const channelOverride = this.#streams.getChannel();
    this.#features = new featuresService.ServerFeaturesClient(address, settings.channel, { channelOverride });
  }

  all(read: AllRead): RawReading {
    return this.#all(read, rawEvent);
  }

  /** The same read, with only the places of the events. */
  places(read: AllRead): RawReading<RawPlace> {
    return this.#all(read, rawPlace);
  }

  #all<Found>({ from, limit, filter, direction = 'forwards' }: AllRead, as: As<Found>): RawReading<Found> {
    const all = new streams.ReadReq.Options.AllOptions();
    if (from === 'start') all.setStart(new shared.Empty());
    else if (from === 'end') all.setEnd(new shared.Empty());
    else all.setPosition(positionOf(from));
    const options = usual(direction, limit).setAll(all);
    if (filter === undefined) options.setNoFilter(new shared.Empty());
    else options.setFilter(filterOf(filter));
    return this.#read(options, as);
  }

  stream({ stream, from, limit }: StreamRead): RawReading {
    const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));
    const one = new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier);
    if (from === 'end') one.setEnd(new shared.Empty());
    else one.setRevision(String(from));
    const options = usual(from === 'end' ? 'backwards' : 'forwards', limit);
    return this.#read(options.setStream(one).setNoFilter(new shared.Empty()), rawEvent);
  }

  /** The server's own version. Throws gRPC's error, after so many milliseconds too. */
  version(withinMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#features.getSupportedMethods(
        new shared.Empty(),
        new Metadata(),
        { deadline: Date.now() + withinMs },
        (error, supported) => {
          if (error === null) resolve(supported.getEventStoreServerVersion());
          else if (error.code === status.UNIMPLEMENTED) resolve('unknown');
          else reject(error);
        },
      );
    });
  }

  close(): void {
    this.#streams.close();
  }

  #read<Found>(options: streams.ReadReq.Options, as: As<Found>): RawReading<Found> {
    const call = this.#streams.read(new streams.ReadReq().setOptions(options), this.#metadata());
    return { found: collected(call, as), cancel: () => call.cancel() };
  }

  /** Without TLS no password is sent, as in the client. */
  #metadata(): Metadata {
    const { credentials, isSecure, preference } = this.#settings;
    const metadata = new Metadata();
    if (preference === 'leader') metadata.set('requires-leader', 'true');
    if (credentials === undefined || !isSecure) return metadata;
    const { username, password } = credentials;
    metadata.set('authorization', `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
    return metadata;
  }
}

/** The conversion of an event of the protocol. */
type As<Found> = (event: streams.ReadResp.ReadEvent.RecordedEvent) => Found;

function collected<Found>(call: ClientReadableStream<streams.ReadResp>, as: As<Found>): Promise<readonly Found[]> {
  return new Promise((resolve, reject) => {
    const found: Found[] = [];
    let missing = false;
    call.on('data', (answer: streams.ReadResp) => {
      const event = answer.getEvent()?.getEvent();
      if (event !== undefined) found.push(as(event));
      missing ||= answer.hasStreamNotFound();
    });
    call.on('end', () =>
      missing ? reject(new ReadRefused('stream-not-found', 'the stream is not there')) : resolve(found),
    );
    call.on('error', (error: ServiceError) => reject(ReadRefused.by(error)));
  });
}

function usual(direction: Direction, limit: number): streams.ReadReq.Options {
  return new streams.ReadReq.Options()
    .setReadDirection(direction === 'forwards' ? FORWARDS : BACKWARDS)
    .setResolveLinks(false)
    .setCount(String(limit))
    .setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()));
}

function positionOf(position: Position): streams.ReadReq.Options.Position {
  const text = String(position);
  return new streams.ReadReq.Options.Position().setCommitPosition(text).setPreparePosition(text);
}

function filterOf(filter: Filter): streams.ReadReq.Options.FilterOptions {
  const expression = new streams.ReadReq.Options.FilterOptions.Expression();
  if ('regex' in filter && filter.regex !== undefined) expression.setRegex(filter.regex);
  if ('prefixes' in filter && filter.prefixes !== undefined) expression.setPrefixList(filter.prefixes);
  const options = new streams.ReadReq.Options.FilterOptions().setMax(WINDOW).setCheckpointintervalmultiplier(1);
  if (filter.filterOn === 'eventType') return options.setEventType(expression);
  return options.setStreamIdentifier(expression);
}
