import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { type JSONEventType, jsonEvent, KurrentDBClient, type ResolvedEvent } from '@kurrent/kurrentdb-client';
import { type KurrentDbServer, type KurrentDbServerOptions, startKurrentDbServer } from './server.ts';

type Thing = JSONEventType<'ThingDone.v1', { readonly n: number }>;

/** The client's reads pause for half a second before they first connect, unless told otherwise. */
const SOON = 'discoveryInterval=20';

/** A server with the real client connected to it, both closed after the test. */
export interface TriedServer {
  readonly dir: string;
  readonly server: KurrentDbServer;
  readonly client: KurrentDBClient;
  /** A further client, with these parameters at the end of its address. */
  another(parameters?: string): KurrentDBClient;
  /** Closes the server and starts it again on its directory, without its client. */
  restarted(): Promise<KurrentDbServer>;
}

/** Clients are not waited for: one whose batch stream was ended cleanly never finishes. */
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

export async function tryServer(options: Partial<KurrentDbServerOptions> = {}): Promise<TriedServer> {
  const dir = mkdtempSync(join(tmpdir(), 'colloquy-kurrentdb-server-'));
  closing.push(async () => rmSync(dir, { recursive: true }));
  let server = await startKurrentDbServer({ ...options, dir });
  closing.push(() => server.close());
  const another = (parameters = ''): KurrentDBClient => {
    const client = KurrentDBClient.connectionString(`${server.url}&${SOON}${parameters}`);
    closing.push(async () => {
      client.dispose().catch(() => {});
    });
    return client;
  };
  return {
    dir,
    server,
    client: another(),
    another,
    restarted: async () => {
      await server.close();
      server = await startKurrentDbServer({ ...options, dir, port: server.port });
      return server;
    },
  };
}

/** A proposed event with a new id. */
export function thing(n: number) {
  return jsonEvent<Thing>({ type: 'ThingDone.v1', data: { n } });
}

export async function all(events: AsyncIterable<ResolvedEvent>): Promise<ResolvedEvent[]> {
  const read: ResolvedEvent[] = [];
  for await (const event of events) read.push(event);
  return read;
}

/** What a test compares of an event: everything but when it was recorded. */
export function shown({ event }: ResolvedEvent) {
  if (event === undefined) throw new Error('an event that is read is there');
  const { streamId, revision, type, id, data, position } = event;
  return { streamId, revision, type, id, data, position: position?.commit };
}
