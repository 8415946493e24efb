import { expect, test } from '@jest/globals';
import { linkedQuotes, withoutQuotes } from './index.ts';

const POST = `Before

> Two *words*
> and more https://example.org
>
> — [Linh](/posts/borders#comment-1)

> Nobody is named here.

> > Inside, with [a place](/a)
lazily continued

After`;

const isPath = (link: string): boolean => link.startsWith('/');

test('quotations with a link are found with their lines, links and words', () => {
  expect(linkedQuotes(POST, isPath)).toEqual([
    { from: 2, until: 6, links: ['/posts/borders#comment-1'], said: ['Two words and more https://example.org'] },
    { from: 9, until: 11, links: ['/a'], said: [] },
  ]);
  expect(linkedQuotes('> [a](/b) `> c`\n\n    > [a](/b)', isPath)).toHaveLength(1);
  expect(linkedQuotes('> said\n>\n> ```\n> coded\n> ```\n>\n> [a](/b)', isPath)[0]?.said).toEqual(['said', 'coded\n']);
});

test('a quotation is taken out with the lines that continue it', () => {
  expect(withoutQuotes(POST, linkedQuotes(POST, isPath))).toBe('Before\n\n\n> Nobody is named here.\n\n\nAfter');
  expect(withoutQuotes(POST, [])).toBe(POST);
});
