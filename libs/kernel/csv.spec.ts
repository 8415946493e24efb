import { expect, it } from '@jest/globals';
import { csvRow } from './csv.ts';

it('writes a row by RFC 4180', () => {
  expect(csvRow(['a', 'b,c', 'd "e"', 'f\ng', null, 7, 8n, ''])).toBe('a,"b,c","d ""e""","f\ng",,7,8,\r\n');
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('%j is no formula', (cell) => {
  expect(csvRow([cell])).toMatch(/^"?'/);
});
