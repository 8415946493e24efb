import { randomUUID } from 'node:crypto';
import type { Json } from '../../kernel/index.ts';
import { MOST_NOTICE_BYTES, type Notice, type Notices } from '../notices.ts';
import { type ConnectOptions, newConnection } from './connect.ts';
import type { Connection } from './connection.ts';
import { backOff, pause } from './deadline.ts';
import { jsonIn } from './events.ts';
import { Feed } from './feed.ts';
import type { Filter } from './filter.ts';
import { SideStreams } from './side-streams.ts';

const PREFIX = 'node-';
const NODE_STREAM = /^node-(.+)$/;
const TYPE = 'NodeNotice.v1';
const FILTER: Filter = { filterOn: 'streamName', prefixes: [PREFIX], checkpointInterval: 1 };

/** A late notice is worthless: it is not tried again, and the next one follows soon. */
const CALL_MS = 2_000;
/** The limits of a node's stream: its last notice, for so many seconds. */
const LIMITS = { maxCount: 1, maxAge: 60 };
/** The notices searched for each node's last one: all of a minute, of eight nodes that speak every second. */
const LOOKED_AT = 500;
/** Every node, this one too, speaks every ten seconds; after this much silence the subscription is dead. */
const SILENCE_MS = 25_000;

/** Notices between the nodes whose log stands in KurrentDB: each has a stream there that is no part of the log. */
export interface KurrentNotices extends Notices {
  close(): Promise<void>;
}

export interface KurrentNoticesOptions extends ConnectOptions {
  /** Milliseconds of silence after which the subscription is made anew; 25,000 unless told. */
  readonly silenceMs?: number;
}

/** Opens this node's notices; the database may come later. Throws RangeError for a URL that cannot be one. */
export async function openKurrentNotices(options: KurrentNoticesOptions): Promise<KurrentNotices> {
  const connection = await newConnection({ callMs: CALL_MS, patienceMs: 0, ...options });
  return new NodeNotices(connection, options.silenceMs ?? SILENCE_MS);
}

class NodeNotices implements KurrentNotices {
  readonly #node = randomUUID();
  readonly #connection: Connection;
  readonly #streams: SideStreams;
  readonly #silenceMs: number;
  readonly #closing = new AbortController();
  #limited = false;

  constructor(connection: Connection, silenceMs: number) {
    this.#connection = connection;
    this.#streams = new SideStreams(connection);
    this.#silenceMs = silenceMs;
  }

  async announce(notice: Json): Promise<void> {
    const bytes = Buffer.byteLength(JSON.stringify(notice));
    if (bytes > MOST_NOTICE_BYTES)
      throw new RangeError(`a notice has ${MOST_NOTICE_BYTES} bytes at most, not ${bytes}`);
    const stream = `${PREFIX}${this.#node}`;
    if (!this.#limited) await this.#streams.limit(stream, LIMITS);
    this.#limited = true;
    await this.#streams.add(stream, { id: randomUUID(), type: TYPE, data: notice });
  }

  async *follow(signal: AbortSignal): AsyncIterable<Notice> {
    const ending = AbortSignal.any([signal, this.#closing.signal]);
    for (let failures = 0; !ending.aborted; ) {
      try {
        for await (const notice of this.#once(ending)) {
          failures = 0;
          yield notice;
        }
      } catch {
        failures += 1;
      }
      await pause(backOff(failures), ending);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connection.close();
  }

  /** First each node's last notice, then new ones, as long as one subscription of the database lasts. */
  async *#once(ending: AbortSignal): AsyncIterable<Notice> {
    const after = await this.#streams.end();
    const { client } = await this.#connection.session();
    const feed = new Feed(client, { after, filter: FILTER });
    const close = (): void => feed.close();
    ending.addEventListener('abort', close, { once: true });
    try {
      yield* await this.#lastOfEach();
      while (!ending.aborted) {
        const stored = feed.read();
        const notice = stored === undefined ? undefined : this.#notice(stored.event.stream, stored.event.data);
        if (notice !== undefined) yield notice;
        if (stored === undefined && (await feed.wait(this.#silenceMs)) !== 'readable') return;
      }
    } finally {
      ending.removeEventListener('abort', close);
      feed.close();
    }
  }

  async #lastOfEach(): Promise<readonly Notice[]> {
    const last = new Map<string, Notice>();
    for (const { stream, data, created } of await this.#streams.latest(PREFIX, LOOKED_AT)) {
      if (created.getTime() < Date.now() - LIMITS.maxAge * 1000) break;
      const notice = this.#notice(stream, data);
      if (notice !== undefined && !last.has(notice.node)) last.set(notice.node, notice);
    }
    return [...last.values()];
  }

  #notice(stream: string, data: unknown): Notice | undefined {
    const node = NODE_STREAM.exec(stream)?.[1];
    const notice = jsonIn(data) ?? null;
    // Null is the end of a stream.
    return node === undefined || node === this.#node || notice === null ? undefined : { node, notice };
  }
}
