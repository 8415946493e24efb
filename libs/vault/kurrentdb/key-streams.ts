import type { SideChange, SideStreams } from '../../event-store/kurrentdb/side-streams.ts';
import { deriveId, isRecord } from '../../kernel/index.ts';
import { KEY_BYTES } from '../key-ids.ts';
import type { KeyFate } from './key-cache.ts';

const PREFIX = 'vault-';
const KEY_STREAM = /^vault-([0-9a-f]{32})$/;
const TYPE = 'KeyMade.v1';

/** Each key stands in a stream of its own, of one event, so that it can be destroyed by itself. */
export class KeyStreams {
  readonly #streams: SideStreams;

  constructor(streams: SideStreams) {
    this.#streams = streams;
  }

  /** Makes the key durable; a repeat changes nothing. Throws StoreUnavailable. */
  async put(id: Buffer, key: Buffer): Promise<void> {
    const stream = streamOf(id);
    await this.#streams.create(stream, { id: deriveId(stream), type: TYPE, data: { key: key.toString('base64') } });
  }

  async find(id: Buffer): Promise<Buffer | 'destroyed' | 'unknown'> {
    const found = await this.#streams.newest(streamOf(id));
    if (found === 'deleted') return 'destroyed';
    return found === 'missing' ? 'unknown' : (keyIn(found.data) ?? 'unknown');
  }

  async destroy(id: Buffer): Promise<void> {
    await this.#streams.destroy(streamOf(id));
  }

  /** The newest position of the database. */
  end(): Promise<bigint> {
    return this.#streams.end();
  }

  /** Keys that were made and destroyed after a position, a page at a time. */
  async since(after: bigint): Promise<{ fates: KeyFate[]; position: bigint | undefined; whole: boolean }> {
    const { changes, position, whole } = await this.#streams.since(PREFIX, after);
    return { fates: changes.flatMap(fateOf), position, whole };
  }
}

function fateOf({ stream, data }: SideChange): KeyFate[] {
  const hex = KEY_STREAM.exec(stream)?.[1];
  if (hex === undefined) return [];
  const id = Buffer.from(hex, 'hex');
  if (data === null) return [{ id, key: null }];
  const key = keyIn(data);
  return key === undefined ? [] : [{ id, key }];
}

function streamOf(id: Buffer): string {
  return `${PREFIX}${id.toString('hex')}`;
}

function keyIn(data: unknown): Buffer | undefined {
  if (!isRecord(data) || typeof data['key'] !== 'string') return undefined;
  const key = Buffer.from(data['key'], 'base64');
  return key.length === KEY_BYTES ? key : undefined;
}
