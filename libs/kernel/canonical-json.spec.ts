import { describe, expect, test } from '@jest/globals';
import { canonicalJson } from './canonical-json.ts';
import type { Json } from './event.ts';

describe('canonical JSON', () => {
  test('sorts names and writes numbers and strings as the example of RFC 8785, section 3.2.2, shows', () => {
    const value: Json = JSON.parse(`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('sorts by UTF-16 code units, as section 3.2.3 shows', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const value: Json = Object.fromEntries(names.map((name) => [name, 0]));
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    expect(canonicalJson(value)).toBe(`{${sorted.map((name) => `${JSON.stringify(name)}:0`).join(',')}}`);
  });

  test.each([1, 2, 16, 17, 100])('sorts %d names, however they stand', (count) => {
    const names = Array.from({ length: count }, (_, at) => `${(at * 37) % count}-${at % 3}`);
    const text = `{${names
      .toSorted()
      .map((name) => `"${name}":0`)
      .join(',')}}`;
    for (const order of [names, names.toSorted(), names.toSorted().reverse()]) {
      expect(canonicalJson(Object.fromEntries(order.map((name) => [name, 0])))).toBe(text);
    }
  });

  test('does not depend on the order in which members were made, at any depth', () => {
    expect(canonicalJson({ b: [{ d: 1, c: -0 }], a: {} })).toBe('{"a":{},"b":[{"c":0,"d":1}]}');
    expect(canonicalJson({ a: {}, b: [{ c: 0, d: 1 }] })).toBe('{"a":{},"b":[{"c":0,"d":1}]}');
  });
});
