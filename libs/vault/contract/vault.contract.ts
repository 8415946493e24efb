import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ERASED } from '../../kernel/index.ts';
import { type ErasingVault, SealBroken } from '../port.ts';
import { openWithEventKey } from '../released-key.ts';
import { withoutCommitment } from '../version-2.ts';

/** An empty vault under test. */
export interface OpenedVault {
  readonly vault: ErasingVault;
  /** Another client of the same vault, as another process has; the suite closes it. */
  readonly another: () => Promise<ErasingVault>;
  /** Closes the vault, if that was not done, and removes its keys. */
  readonly dispose: () => Promise<void>;
}

const EVENT = { stream: 'comment-1', type: 'CommentPosted.v1', id: '0199a3b0-7c1e-8d52-9f04-6e2a11c5d703' };
const OTHER_ID = '0199a3b0-7c1e-8d52-9f04-6e2a11c5d704';
const HEAD_BYTES = 77;
const TAG_BYTES = 16;

/** The behaviour of every adapter of the vault; each test opens an empty vault of its own. */
export function describeVault(name: string, open: () => Promise<OpenedVault>): void {
  const withVault = (work: (opened: OpenedVault) => Promise<void>) => async (): Promise<void> => {
    const opened = await open();
    try {
      await work(opened);
    } finally {
      await opened.dispose();
    }
  };

  describe(`${name}: sealing`, () => describeSealing(withVault));
  describe(`${name}: altered bytes`, () => describeAltered(withVault));
  describe(`${name}: an event's own key`, () => describeEventKeys(withVault));
  describe(`${name}: destroying`, () => describeDestroying(withVault));
}

type WithVault = (work: (opened: OpenedVault) => Promise<void>) => () => Promise<void>;

