import { hash } from 'node:crypto';
import { canonicalJson } from '../kernel/index.ts';
import type { RecordedEvent } from './port.ts';

const BYTES = 32;

/** An event's line: the canonical JSON (RFC 8785) of its envelope and contents, as it is exported and hashed. */
export function eventLine(event: RecordedEvent): string {
  return line(event, `"position":"${event.position}",`);
}

/** The line without the position: the same in every log that holds the event. */
export function lineWithoutPosition(event: RecordedEvent): string {
  return line(event, '');
}

/** Members stand in the order of their names. */
function line(event: RecordedEvent, position: string): string {
  const sealed = event.sealed === null ? 'null' : `"${base64(event.sealed)}"`;
  return (
    `{"actor":${JSON.stringify(event.actor)},"causationId":${JSON.stringify(event.causationId)},` +
    `"correlationId":${JSON.stringify(event.correlationId)},"data":${canonicalJson(event.data)},` +
    `"id":"${event.id}","occurredAt":${JSON.stringify(event.occurredAt)},${position}` +
    `"recordedAt":${JSON.stringify(event.recordedAt)},"revision":"${event.revision}","sealed":${sealed},` +
    `"stream":${JSON.stringify(event.stream)},"type":${JSON.stringify(event.type)}}`
  );
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/**
 * One hash over a sequence of lines: it begins as 32 zero bytes, and becomes SHA-256(hash ‖ SHA-256(line)) with each
 * line. Equal digests after the same number of lines mean equal lines.
 */
export class ChainedDigest {
  #count = 0;
  readonly #link = Buffer.alloc(2 * BYTES);

  /** Lines taken so far. */
  get count(): number {
    return this.#count;
  }

  add(text: string): void {
    hash('sha256', text, 'buffer').copy(this.#link, BYTES);
    hash('sha256', this.#link, 'buffer').copy(this.#link, 0);
    this.#count += 1;
  }

  /** 64 lower-case hex digits. */
  hex(): string {
    return this.#link.toString('hex', 0, BYTES);
  }
}
