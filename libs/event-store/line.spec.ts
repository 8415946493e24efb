import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { canonicalJson } from '../kernel/index.ts';
import { ChainedDigest, eventLine, lineWithoutPosition } from './line.ts';
import type { RecordedEvent } from './port.ts';

const event: RecordedEvent = {
  id: '0b0b2a5e-2f2c-4d1f-8a52-7d7d3c1f6a11',
  stream: 'comment-"ខ"',
  revision: 3n,
  position: 9_007_199_254_740_993n,
  type: 'CommentPosted.v1',
  recordedAt: '2026-01-02T03:04:05.006Z',
  occurredAt: '2015-10-09T08:07:06.005Z',
  actor: 'member-1',
  correlationId: 'c',
  causationId: null,
  data: { z: 1, a: ['x'] },
  sealed: Uint8Array.of(1, 2, 255),
};

describe('an event’s line', () => {
  test('is the canonical JSON of its envelope: decimal strings, base64', () => {
    const { position, revision, sealed: _, ...rest } = event;
    const plain = { ...rest, position: `${position}`, revision: `${revision}`, sealed: 'AQL/' };
    expect(eventLine(event)).toBe(canonicalJson(plain));
    expect(eventLine({ ...event, sealed: null, causationId: 'k' })).toBe(
      canonicalJson({ ...plain, sealed: null, causationId: 'k' }),
    );
  });

  test('without its position is the same wherever the event stands', () => {
    const { position: _, ...elsewhere } = JSON.parse(eventLine(event));
    expect(lineWithoutPosition(event)).toBe(canonicalJson(elsewhere));
    expect(lineWithoutPosition({ ...event, position: 1n })).toBe(lineWithoutPosition(event));
  });
});

describe('a chained digest', () => {
  const sha256 = (...parts: readonly (string | Buffer)[]): Buffer =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

  test('takes each line after what came before it', () => {
    const digest = new ChainedDigest();
    expect([digest.count, digest.hex()]).toEqual([0, '0'.repeat(64)]);
    digest.add('one');
    const first = sha256(Buffer.alloc(32), sha256('one'));
    expect([digest.count, digest.hex()]).toEqual([1, first.toString('hex')]);
    digest.add('two');
    expect([digest.count, digest.hex()]).toEqual([2, sha256(first, sha256('two')).toString('hex')]);
  });
});
