import { describe, expect, it } from '@jest/globals';
import { withMarks } from './marked.ts';

describe('what a rule caught', () => {
  it('is marked in the text, each time, and nothing else is changed', () => {
    expect(withMarks('<p>C4SINO and c4sino, C4SINO</p>', ['C4SINO'])).toBe(
      '<p><mark>C4SINO</mark> and c4sino, <mark>C4SINO</mark></p>',
    );
  });

  it('is a word of its own where words are parted by spaces, and any place where they are not', () => {
    expect(withMarks('<p>others, the other; รักการพนันกัน</p>', ['the', 'การพนัน'])).toBe(
      '<p>others, <mark>the</mark> other; รัก<mark>การพนัน</mark>กัน</p>',
    );
  });

  it('is not sought in tags and their attributes, nor read as a pattern', () => {
    expect(withMarks('<a href="https://p.example">p. p</a>', ['p.'])).toBe(
      '<a href="https://p.example"><mark>p.</mark> p</a>',
    );
  });

  it('is found where HTML writes it otherwise, and adds no mark-up of its own', () => {
    expect(withMarks('<p>a &lt;b&gt; &amp; c</p>', ['<b> & c', '<p>'])).toBe('<p>a <mark>&lt;b&gt; &amp; c</mark></p>');
  });

  it('leaves the text alone when there is none', () => {
    expect(withMarks('<p>x</p>', [''])).toBe('<p>x</p>');
  });
});
