import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it, test } from '@jest/globals';
import Database from 'better-sqlite3';
import {
  beginsAs,
  highlighted,
  indexedText,
  indexedWords,
  joinedAs,
  keptWords,
  matchOf,
  parseSearch,
  ranking,
  TOKENIZER,
  tooShortEnd,
  type Vocabulary,
  wordsInOrder,
  wordsToIndex,
} from './index.ts';

interface Asked {
  readonly q: string;
  readonly finds: readonly string[];
}

const data = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../test/search/${name}.json`, import.meta.url), 'utf8'));
const texts = Object.entries(Object(data('texts'))).map(([id, text]) => ({ id, text: String(text) }));
const asked: readonly Asked[] = Array.isArray(data('queries')) ? Array.from(Object(data('queries'))) : [];

const db = new Database(':memory:');
db.exec(`CREATE VIRTUAL TABLE entry USING fts5(words, content = '', tokenize = "${TOKENIZER}")`);
const add = db.prepare('INSERT INTO entry (rowid, words) VALUES (?, ?)');
texts.forEach(({ text }, at) => {
  add.run(BigInt(at), indexedText(text));
});
afterAll(() => {
  db.close();
});
const find = db.prepare<[string], number>('SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY rowid').pluck();
const found = (q: string, exact = false): readonly string[] => {
  const match = matchOf(parseSearch(q), { all: [], none: [] }, { exact });
  return match === null ? [] : find.all(match).map((at) => texts[at]?.id ?? '');
};

test('there are three hundred searches, each once', () => {
  expect(asked.length).toBeGreaterThanOrEqual(300);
  expect(new Set(asked.map(({ q }) => q)).size).toBe(asked.length);
});

it.each(asked.map(({ q, finds }) => [q, finds] as const))('%s finds %j', (q, finds) => {
  expect(found(q)).toEqual(finds);
});

describe('a beginning', () => {
  const all = [...new Set(texts.flatMap(({ text }) => [...wordsToIndex(keptWords(text)).long]))];
  const known: Vocabulary = (beginning) => all.filter((word) => word.startsWith(beginning));
  const tooMany: Vocabulary = () => null;
  const foundBy = (q: string, vocabulary: Vocabulary): readonly string[] => {
    const search = parseSearch(q);
    const has = beginsAs(search, vocabulary) ?? (() => true);
    const match = matchOf(search, { all: [], none: [] }, { vocabulary }) ?? '';
    return find
      .all(match)
      .flatMap((at) => texts[at] ?? [])
      .filter(({ text }) => has(` ${indexedText(text)} `))
      .map(({ id }) => id);
  };

  it.each(asked.filter(({ q }) => q.includes('*')).map(({ q, finds }) => [q, finds] as const))(
    '%s finds the same by the words that are known, and by texts where these are too many',
    (q, finds) => {
      expect(foundBy(q, known)).toEqual(finds);
      expect(foundBy(q, tooMany)).toEqual(finds);
    },
  );

  it('is left out as well', () => {
    expect(foundBy('market -paint*', known)).toEqual(['en2']);
    expect(foundBy('market -paint*', tooMany)).toEqual(['en2']);
  });
});

it('has in a kept text all that the index makes of it', () => {
  for (const { text } of texts) expect(indexedWords(keptWords(text))).toBe(indexedText(text));
  expect(keptWords('Về ㌀ที่พักพิง 2.5')).toBe('về _アパート|ที่/พั/ก|พิ/ง 2 5');
  expect(indexedWords(keptWords('Về nước ທີ່ນີ້'))).toBe('ve nuoc ທີ່ ນີ້ =về =nước _ທີ່ນີ້ !ທີ່ !ນີ້ ^nuo');
});

it('finds a beginning of three letters in words of three letters and of more', () => {
  const words = texts.map(({ id, text }) => ({ id, words: wordsInOrder(keptWords(text)).split(' ') }));
  const begins = new Set(words.flatMap((one) => one.words).flatMap((word) => /^[a-z]{3}/.exec(word)?.[0] ?? []));
  expect(begins.size).toBeGreaterThan(50);
  for (const begin of begins) {
    const having = words.filter((one) => one.words.some((word) => word.startsWith(begin))).map(({ id }) => id);
    expect([begin, found(`${begin}*`)]).toEqual([begin, having]);
  }
  expect(indexedWords(keptWords('then the'))).toBe('then the ^the');
  expect(indexedWords(keptWords('the'))).toBe('the');
});

describe('what is found', () => {
  it('is narrower where marks and whole words count', () => {
    expect(found('má', true)).toEqual(['vi4']);
    expect(found('sữa', true)).toEqual(['vi1', 'vi8']);
    expect(found('ตาก', true)).toEqual(['th7']);
    expect(found('river', true)).toEqual([]);
  });

  it.each(
    asked.filter(({ finds, q }) => finds.length > 0 && !q.includes('-')).map(({ q, finds }) => [q, finds] as const),
  )('%s is marked in %j, and the text stays what it was', (q, finds) => {
    for (const { text } of texts.filter(({ id }) => finds.includes(id))) {
      const html = highlighted(text, parseSearch(q));
      expect(html).toContain('<mark>');
      const plain = html
        .replaceAll(/<\/?mark>/g, '')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&');
      expect(plain).toBe(text);
      expect(html).not.toMatch(/<mark>\p{M}|<\/mark>\p{M}/u);
    }
  });

  it('stands on one line, its blocks parted by a mark where no sentence ends', () => {
    const text = '\n On tea \n\n green\nand black\r\n\r\nWater boils.\n\nHoney (“sweet.”)\n\nMilk\n';
    expect(highlighted(text, parseSearch('black'))).toBe(
      'On tea · green and <mark>black</mark> · Water boils. Honey (“sweet.”) Milk',
    );
  });

  it('is safe, and no longer than an excerpt', () => {
    const html = highlighted(
      `<script>alert("x")</script> ${'filling words '.repeat(100)} needle & hay ${'more '.repeat(100)}`,
      parseSearch('needle'),
    );
    expect(html).toMatch(/^….*<mark>needle<\/mark> &amp; hay.*…$/);
    expect(html.length).toBeLessThan(320);
    expect(highlighted('<b>needle</b>', parseSearch('needle'))).toBe('&lt;b&gt;<mark>needle</mark>&lt;/b&gt;');
  });
});

describe('a search', () => {
  it.each([
    ['', 'no word'],
    ['-a', 'only what is to be left out'],
    ['-author:x', 'only what is to be left out'],
    [Array.from({ length: 33 }, (_, n) => `w${n}`).join(' '), '33 words and phrases'],
    [Array.from({ length: 10_000 }, (_, n) => `w${n}`).join(' '), 'characters'],
    ['ก'.repeat(65), 'longer than 64'],
  ])('%.20s is refused with what is wrong', (q, why) => {
    expect(() => parseSearch(q)).toThrow(why);
  });

  it('goes on where it is typed', () => {
    expect(parseSearch('old mark', { isTyping: true }).all.map(({ isBeginning }) => isBeginning)).toEqual([
      false,
      true,
    ]);
    expect(parseSearch('old mark ', { isTyping: true }).all.map(({ isBeginning }) => isBeginning)).toEqual([
      false,
      false,
    ]);
  });

  it.each([
    ['zebra author:transl', [true]],
    ['zebra author:"The translator"', [true]],
    ['zebra -author:transl author:mai ', [true]],
    ['old author:transl zebra', [false, true]],
    ['zebra author:transl old', [false, true]],
    ['zebra author:transl old ', [false, false]],
    ['"zebra" author:transl', [false]],
    ['zebra -old author:transl', [false]],
    ['zebra. author:transl', [false]],
    ['author:transl zebra ', [false]],
  ])('goes on in its last word, whichever authors stand behind it: %s', (q, goOn) => {
    expect(parseSearch(q, { isTyping: true }).all.map(({ isBeginning }) => isBeginning)).toEqual(goOn);
    expect(parseSearch(q).all.map(({ isBeginning }) => isBeginning)).toEqual(goOn.map(() => false));
  });

  it('takes no word that is left out as a beginning while one types', () => {
    expect(parseSearch('old -mark', { isTyping: true }).none.map(({ isBeginning }) => isBeginning)).toEqual([false]);
  });

  it('ranks a whole word before one that it begins', () => {
    const rank = ranking(parseSearch('rec', { isTyping: true }));
    const of = (body: string): number => rank({ title: '', body: keptWords(body) });
    expect(of('in the rec room beside the long hall')).toBeGreaterThan(of('in the record room'));
  });

  it('ranks a text by the letters that stand in it, and by words that the dictionary finds', () => {
    const rank = ranking(parseSearch('ตา'));
    const of = (body: string): number => rank({ title: '', body: keptWords(body) });
    expect(of('ตา ดี')).toBeGreaterThan(of('บ้านตากลม'));
    expect(of('บ้านตากลม')).toBeGreaterThan(0);
    expect(of('ดี')).toBe(0);
  });

  it('tells whether words of a stretch stand in one', () => {
    const isJoined = joinedAs(parseSearch('ข้าวไทย'));
    const of = (body: string): boolean | undefined => isJoined?.({ title: '', body: keptWords(body) });
    expect([of('ข้าวไทยดี'), of('กินข้าวไทย'), of('ข้าว ไทย'), of('ไทย')]).toEqual([true, true, false, false]);
    expect(joinedAs(parseSearch('tea'))).toBeNull();
  });

  it.each([
    ['mi', 'mi'],
    ['rain mi', 'mi'],
    ['mig', null],
    ['"mi"', null],
    ['mi*', 'mi*'],
    ['mi author:"Mai Linh"', 'mi'],
    ['mig author:mai', null],
    ['茶', null],
    ['-mi rain', null],
  ])('%s ends with too few letters to go on: %s', (q, word) => {
    expect(tooShortEnd(q)).toBe(word);
  });

  it('names authors by handle or name', () => {
    expect(parseSearch('tea author:@Mali -author:"Minh Anh"')).toMatchObject({
      authors: ['Mali'],
      notAuthors: ['Minh Anh'],
    });
  });

  it.each([
    ['author:"Đỗ “Q”" tea', 'Đỗ “Q”'],
    ['author:"Đỗ ""Q""" tea', 'Đỗ "Q"'],
    ['author:"Đỗ \\"Q\\"" tea', 'Đỗ "Q"'],
    ['author:“Đỗ "Q"” tea', 'Đỗ "Q"'],
    ['author:„Đỗ „Q““ tea', 'Đỗ „Q“'],
    ['author:"Đỗ «Q» Anh" tea', 'Đỗ «Q» Anh'],
    ['author:"Đỗ Q” tea', 'Đỗ Q'],
    ['author:"Đỗ ”Q" tea', 'Đỗ ”Q'],
    ['author:“Đỗ ”Q Anh” tea', 'Đỗ ”Q Anh'],
    ['author:«Đỗ »Q» tea', 'Đỗ »Q'],
    ['author:“Đỗ Q" tea', 'Đỗ Q'],
    ['author:"Anna "Mimi" Tran" tea', 'Anna "Mimi" Tran'],
    ['author:"Anna "Mimi"" tea', 'Anna "Mimi"'],
    ['author:"A "B" C "D" E" tea', 'A "B" C "D" E'],
  ])('takes quotes within a quoted name: %s', (asked, name) => {
    const { authors, all } = parseSearch(asked);
    expect([authors, all.length]).toEqual([[name], 1]);
  });

  it('ends a quoted name before the next phrase', () => {
    const { authors, all } = parseSearch('author:"Minh Anh" "green tea" author:„Mali“ tea “rain”');
    expect([authors, all.length]).toEqual([['Minh Anh', 'Mali'], 3]);
    expect(parseSearch('author:"Anna" "green tea" author:"Minh Anh"').authors).toEqual(['Anna', 'Minh Anh']);
    expect(parseSearch('author:"Anna "Mimi" tea').authors).toEqual(['Anna']);
    const before = performance.now();
    for (const many of ['"a', '“a', '„', '\\"', '""', '«a»', '"a"', ' ”a', ' “a', ' "a', ' "a"']) {
      expect(() => parseSearch(`author:"${many.repeat(300)}`)).not.toThrow(TypeError);
    }
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('ends soon, whatever stands in a text', () => {
    const before = performance.now();
    for (const text of [
      'ก'.repeat(10_000),
      '่'.repeat(10_000),
      '\0'.repeat(10_000),
      'a\u0301'.repeat(5_000),
      '🎉'.repeat(5_000),
      '\u17d2'.repeat(10_000),
      'ក្'.repeat(5_000),
      '-'.repeat(10_000),
      '\ud800'.repeat(10_000),
    ]) {
      indexedText(text);
      highlighted(text, parseSearch('a'));
    }
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
