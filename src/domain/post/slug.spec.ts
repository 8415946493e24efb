import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { numberedSlug, slugOf } from './slug.ts';

test.each([
  ['Borders, and people!', 'borders-and-people'],
  ['Đà Nẵng: Tiếng Việt', 'da-nang-tieng-viet'],
  ['Łódź Straße Æsir Øre', 'lodz-strasse-aesir-ore'],
  ["Don't & won’t", 'dont-wont'],
  ['ความร่วมมือ ไทย', 'ความร่วมมือ-ไทย'],
  ['น้ำใจ และ ค่ำคืน', 'น้ำใจ-และ-ค่ำคืน'],
  ['ຂອງຂ້ອຍ ນ້ຳ', 'ຂອງຂ້ອຍ-ນ້ຳ'],
  ['ព្រំដែន និងមនុស្ស', 'ព្រំដែន-និងមនុស្ស'],
  ['ສະບາຍດີ', 'ສະບາຍດີ'],
  ['မင်္ဂလာပါ။', 'မင်္ဂလာပါ'],
  ['湄公河 2015', '湄公河-2015'],
  ['Ёлка й', 'ёлка-й'],
  ['ＦＵＬＬ width', 'full-width'],
  ['?!', 'post'],
  ['', 'post'],
  ['0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01', 'post-0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01'],
])('%j becomes %j', (title, slug) => {
  expect(slugOf(title)).toBe(slug);
});

test('ends at a whole word within 80 characters', () => {
  const slug = slugOf('word '.repeat(30));
  expect(slug).toBe(Array.from({ length: 16 }, () => 'word').join('-'));
  expect(slugOf('ก'.repeat(200))).toBe('ก'.repeat(80));
});

test('a number still fits', () => {
  expect(numberedSlug('peace', 1)).toBe('peace');
  expect(numberedSlug('peace', 2)).toBe('peace-2');
  expect(numberedSlug('x'.repeat(80), 12)).toBe(`${'x'.repeat(77)}-12`);
});

test('of any title is an address: never empty, never too long, and its own slug', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
      const slug = slugOf(title.toWellFormed());
      expect(slug).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,84}$/u);
      expect(slugOf(slug)).toBe(slug);
    }),
  );
});