function describeSealing(withVault: WithVault): void {
  test(
    'opens what it sealed, whatever JSON it was',
    withVault(async ({ vault }) => {
      const key = await vault.takeKey();
      const objects = fc.oneof(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.array(fc.jsonValue()));
      await fc.assert(
        fc.asyncProperty(objects, fc.string({ unit: 'grapheme' }), fc.uuid(), async (personal, stream, id) => {
          const plain = JSON.parse(JSON.stringify(personal));
          const at = { ...EVENT, stream, id };
          expect(await vault.open(await vault.seal(key, personal, at), at)).toEqual(plain);
        }),
      );
    }),
  );

  test(
    'gives the form that the port describes, and never the same bytes twice',
    withVault(async ({ vault }) => {
      const key = await vault.takeKey();
      const personal = { source: 'Grüße, 𝒞!' };
      const [one, two] = [await vault.seal(key, personal, EVENT), await vault.seal(key, personal, EVENT)];
      expect(one.length).toBe(HEAD_BYTES + Buffer.byteLength(JSON.stringify(personal)) + TAG_BYTES);
      expect(one[0]).toBe(2);
      expect(Buffer.from(one.subarray(1, 17)).toString('hex')).toBe(key.id);
      expect(Buffer.from(one).includes('Gr')).toBe(false);
      expect(Buffer.from(one.subarray(17, 33)).toString('hex')).toBe(EVENT.id.replaceAll('-', ''));
      expect([...one.subarray(33, 65)]).toEqual([...two.subarray(33, 65)]);
      expect([...one.subarray(65)]).not.toEqual([...two.subarray(65)]);
      expect(vault.keyOf(one)).toEqual(key);
    }),
  );

  test(
    'opens the copy of a view, which has no commitment, but not as the sealed part of an event',
    withVault(async ({ vault }) => {
      const key = await vault.takeKey();
      const sealed = await vault.seal(key, { source: 'xy' }, EVENT);
      const copy = withoutCommitment(sealed);
      const [{ stream, type }, broken] = [EVENT, { name: 'SealBroken' }];
      expect(copy.length).toBe(sealed.length - 32);
      expect(vault.keyOf(copy)).toEqual(key);
      expect(await vault.open(copy, { stream, type })).toEqual({ source: 'xy' });
      await expect(vault.open(copy, EVENT)).rejects.toMatchObject(broken);
      await expect(vault.eventKey(copy, EVENT)).rejects.toMatchObject(broken);
      await expect(vault.open(copy, { stream: 'comment-2', type })).rejects.toMatchObject(broken);
      for (let length = 0; length < copy.length; length += 1) {
        await expect(vault.open(copy.subarray(0, length), { stream, type })).rejects.toMatchObject(broken);
      }
      for (let bit = 0; bit < copy.length * 8; bit += 1) {
        const bent = Uint8Array.from(copy);
        bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        await expect(vault.open(bent, { stream, type })).rejects.toMatchObject(broken);
      }
      await vault.destroy(key);
      expect(await vault.open(copy, { stream, type })).toBe(ERASED);
    }),
  );

  test(
    'never hands out a key twice, over several clients',
    withVault(async ({ vault, another }) => {
      const other = await another();
      const ids = new Set<string>();
      for (let index = 0; index < 700; index += 1) {
        for (const { id } of await Promise.all([vault.takeKey(), other.takeKey()])) ids.add(id);
      }
      expect(ids.size).toBe(1_400);
      for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
      await other.close();
    }),
  );

  test(
    'opens what another client sealed, and seals with its keys',
    withVault(async ({ vault, another }) => {
      const other = await another();
      const key = await vault.takeKey();
      const sealed = await other.seal(key, { source: 'x' }, EVENT);
      await other.close();
      expect(await vault.open(sealed, EVENT)).toEqual({ source: 'x' });
    }),
  );

  test(
    'refuses work once it is closed',
    withVault(async ({ vault }) => {
      const key = await vault.takeKey();
      const sealed = await vault.seal(key, { source: 'x' }, EVENT);
      await vault.close();
      await vault.close();
      const closed = { name: 'StoreUnavailable', reason: 'closed' };
      await expect(vault.seal(key, {}, EVENT)).rejects.toMatchObject(closed);
      await expect(vault.open(sealed, EVENT)).rejects.toMatchObject(closed);
      await expect(vault.takeKey()).rejects.toMatchObject(closed);
      await expect(vault.destroy(key)).rejects.toMatchObject(closed);
    }),
  );
}

function describeAltered(withVault: WithVault): void {
  test(
    'are never opened, whichever bit is bent',
    withVault(async ({ vault }) => {
      const sealed = await vault.seal(await vault.takeKey(), { source: 'xy' }, EVENT);
      for (let bit = 0; bit < sealed.length * 8; bit += 1) {
        const bent = Uint8Array.from(sealed);
        bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        await expect(vault.open(bent, EVENT)).rejects.toMatchObject({ name: 'SealBroken' });
      }
    }),
  );

  test(
    'are never opened when cut, prolonged, or moved to another event or key',
    withVault(async ({ vault }) => {
      const sealed = await vault.seal(await vault.takeKey(), { source: 'xy' }, EVENT);
      const broken = { name: 'SealBroken' };
      for (let length = 0; length < sealed.length; length += 1) {
        await expect(vault.open(sealed.subarray(0, length), EVENT)).rejects.toMatchObject(broken);
      }
      await expect(vault.open(Uint8Array.of(...sealed, 0), EVENT)).rejects.toMatchObject(broken);
      for (const moved of [{ stream: 'comment-2' }, { type: 'CommentEdited.v1' }, { id: OTHER_ID }]) {
        await expect(vault.open(sealed, { ...EVENT, ...moved })).rejects.toMatchObject(broken);
      }
      const swapped = Uint8Array.from(sealed);
      swapped.set(Buffer.from((await vault.takeKey()).id, 'hex'), 1);
      await expect(vault.open(swapped, EVENT)).rejects.toMatchObject(broken);
    }),
  );

  test(
    'of any kind end in a refusal, and keyOf says when they are malformed',
    withVault(async ({ vault }) => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (bytes) => {
          await expect(vault.open(bytes, EVENT)).rejects.toMatchObject({ name: 'SealBroken' });
          if (bytes[0] !== 1 && bytes[0] !== 2) expect(() => vault.keyOf(bytes)).toThrow(RangeError);
        }),
      );
      await expect(vault.seal({ id: 'no key' }, {}, EVENT)).rejects.toBeInstanceOf(RangeError);
      const unnamed = { ...EVENT, id: 'no event' };
      await expect(vault.seal(await vault.takeKey(), {}, unnamed)).rejects.toBeInstanceOf(RangeError);
      await expect(vault.destroy({ id: 'NO KEY' })).rejects.toBeInstanceOf(RangeError);
    }),
  );
}

