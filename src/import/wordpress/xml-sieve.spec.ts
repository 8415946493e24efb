import { describe, expect, it } from '@jest/globals';
import { XmlSieve } from './xml-sieve.ts';

/** All that a sieve gives of a text that arrives in chunks of a size, and the line ends that it dropped. */
function sifted(text: string, { size = text.length, wanted = 1 }: { size?: number; wanted?: number }) {
  let given = '';
  let lines = 0;
  const sieve = new XmlSieve(() => given.split('</wp:comment>').length > wanted);
  for (let at = 0; at < text.length; at += size) {
    for (const piece of sieve.sift(text.slice(at, at + size))) {
      given += piece.text;
      lines += piece.lines;
    }
  }
  return { given: given + sieve.end(), lines };
}

const comment = (text: string): string => `<wp:comment>\n<a><![CDATA[${text}]]></a>\n</wp:comment>\n`;

describe('the sieve in front of the parser', () => {
  const first = `<item><![CDATA[ <wp:comment> of a text ]]>${comment('one')}`;
  const others = comment('two </wp:comment> <wp:comment>') + comment('three\n\n');
  const last = '<wp:comment_x/></item>]]>\n';

  it.each([1, 2, 3, 7, 1_000])(
    'drops comments that nobody wants, and keeps count of lines, in chunks of %d',
    (size) => {
      expect(sifted(first + others + last, { size })).toEqual({ given: `${first}\n\n${last}`, lines: 6 });
    },
  );

  it.each([1, 5, 1_000])('gives all when all are wanted, in chunks of %d', (size) => {
    expect(sifted(first + others + last, { size, wanted: 9 })).toEqual({ given: first + others + last, lines: 0 });
  });

  it('drops the rest of a comment that never ends', () => {
    expect(sifted(`${first}<wp:comment>\n<![CDATA[\n`, { size: 4 })).toEqual({ given: first, lines: 2 });
  });
});
