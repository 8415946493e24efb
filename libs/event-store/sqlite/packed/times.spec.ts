import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { millisecondsIn, timeText } from './times.ts';

/** What `Date` says of a text: its time when it would write the very same text, from 1970 on. */
function byDate(text: string): number | null {
  const time = Date.parse(text);
  return time >= 0 && time < END && new Date(time).toISOString() === text ? time : null;
}

const END = Date.UTC(10_000, 0);
const times = fc.integer({ min: 0, max: END - 1 });
const texts = times.map((time) => new Date(time).toISOString());

/** Texts that differ from a time in one place, of which most are none. */
const almost = fc
  .tuple(texts, fc.nat(24), fc.constantFrom(...'0123456789-:.TZ /+é', '²', ''))
  .map(([text, place, other]) => text.slice(0, place) + other + text.slice(place + 1));

const dates = fc
  .tuple(fc.nat(9_999), fc.nat(13), fc.nat(33), fc.nat(25), fc.nat(61), fc.nat(61))
  .map((numbers) => numbers.map((number, place) => String(number).padStart(place === 0 ? 4 : 2, '0')))
  .map(([year, month, day, hour, minute, second]) => `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`);

it('a text is the time that Date reads from it, or none where Date would write another text', () => {
  const property = fc.property(fc.oneof(texts, almost, dates, fc.string()), (text) => {
    expect(millisecondsIn(text)).toBe(byDate(text));
  });
  fc.assert(property, { numRuns: 20_000 });
});

it('the text of a time is the one that Date writes', () => {
  const property = fc.property(times, (time) => {
    expect(timeText(time)).toBe(new Date(time).toISOString());
    expect(millisecondsIn(timeText(time))).toBe(time);
  });
  fc.assert(property, { numRuns: 5_000 });
  for (const time of [0, END - 1]) expect(timeText(time)).toBe(new Date(time).toISOString());
});

it('no text stands for a time outside the years that have four digits', () => {
  for (const time of [-1, END, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => timeText(time)).toThrow(RangeError);
});

it('times of many days are told right when no more days are kept', () => {
  for (let day = 0; day < 2_500; day += 1) {
    const time = day * 86_400_000 + day;
    expect(millisecondsIn(timeText(time))).toBe(time);
    expect(timeText(time)).toBe(new Date(time).toISOString());
  }
});
