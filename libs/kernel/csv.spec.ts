import { expect, it } from '@jest/globals';
import { csvRow } from './csv.ts';

it('writes a row by RFC 4180', () => {
  expect(csvRow(['a', 'b,c', 'd "e"', 'f\ng', null, 7, 8n, ''])).toBe('a,"b,c","d ""e""","f\ng",,7,8,\r\n');
});

const PLAIN = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'];
const FULLWIDTH = ['\uff1d1+1', '\uff0b1', '\uff0d1', '\uff20SUM(A1)'];
const AFTER_UNSEEN = [
  '\u200b=1',
  '\ufeff\u2060=1',
  '\u00ad+1',
  '\u202e-1',
  '\u3164@A',
  '\u2800=1',
  ' \n=1',
  '\u3000\uff1d1',
  '\0=1',
];

it.each([...PLAIN, ...FULLWIDTH, ...AFTER_UNSEEN])('%j is no formula', (cell) => {
  expect(csvRow([cell])).toMatch(/^"?'/);
});

it.each(['1=1', 'a@b', '\u200bx', ' x', '\u2013 1'])('%j stays as it is', (cell) => {
  expect(csvRow([cell])).toBe(`${cell}\r\n`);
});
