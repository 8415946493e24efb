import { expect, test } from '@jest/globals';
import { type Mark, marking } from './marking.ts';

/** A text with its chosen part between brackets. */
function after(mark: Mark, drawn: string): string {
  const [from, to] = [drawn.indexOf('‹'), drawn.indexOf('›') - 1];
  const text = drawn.replace(/[‹›]/g, '');
  const { from: start, to: end, insert, choose } = marking(mark, { text, from, to });
  const shown = `${insert.slice(0, choose[0])}‹${insert.slice(choose[0], choose[1])}›${insert.slice(choose[1])}`;
  return text.slice(0, start) + shown + text.slice(end);
}

test.each<[Mark, string, string]>([
  ['bold', 'a ‹word› b', 'a **‹word›** b'],
  ['bold', 'a **‹word›** b', 'a ‹word› b'],
  ['bold', '‹›', '**‹›**'],
  ['italic', '**‹word›**', '***‹word›***'],
  ['italic', '***‹word›***', '**‹word›**'],
  ['italic', '*‹word›*', '‹word›'],
  ['code', 'a ‹word›', 'a `‹word›`'],
  ['code', 'a ‹x\ny›', 'a \n```\n‹x\ny›\n```\n'],
  ['link', '‹here›', '[here](‹https://›)'],
  ['link', '‹https://example.org/a›', '[‹›](https://example.org/a)'],
  ['quote', 'one\ntw‹o\nth›ree\nfour', 'one\n> two\n> three‹›\nfour'],
  ['list', '‹›', '- ‹›'],
])('%s makes of %j %j', (mark, before, expected) => {
  expect(after(mark, before)).toBe(expected);
});