function describeEventKeys(withVault: WithVault): void {
  test(
    'opens its event without a vault, and no other event of the same owner',
    withVault(async ({ vault }) => {
      const key = await vault.takeKey();
      const other = { ...EVENT, id: OTHER_ID };
      const [sealed, another] = [
        await vault.seal(key, { source: 'x' }, EVENT),
        await vault.seal(key, { source: 'y' }, other),
      ];
      const eventKey = await vault.eventKey(sealed, EVENT);
      if (!(eventKey instanceof Uint8Array)) throw new Error('the event has a key of its own');
      expect(openWithEventKey(sealed, eventKey, EVENT)).toEqual({ source: 'x' });
      expect(() => openWithEventKey(another, eventKey, other)).toThrow(SealBroken);
      expect(() => openWithEventKey(sealed, eventKey, other)).toThrow(SealBroken);
    }),
  );

  test(
    'is gone with the key of its owner',
    withVault(async ({ vault }) => {
      const key = await vault.takeKey();
      const sealed = await vault.seal(key, { source: 'x' }, EVENT);
      await vault.destroy(key);
      expect(await vault.eventKey(sealed, EVENT)).toBe(ERASED);
    }),
  );
}

function describeDestroying(withVault: WithVault): void {
  test(
    'erases all that the key sealed, and nothing else',
    withVault(async ({ vault }) => {
      const [key, kept] = [await vault.takeKey(), await vault.takeKey()];
      const sealed = await vault.seal(key, { source: 'x' }, EVENT);
      const other = await vault.seal(kept, { source: 'y' }, EVENT);

      await vault.destroy(key);
      await vault.destroy(key);

      expect(await vault.open(sealed, EVENT)).toBe(ERASED);
      expect(vault.keyOf(sealed)).toEqual(key);
      expect(await vault.open(other, EVENT)).toEqual({ source: 'y' });
      await expect(vault.seal(key, { source: 'z' }, EVENT)).rejects.toMatchObject({ name: 'KeyGone' });
    }),
  );

  test(
    'shows at once to other clients that had the key in use',
    withVault(async ({ vault, another }) => {
      const other = await another();
      const key = await vault.takeKey();
      const sealed = await vault.seal(key, { source: 'x' }, EVENT);
      expect(await other.open(sealed, EVENT)).toEqual({ source: 'x' });

      await vault.destroy(key);

      expect(await other.open(sealed, EVENT)).toBe(ERASED);
      await expect(other.seal(key, { source: 'z' }, EVENT)).rejects.toMatchObject({ name: 'KeyGone' });
      await other.close();
    }),
  );

  test(
    'is remembered by whoever opens the vault later',
    withVault(async ({ vault, another }) => {
      const key = await vault.takeKey();
      const sealed = await vault.seal(key, { source: 'x' }, EVENT);
      await vault.destroy(key);
      await vault.close();
      const later = await another();
      expect(await later.open(sealed, EVENT)).toBe(ERASED);
      await later.close();
    }),
  );
}
