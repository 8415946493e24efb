import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { isUuid } from '../kernel/index.ts';
import { newId } from './new-id.ts';

describe('a new id', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('is a UUID of version 4, another one each time', () => {
    const ids = Array.from({ length: 1_000 }, newId);

    expect(new Set(ids).size).toBe(1_000);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(isUuid(id)).toBe(true);
    }
    expect(new Set(ids.map((id) => id.charAt(19)))).toEqual(new Set('89ab'));
  });

  it.each([
    [0x00, '00000000-0000-4000-8000-000000000000'],
    [0xff, 'ffffffff-ffff-4fff-bfff-ffffffffffff'],
    [0xa5, '55555555-5555-4555-9555-555555555555'],
  ])('given the byte %i alone, has it in every place but those of version and variant', (byte, id) => {
    jest.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
      if (array instanceof Uint8Array) array.fill(byte);
      return array;
    });

    expect(newId()).toBe(id);
  });
});
