import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { idBytes, idText } from './ids.ts';

describe('ids as bytes', () => {
  it('are those of the text, and give it back', () => {
    expect([...idBytes('00010203-0405-4607-8809-0a0B0cFDfeff')]).toEqual([
      0, 1, 2, 3, 4, 5, 0x46, 7, 0x88, 9, 10, 11, 12, 0xfd, 0xfe, 0xff,
    ]);
    for (const id of Array.from({ length: 100 }, () => randomUUID())) expect(idText(idBytes(id))).toBe(id);
  });

  it.each([
    '',
    '0001020304054607880900a0b0c0d0ef',
    '00010203-0405-4607-8809-0a0b0c0d0e',
    '00010203-0405-4607-8809-0a0b0c0d0e0f0',
    '00010203-0405-4607-8809-0a0b0c0d0e0g',
    '0001020304-05-4607-8809-0a0b0c0d0e0f',
    '00010203-0405-4607-8809-0a0b0c0d0e-f',
    '00010203-0405-4607-8809-0a0b0c0d0eà0f',
    ' 0010203-0405-4607-8809-0a0b0c0d0e0f',
  ])('refuse what is no UUID: %j', (text) => {
    expect(() => idBytes(text)).toThrow(new RangeError(`${text} is no UUID`));
  });
});
