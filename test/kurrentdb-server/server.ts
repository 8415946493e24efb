import { join } from 'node:path';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import gossipService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import featuresService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import { appendCalls } from './append-calls.ts';
import { batchAppend } from './batch-append.ts';
import { certificateIn } from './certificates.ts';
import { gossipOf, serverFeatures } from './discovery.ts';
import { OWN_STREAM } from './event-filter.ts';
import { type FaultSettings, Faults } from './faults.ts';
import { type Credentials, Gate } from './gate.ts';
import { Listener } from './listener.ts';
import { LogWriter, systemRecord } from './log-writer.ts';
import { streamNameOf } from './proposals.ts';
import { type ReadCall, readCall } from './read-calls.ts';
import { NO_STREAM, RecordLog } from './record-log.ts';
import type { ServerVersion } from './rpc-errors.ts';
import type { ServerParts } from './server-parts.ts';

export interface KurrentDbServerOptions {
  /** Where the log and the certificate are kept; a server that is started there again has all that it acknowledged. */
  readonly dir: string;
  /** 0, and when not told, takes a free one. */
  readonly port?: number;
  /** With a certificate that signs itself, in `caFile`. */
  readonly tls?: boolean;
  /** Whom the server knows; asked for with TLS alone, as by the real one. */
  readonly credentials?: Credentials;
  readonly faults?: FaultSettings;
  /** The most that one append may take, in bytes; 1 MiB unless told. */
  readonly maxAppendBytes?: number;
  /** As which version it answers where they differ; the newer one unless told. */
  readonly version?: ServerVersion;
}

export interface KurrentDbServer {
  readonly port: number;
  /** For `EVENT_STORE_URL` and the client: with name and password, and with `tlsCaFile` when it has them. */
  readonly url: string;
  /** The certificate that clients must trust, when the server has TLS. */
  readonly caFile: string | undefined;
  readonly faults: Faults;
  /** How often it was asked for the nodes of its cluster. */
  gossips(): number;
  /** How often a stream was read, subscriptions and those of the vault's keys aside. */
  streamReads(): number;
  /** Resolves when connections are refused or taken as the switch says. */
  settled(): Promise<void>;
  /** Ends all streams, cuts all connections and closes the file. */
  close(): Promise<void>;
}

const MAX_APPEND_BYTES = 1024 * 1024;
const NOTHING = new Uint8Array();

/**
 * Starts a server that speaks KurrentDB's protocol, so that the unmodified client can be tested without KurrentDB.
 * What it does as the real one does, and what it does not, stands in README.md.
 */
export async function startKurrentDbServer(options: KurrentDbServerOptions): Promise<KurrentDbServer> {
  const { dir, port = 0, tls = false, credentials, maxAppendBytes = MAX_APPEND_BYTES, version = '24.2' } = options;
  const log = new RecordLog(dir);
  beginEpoch(log);
  const writer = new LogWriter(log);
  const faults = new Faults(options.faults);
  const gate = new Gate(faults, tls ? credentials : undefined);
  const certificate = tls ? await certificateIn(join(dir, 'tls')) : undefined;
  const grpc = new Server({ 'grpc.max_receive_message_length': 64 * 1024 * 1024 });
  const listener = new Listener(
    grpc.createConnectionInjector(
      certificate === undefined
        ? ServerCredentials.createInsecure()
        : ServerCredentials.createSsl(null, [
            { private_key: Buffer.from(certificate.key), cert_chain: Buffer.from(certificate.certificate) },
          ]),
    ),
  );
  const counts = { gossips: 0, streamReads: 0 };
  addServices(grpc, { log, writer, faults, gate, maxAppendBytes, version }, { listener, counts });
  await listener.open(port);
  const ownPort = listener.port;
  const door = keepDoor(listener, faults, ownPort);
  return {
    port: ownPort,
    url: urlOf(ownPort, tls ? credentials : undefined, certificate?.caFile),
    caFile: certificate?.caFile,
    faults,
    gossips: () => counts.gossips,
    streamReads: () => counts.streamReads,
    settled: () => door.settled(),
    close: async () => {
      await door.close();
      writer.close();
      grpc.forceShutdown();
      log.close();
    },
  };
}

function addServices(
  grpc: Server,
  parts: ServerParts,
  { listener, counts }: { readonly listener: Listener; readonly counts: { gossips: number; streamReads: number } },
): void {
  const { faults } = parts;
  const answer = readCall(parts);
  grpc.addService(streamsService.StreamsService, {
    ...appendCalls(parts),
    batchAppend: batchAppend(parts),
    read: (call: ReadCall) => {
      const options = call.request.getOptions();
      const read = options?.hasSubscription() ? undefined : options?.getStream();
      if (read !== undefined && !streamNameOf(read.getStreamIdentifier()).startsWith('vault-')) counts.streamReads += 1;
      answer(call);
    },
  });
  grpc.addService(featuresService.ServerFeaturesService, serverFeatures(faults, parts.version));
  grpc.addService(
    gossipService.GossipService,
    gossipOf(
      faults,
      () => ({ host: '127.0.0.1', port: listener.port }),
      () => {
        counts.gossips += 1;
      },
    ),
  );
}

/** Every start takes a place in the log, which readers of `$all` are not shown; the first makes system events, which they are. */
function beginEpoch(log: RecordLog): void {
  log.commit(() => {
    const last = log.lastRevision(OWN_STREAM);
    log.add(OWN_STREAM, last + 1n, systemRecord(OWN_STREAM, NOTHING, true));
    if (last !== NO_STREAM) return;
    log.add('$$$scavenges', 0n, systemRecord('$metadata', new TextEncoder().encode('{"$maxAge":2592000}'), true));
  });
}

interface Door {
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Shuts the door and opens it again as the switch says. */
function keepDoor(listener: Listener, faults: Faults, port: number): Door {
  let closed = false;
  let turn = Promise.resolve();
  const follow = (): void => {
    turn = turn.then(() => {
      const shut = closed || faults.settings.refuseConnections === true;
      return shut ? listener.shut() : listener.open(port);
    });
  };
  faults.on('changed', follow);
  follow();
  return {
    settled: () => turn,
    close: async () => {
      closed = true;
      faults.off('changed', follow);
      follow();
      await turn;
    },
  };
}

function urlOf(port: number, credentials: Credentials | undefined, caFile: string | undefined): string {
  const user = credentials === undefined ? '' : `${credentials.username}:${credentials.password}@`;
  const trust = caFile === undefined ? 'tls=false' : `tls=true&tlsCaFile=${encodeURIComponent(caFile)}`;
  const host = caFile === undefined ? '127.0.0.1' : 'localhost';
  return `kurrentdb://${user}${host}:${port}?${trust}`;
}
