import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ERASED } from '../../kernel/index.ts';
import type { Vault } from '../port.ts';

/** An empty vault under test. */
export interface OpenedVault {
  readonly vault: Vault;
  /** Another client of the same vault, as another process has; the suite closes it. */
  readonly another: () => Promise<Vault>;
  /** Closes the vault, if that was not done, and removes its keys. */
  readonly dispose: () => Promise<void>;
}

const CONTEXT = 'comment-1 CommentPosted.v1';
const HEAD_BYTES = 29;
const TAG_BYTES = 16;

/** What every adapter of the vault must do: each test opens an empty vault of its own. */
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
        fc.asyncProperty(objects, fc.string({ unit: 'grapheme' }), async (personal, context) => {
          const plain = JSON.parse(JSON.stringify(personal));
          expect(await vault.open(await vault.seal(key, personal, context), context)).toEqual(plain);
        }),
      );
    }),
  );

  test(
    'gives the form that the port describes, and never the same bytes twice',
    withVault(async ({ vault }) => {
      const key = await vault.takeKey();
      const personal = { source: 'Grüße, 𝒞!' };
      const [one, two] = [await vault.seal(key, personal, CONTEXT), await vault.seal(key, personal, CONTEXT)];
      expect(one.length).toBe(HEAD_BYTES + Buffer.byteLength(JSON.stringify(personal)) + TAG_BYTES);
      expect(one[0]).toBe(1);
      expect(Buffer.from(one.subarray(1, 17)).toString('hex')).toBe(key.id);
      expect(Buffer.from(one).includes('Gr')).toBe(false);
      expect([...one.subarray(17)]).not.toEqual([...two.subarray(17)]);
      expect(vault.keyOf(one)).toEqual(key);
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
      const sealed = await other.seal(key, { source: 'x' }, CONTEXT);
      await other.close();
      expect(await vault.open(sealed, CONTEXT)).toEqual({ source: 'x' });
    }),
  );

  test(
    'refuses work once it is closed',
    withVault(async ({ vault }) => {
      const key = await vault.takeKey();
      const sealed = await vault.seal(key, { source: 'x' }, CONTEXT);
      await vault.close();
      await vault.close();
      const closed = { name: 'StoreUnavailable', reason: 'closed' };
      await expect(vault.seal(key, {}, CONTEXT)).rejects.toMatchObject(closed);
      await expect(vault.open(sealed, CONTEXT)).rejects.toMatchObject(closed);
      await expect(vault.takeKey()).rejects.toMatchObject(closed);
      await expect(vault.destroy(key)).rejects.toMatchObject(closed);
    }),
  );
}

function describeAltered(withVault: WithVault): void {
  test(
    'are never opened, whichever bit is bent',
    withVault(async ({ vault }) => {
      const sealed = await vault.seal(await vault.takeKey(), { source: 'xy' }, CONTEXT);
      for (let bit = 0; bit < sealed.length * 8; bit += 1) {
        const bent = Uint8Array.from(sealed);
        bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        await expect(vault.open(bent, CONTEXT)).rejects.toMatchObject({ name: 'SealBroken' });
      }
    }),
  );

  test(
    'are never opened when cut, prolonged, or moved to another event or key',
    withVault(async ({ vault }) => {
      const sealed = await vault.seal(await vault.takeKey(), { source: 'xy' }, CONTEXT);
      const broken = { name: 'SealBroken' };
      for (let length = 0; length < sealed.length; length += 1) {
        await expect(vault.open(sealed.subarray(0, length), CONTEXT)).rejects.toMatchObject(broken);
      }
      await expect(vault.open(Uint8Array.of(...sealed, 0), CONTEXT)).rejects.toMatchObject(broken);
      await expect(vault.open(sealed, 'comment-2 CommentPosted.v1')).rejects.toMatchObject(broken);
      const swapped = Uint8Array.from(sealed);
      swapped.set(Buffer.from((await vault.takeKey()).id, 'hex'), 1);
      await expect(vault.open(swapped, CONTEXT)).rejects.toMatchObject(broken);
    }),
  );

  test(
    'of any kind end in a refusal, and keyOf says when they are malformed',
    withVault(async ({ vault }) => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (bytes) => {
          await expect(vault.open(bytes, CONTEXT)).rejects.toMatchObject({ name: 'SealBroken' });
          if (bytes[0] !== 1 || bytes.length < HEAD_BYTES + TAG_BYTES)
            expect(() => vault.keyOf(bytes)).toThrow(RangeError);
        }),
      );
      await expect(vault.seal({ id: 'no key' }, {}, CONTEXT)).rejects.toBeInstanceOf(RangeError);
      await expect(vault.destroy({ id: 'NO KEY' })).rejects.toBeInstanceOf(RangeError);
    }),
  );
}

function describeDestroying(withVault: WithVault): void {
  test(
    'erases all that the key sealed, and nothing else',
    withVault(async ({ vault }) => {
      const [key, kept] = [await vault.takeKey(), await vault.takeKey()];
      const sealed = await vault.seal(key, { source: 'x' }, CONTEXT);
      const other = await vault.seal(kept, { source: 'y' }, CONTEXT);

      await vault.destroy(key);
      await vault.destroy(key);

      expect(await vault.open(sealed, CONTEXT)).toBe(ERASED);
      expect(vault.keyOf(sealed)).toEqual(key);
      expect(await vault.open(other, CONTEXT)).toEqual({ source: 'y' });
      await expect(vault.seal(key, { source: 'z' }, CONTEXT)).rejects.toMatchObject({ name: 'KeyDestroyed' });
    }),
  );

  test(
    'shows at once to other clients that had the key in use',
    withVault(async ({ vault, another }) => {
      const other = await another();
      const key = await vault.takeKey();
      const sealed = await vault.seal(key, { source: 'x' }, CONTEXT);
      expect(await other.open(sealed, CONTEXT)).toEqual({ source: 'x' });

      await vault.destroy(key);

      expect(await other.open(sealed, CONTEXT)).toBe(ERASED);
      await expect(other.seal(key, { source: 'z' }, CONTEXT)).rejects.toMatchObject({ name: 'KeyDestroyed' });
      await other.close();
    }),
  );

  test(
    'is remembered by whoever opens the vault later',
    withVault(async ({ vault, another }) => {
      const key = await vault.takeKey();
      const sealed = await vault.seal(key, { source: 'x' }, CONTEXT);
      await vault.destroy(key);
      await vault.close();
      const later = await another();
      expect(await later.open(sealed, CONTEXT)).toBe(ERASED);
      await later.close();
    }),
  );
}
