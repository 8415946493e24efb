import { describe, expect, it } from '@jest/globals';
import { DEEPEST_JSON, MOST_ENTRIES, MOST_FIELDS, parseJson } from './json-body.ts';

describe('a JSON body', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text);
  const codeOf = (input: Uint8Array): unknown => {
    try {
      return { parsed: parseJson(input) };
    } catch (error) {
      return Reflect.get(Object(error), 'code');
    }
  };
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  it('is read as it stands, with or without a byte order mark', () => {
    expect(codeOf(bytes('{"a":[1,"ກ",null]}'))).toEqual({ parsed: { a: [1, 'ກ', null] } });
    expect(codeOf(bytes('\ufeff{"a":1}'))).toEqual({ parsed: { a: 1 } });
  });

  it('is refused when it is broken, too deep, or reaches for prototypes', () => {
    expect(codeOf(bytes('{"a":}'))).toBe('malformed');
    expect(codeOf(bytes(''))).toBe('malformed');
    expect(codeOf(Uint8Array.of(0x22, 0xc3, 0x28, 0x22))).toBe('malformed');
    expect(codeOf(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22))).toBe('malformed');
    expect(codeOf(bytes(nested(DEEPEST_JSON)))).toEqual({ parsed: expect.any(Array) });
    expect(codeOf(bytes(nested(DEEPEST_JSON + 1)))).toBe('invalid');
    expect(codeOf(bytes(nested(MOST_ENTRIES)))).toBe('invalid');
    expect(codeOf(bytes(nested(30_000)))).toBe('too_large');
    expect(codeOf(bytes('{"a":[{"__proto__":{}}]}'))).toBe('invalid');
    expect(codeOf(bytes('{"constructor":1}'))).toBe('invalid');
  });

  it('has so many fields and entries and no more, of whatever kind, and texts may hold their signs', () => {
    const list = (many: number, of: string): string => `[${Array.from({ length: many }, () => of).join()}]`;
    const fields = (many: number): string =>
      `{${Array.from({ length: many }, (_, n) => JSON.stringify(`k${n}`).concat(':1')).join()}}`;
    for (const within of [list(MOST_ENTRIES, '1'), list(MOST_ENTRIES / 2, '{}'), fields(MOST_FIELDS)])
      expect(codeOf(bytes(within))).toEqual({ parsed: expect.anything() });
    for (const beyond of [list(MOST_ENTRIES + 1, '1'), list(MOST_ENTRIES / 2 + 1, '[]'), fields(MOST_FIELDS + 1)])
      expect(codeOf(bytes(beyond))).toBe('too_large');
    const text = `\\,[{"\\\\${',[{\\"'.repeat(MOST_ENTRIES)}`;
    expect(codeOf(bytes(JSON.stringify({ text, '",[{': 1 })))).toEqual({ parsed: { text, '",[{': 1 } });
    expect(codeOf(bytes(`["\\\\",${'1,'.repeat(MOST_ENTRIES)}1]`))).toBe('too_large');
  });
});
