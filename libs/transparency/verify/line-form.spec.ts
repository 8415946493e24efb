import fc from 'fast-check';
import { lineOf, sampleEvents } from '../../../test/transparency/sample-log.ts';
import { eventLine } from '../../event-store/index.ts';
import { canonicalJson, type Json } from '../../kernel/index.ts';
import { canonicalOf } from './canonical-json.ts';
import { endOfValue, UNKNOWN } from './json-scan.ts';
import { readLine } from './line-form.ts';

const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');
const read = (line: string) => readLine(bytesOf(line), 0, Buffer.byteLength(line));
const json = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 });

it('reads the place of an event from its line', () => {
  const [event] = sampleEvents(11).slice(-1);
  expect(event && read(lineOf(event))).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    position: '11',
    revision: '3',
    stream: 'comment-1',
  });
});

it('takes every line that the forum writes, whatever is in it', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(json, text, fc.option(text), fc.option(fc.uint8Array()), (data, actor, causationId, sealed) => {
      const stored: Json = JSON.parse(JSON.stringify(data));
      const line = eventLine({
        id: '0f8fad5b-d9cb-469f-a165-70867728950e',
        stream: `comment-${actor}`,
        revision: 12n,
        position: 2n ** 62n,
        type: 'CommentPosted.v1',
        recordedAt: '2026-11-24T08:00:00.000Z',
        occurredAt: '2015-10-05T08:00:00.000Z',
        actor,
        correlationId: 'c',
        causationId,
        data: stored,
        sealed,
      });
      expect(read(line)).toMatchObject({ revision: '12', position: `${2n ** 62n}` });
    }),
  );
});

it('has one canonical form for each value, the one that the kernel writes', () => {
  fc.assert(
    fc.property(json, (value) => {
      const stored: Json = JSON.parse(JSON.stringify(value));
      const text = canonicalJson(stored);
      expect(canonicalOf(text)).toBe(text);
      const bytes = bytesOf(text);
      expect([UNKNOWN, bytes.length]).toContain(endOfValue(bytes, 0));
    }),
  );
});

it.each([
  ['members out of order', '{"b":1,"a":2}'],
  ['a member twice', '{"a":1,"a":2}'],
  ['a space', '{"a": 1}'],
  ['a space before', ' {}'],
  ['a number with a plus in its exponent left out', '1e21'],
  ['a number with a needless fraction', '1.0'],
  ['a leading zero', '01'],
  ['minus zero', '-0'],
  ['more digits than a number holds', '12345678901234567890'],
  ['an escaped slash', '"\\/"'],
  ['an escape that is not needed', '"\\u0041"'],
  ['an escape in capitals', '"\\u001F"'],
  ['an escape with a shorter form', '"\\u000a"'],
  ['a bare control character', '"\u0001"'],
  ['an escaped pair', '"\\ud83c\\udf0f"'],
  ['an unfinished string', '"a'],
  ['nothing', ''],
  ['a comma too many', '[1,]'],
  ['another word', 'undefined'],
  ['a depth beyond all measure', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
])('refuses %s', (_, text) => {
  expect(canonicalOf(text)).not.toBe(text);
  const bytes = bytesOf(text);
  expect(endOfValue(bytes, 0)).not.toBe(bytes.length);
});

it.each(['1e+21', '0.1', '1e-7', '"\\ud800"', '"\\u001f\\n"', '{"é":1,"ü":2}', '[[],{},"",-1,0]'])(
  'takes %s',
  (text) => {
    expect(canonicalOf(text)).toBe(text);
  },
);

const [sample = { position: 1, stream: 's', revision: 0, text: '' }] = sampleEvents(1);
const line = lineOf(sample);
it.each([
  ['a member too many', line.replace(',"type"', ',"tally":1,"type"')],
  ['a member too few', line.replace('"causationId":null,', '')],
  ['a position that is a number', line.replace('"position":"1","recordedAt"', '"position":1,"recordedAt"')],
  ['a negative position', line.replace('"position":"1","recordedAt"', '"position":"-1","recordedAt"')],
  ['a position with a leading zero', line.replace('"position":"1","recordedAt"', '"position":"01","recordedAt"')],
  ['a time without milliseconds', line.replace('.123Z', 'Z')],
  ['an id in capitals', line.replace(/"id":"[^"]*"/, (id) => id.toUpperCase().replace('ID', 'id'))],
  ['a carriage return at its end', `${line}\r`],
  ['a byte order mark', `\ufeff${line}`],
  ['a list', '[]'],
  ['null', 'null'],
  ['an empty object', '{}'],
])('refuses a line with %s', (_, bent) => {
  expect(bent).not.toBe(line);
  expect(read(line)).not.toBeNull();
  expect(read(bent)).toBeNull();
});
