import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { sealVersion1 } from './contract/seal-version-1.ts';
import { twoTexts } from './contract/two-texts.ts';
import { commitmentOf, encryptionKeyOf, eventKeyOf } from './event-keys.ts';
import { SealBroken } from './port.ts';
import { openWithEventKey } from './released-key.ts';
import { openWith, sealVersionOf, sealWith } from './sealed-form.ts';
import { uuidBytes } from './uuid-bytes.ts';
import { decryptVersion1 } from './version-1.ts';
import { openVersion2 } from './version-2.ts';

interface Vector {
  readonly version: 1 | 2;
  readonly keyId: string;
  readonly dataKey: string;
  readonly stream: string;
  readonly type: string;
  readonly eventId: string;
  readonly nonce: string;
  readonly text: string;
  readonly eventKey: string | null;
  readonly encryptionKey: string | null;
  readonly commitment: string | null;
  readonly sealed: string;
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('./contract/seal-vectors.json', import.meta.url), 'utf8'),
);
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const placeIn = ({ stream, type, eventId: id }: Vector) => ({ stream, type, id });

describe('the sealed form', () => {
  it.each(vectors.map((vector): [string, Vector] => [`version ${vector.version}: ${vector.text}`, vector]))(
    'has the bytes of the test vector of %s',
    (_, vector) => {
      const [key, at] = [hex(vector.dataKey), placeIn(vector)];
      const sealed = hex(vector.sealed);
      expect(sealVersionOf(sealed)).toBe(vector.version);
      expect(openWith(sealed, key, at)).toEqual(JSON.parse(vector.text));
      expect(sealedAgain(vector, key).toString('hex')).toBe(vector.sealed);
    },
  );

  it.each(vectors.filter(({ version }) => version === 2))('has the keys of the test vector $eventId', (vector) => {
    const eventKey = eventKeyOf(hex(vector.dataKey), uuidBytes(vector.eventId));
    expect(eventKey.toString('hex')).toBe(vector.eventKey);
    expect(commitmentOf(eventKey).toString('hex')).toBe(vector.commitment);
    expect(encryptionKeyOf(eventKey).export().toString('hex')).toBe(vector.encryptionKey);
    expect(openWithEventKey(hex(vector.sealed), eventKey, placeIn(vector))).toEqual(JSON.parse(vector.text));
  });

  it('is not opened when its commitment is another one, though the key and the ciphertext are right', () => {
    const [vector] = vectors.filter(({ version }) => version === 2);
    if (vector === undefined) throw new Error('there is a vector of version 2');
    const sealed = hex(vector.sealed);
    sealed.writeUInt8(sealed.readUInt8(40) ^ 1, 40);
    expect(() => openWith(sealed, hex(vector.dataKey), placeIn(vector))).toThrow(SealBroken);
  });
});

describe('bytes that are made to open as two texts', () => {
  const at = { stream: 'comment-1', type: 'CommentPosted.v1', id: '0199a3b0-7c1e-8d52-9f04-6e2a11c5d703' };
  const texts: [string, string] = ['I love this blog', 'I hate this blog'];
  const nonce = Buffer.alloc(12, 7);
  const dataKeys: [Buffer, Buffer] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

  it('do so in version 1, which is why its seals hold nobody to their text', () => {
    const body = twoTexts({ keys: dataKeys, texts, nonce, at });
    const sealed = Buffer.concat([Buffer.of(1), Buffer.alloc(16), nonce, body]);
    const [one, two] = dataKeys.map((key) => decryptVersion1(sealed, key, at));
    expect(one?.slice(0, 16)).toBe(texts[0]);
    expect(two).toContain(texts[1]);
    expect(one).not.toEqual(two);
  });

  it('open under one key alone in version 2, whichever of them the commitment is of', () => {
    const eventKeys = dataKeys.map((key) => eventKeyOf(key, uuidBytes(at.id)));
    const [first, second] = eventKeys.map((key) => encryptionKeyOf(key).export());
    if (first === undefined || second === undefined) throw new Error('there are two keys');
    const body = twoTexts({ keys: [first, second], texts, nonce, at });
    const opened = eventKeys.map((committed) => {
      const head = [Buffer.of(2), Buffer.alloc(16), uuidBytes(at.id), commitmentOf(committed), nonce];
      const sealed = Buffer.concat([...head, body]);
      return dataKeys.map((key) => attempt(() => openVersion2(sealed, key, at)));
    });
    expect(opened).toEqual([
      [expect.stringContaining(texts[0]), 'refused'],
      ['refused', expect.stringContaining(texts[1])],
    ]);
  });
});

function attempt(work: () => string): string {
  try {
    return work();
  } catch (error) {
    if (error instanceof SealBroken) return 'refused';
    throw error;
  }
}

function sealedAgain(vector: Vector, found: Buffer): Buffer {
  const { version, keyId, dataKey, nonce, text } = vector;
  const at = placeIn(vector);
  if (version === 1) return sealVersion1(text, { keyId, key: hex(dataKey), nonce: hex(nonce), at });
  return sealWith({ key: { id: keyId }, found, nonce: hex(nonce), personal: JSON.parse(text), at });
}
