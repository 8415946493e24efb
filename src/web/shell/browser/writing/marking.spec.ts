import { expect, test } from '@jest/globals';
import { type Mark, marking } from './marking.ts';

/** A text with its chosen part between brackets. */
function after(mark: Mark, drawn: string): string {
  const [from, to] = [drawn.indexOf('‹'), drawn.indexOf('›') - 1];
  const text = drawn.replace(/[‹›]/g, '');
  const { from: start, to: end, insert, choose } = marking(mark, { text, from, to });
  const shown = text.slice(0, start) + insert + text.slice(end);
  const [first, last] = [start + choose[0], start + choose[1]];
  return `${shown.slice(0, first)}‹${shown.slice(first, last)}›${shown.slice(last)}`;
}

test.each<[Mark, string, string]>([
  ['bold', 'a ‹word› b', 'a **‹word›** b'],
  ['bold', 'a **‹word›** b', 'a ‹word› b'],
  ['bold', '‹›', '**‹›**'],
  ['italic', '**‹word›**', '***‹word›***'],
  ['italic', '***‹word›***', '**‹word›**'],
  ['italic', '*‹word›*', '‹word›'],
  ['bold', '**‹›**', '‹›'],
  ['bold', 'a **w‹›**', 'a **w**‹›'],
  ['bold', 'a **w**‹›', 'a **w‹›**'],
  ['bold', '* one **w‹›** b', '* one **w**‹› b'],
  ['bold', '**a** b‹›**c**', '**a** b**‹›****c**'],
  ['italic', 'a *w‹›*', 'a *w*‹›'],
  ['italic', '**w‹›**', '**w*‹›***'],
  ['italic', '***w‹›***', '***w*‹›**'],
  ['bold', '***w‹›***', '***w**‹›*'],
  ['italic', '***w**‹›*', '***w***‹›'],
  ['code', 'a `w‹›`', 'a `w`‹›'],
  ['code', 'a ‹word›', 'a `‹word›`'],
  ['code', 'a ‹x\ny›', 'a \n```\n‹x\ny›\n```\n'],
  ['link', '‹here›', '[here](‹https://›)'],
  ['link', '‹https://example.org/a›', '[‹›](https://example.org/a)'],
  ['quote', 'one\ntw‹o\nth›ree\nfour', 'one\n‹> two\n> three›\nfour'],
  ['list', '‹›', '- ‹›'],
  ['link', '[](‹https://›)', '‹›'],
  ['link', '[here](‹https://›)', '‹here›'],
  ['link', '[‹›](https://example.org/a)', '‹https://example.org/a›'],
  ['link', 'a [here](https://example.org‹›) b', 'a [here](https://example.org‹›) b'],
  ['link', '‹[here](https://example.org)›', '‹[here](https://example.org)›'],
  ['link', '[here](https://example.org)‹›', '[here](https://example.org)[](‹https://›)'],
  ['quote', '> one‹›', 'one‹›'],
  ['quote', '‹> one\n> two›', '‹one\ntwo›'],
  ['quote', '‹> one\ntwo›', '‹> one\n> two›'],
  ['list', '- ‹›', '‹›'],
  ['list', '‹- one\n* two›', '‹one\ntwo›'],
  ['code', 'a \n```\n‹x\ny›\n```\n', 'a \n‹x\ny›'],
  ['code', '```ts\n‹x\ny›\n```\nb', '‹x\ny›\nb'],
  ['code', '```\nx\n‹y\nz›\n```', '```\nx\n‹y\nz›\n```'],
])('%s makes of %j %j', (mark, before, expected) => {
  expect(after(mark, before)).toBe(expected);
});
