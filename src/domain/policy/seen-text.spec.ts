import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { renderComment, seenInComment } from '../../../libs/markdown/index.ts';
import { judge } from './judge.ts';
import { FIRST_POLICY, type Rule } from './policy.settings.ts';

const NOW = '2015-10-05T08:00:00.000Z';
const record = { registeredAt: NOW, visibleComments: 0, isPremoderated: false, isConfirmed: true, earlier: [] };

const matchedBy = (rule: Rule, body: string): string | null => {
  const rules = FIRST_POLICY.rules.map((one): Rule => (one.rule === rule.rule ? rule : { ...one, on: false }));
  const judged = { kind: 'post', body, seenIn: seenInComment, now: NOW, author: record } as const;
  return judge({ version: 1, policy: { rules } }, judged).findings[0]?.matched ?? null;
};
const banned = (word: string, body: string) =>
  matchedBy({ rule: 'banned-words', on: true, words: [word], measure: 'reject' }, body);
const linked = (most: number, body: string) =>
  matchedBy({ rule: 'links', on: true, most, trustedHosts: ['good.example', 'bücher.example'], measure: 'hold' }, body);

describe('a word is found as readers see it', () => {
  test.each([
    ['vi&#97;gra', 'viagra'],
    ['&#x76;iagra', 'viagra'],
    ['vi&shy;agra', 'vi\u00adagra'],
    ['vi&ZeroWidthSpace;agra', 'vi\u200bagra'],
    ['vi**a**gra', 'viagra'],
    ['vi`a`gra', 'viagra'],
    ['vi[](a)agra', 'viagra'],
    ['[vi](/a)agra', 'viagra'],
    ['vi![a](http://a.example/a.png)gra', 'viagra'],
    ['vi~~ag~~ra', 'viagra'],
    ['vi\\agra vi\\_agra &#118;iagra', 'vi\\agra'],
    ['vi\\_agra &#118;iagra', 'vi_agra'],
    ['viagr&aacute;', 'viagrá'],
    ['viagra&#x301;', 'viagrá'],
    ['| a |\n|---|\n| vi*a*gra |', 'viagra'],
    ['> # vi*a*gra', 'viagra'],
    ['1. vi*a*gra', 'viagra'],
  ])('%s', (body, part) => {
    expect(banned('viagra', body)).toBe(part);
  });
  test.each([
    ['an override', '\u202eargaiv\u202c now'],
    ['an override by its entity', '&#x202e;argaiv&#x202c;'],
    ['an override with other letters', '\u202eаrgаiv\u202c'],
    ['an override of letters apart', '\u202ea r g a i v\u202c'],
    ['isolates in an isolate', '\u2067\u2066gra\u2069\u2066via\u2069\u2069'],
    ['isolates in an embedding', '\u202b\u2066gra\u2069\u2066via\u2069\u202c'],
    ['marks of direction', '\u200fgra\u200fvia'],
    ['an isolate that finds its direction', '\u2068\u200f\u2066gra\u2069\u2066via\u2069\u2069'],
  ])('%s that turns the word', (_, body) => {
    expect(banned('viagra', body)).not.toBeNull();
  });
  test('nothing is turned that readers see as it is written', () => {
    for (const body of ['\u2067argaiv\u2069', '\u202bargaiv\u202c', '\u200eargaiv', 'argaiv', '\u200fgra via'])
      expect([body, banned('viagra', body)]).toEqual([body, null]);
  });
  test('and a word that readers do not see counts too', () => {
    expect(banned('viagra', '[x](/a "viagra")')).toBe('viagra');
    expect(banned('viagra', '```viagra\nx\n```')).toBe('viagra');
    expect(banned('viagra', '[viagra]: /a')).toBe('viagra');
    expect(banned('viagra', '`viagra`')).toBe('viagra');
  });
  test('where a line, a block or a cell ends, a word ends', () => {
    for (const between of ['\n', '  \n', '\n\n', '\n> ', ' | ', '\n```\n'])
      expect(banned('viagra', `| a | b |\n|---|---|\n*vi*${between}agra`)).toBeNull();
    expect(banned('cheap pills', '*cheap*\npills')).toBe('cheap\npills');
  });
});

describe('a link counts as browsers resolve it', () => {
  test.each([
    ['[x](http&#58;//a.example/1) [y](http&#58;//b.example/2)', 1, '2 links, the first to a.example'],
    ['[x](http&colon;//a.example/1) [y](http&#x3a;//b.example/2)', 1, '2 links, the first to a.example'],
    ['[x](&#104;ttp://a.example/1) <http://b.example/>', 1, '2 links, the first to a.example'],
    ['[x][1] [y][1]\n\n[1]: http&#58;//a.example', 1, '2 links, the first to a.example'],
    ['![x](http&#58;//a.example/1.png)', 0, '1 links, the first to a.example'],
    ['[b](http://evil.example&sol;.good.example/)', 0, '1 links, the first to evil.example'],
    ['[b](http://good.example&#64;evil.example/)', 0, '1 links, the first to evil.example'],
    ['[i](http:/evil.example/)', 0, '1 links, the first to evil.example'],
    ['[h](https:evil.example)', 0, '1 links, the first to evil.example'],
    ['[h](http:evil.example)', 0, '1 links, the first to evil.example'],
    ['[f](http://evil.example./)', 0, '1 links, the first to evil.example'],
    ['`http://a.example http://b.example`', 1, '2 links, the first to a.example'],
  ])('%s', (body, most, matched) => {
    expect(linked(most, body)).toBe(matched);
  });
  test('a link within the forum, to a trusted host or by mail is none', () => {
    expect(linked(0, '[a](/posts/a) [b](#b) [c](?c) @linh <a@b.example> [d](mailto:a@b.example)')).toBeNull();
    expect(linked(0, '[a](https://good.example:8080/) www.GOOD.example [b](http&#58;//a.good.example.)')).toBeNull();
    expect(linked(0, '[a](https://bücher.example/) [b](http&#58;//a.xn--bcher-kva.example/)')).toBeNull();
  });
});

test('however a word is written, the rule sees it when readers do', () => {
  const word = fc.constantFrom('viagra', 'casino', 'scheiße', 'đảo', 'порно');
  fc.assert(
    fc.property(word, fc.array(fc.tuple(fc.nat(9), fc.nat(7)), { minLength: 9, maxLength: 9 }), (sought, ways) => {
      const letters = [...sought].map((letter, at) => written(letter, ways[at] ?? [0, 0]));
      const body = `Look *here*, ${letters.join('')} now`;
      const visible = seenBy(renderComment(body));
      if (wordsOf(visible).includes(sought)) expect([body, banned(sought, body)]).not.toEqual([body, null]);
    }),
    { numRuns: 500 },
  );
});

test('however links are written, each that leads to another host counts', () => {
  const address = fc.tuple(
    fc.constantFrom('http', 'https', 'HTTP', '&#104;ttp', 'htt&#x70;s'),
    fc.constantFrom(':', '&colon;', '&#58;', '\\:'),
    fc.constantFrom('//', '/', '', '///', '&sol;/', '\\/\\/', '&#92;/'),
    fc.constantFrom(
      'evil.example',
      'good.example',
      'a@evil.example',
      'evil.example&sol;.good.example',
      'evil.example:8',
    ),
    fc.constantFrom('', '/', '/x', '?x', '#x', '%2e'),
  );
  const links = fc.array(fc.tuple(address, fc.nat(6)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(links, (all) => {
      const body = all.map(([parts, way], at) => linkOf(parts.join(''), way, at)).join('\n\n');
      const hosts = hrefsIn(renderComment(body)).flatMap((href) => foreignHost(href, 'http') ?? []);
      if (hosts.length > 0) expect([body, linked(hosts.length - 1, body)]).not.toEqual([body, null]);
      const secure = hrefsIn(renderComment(body)).flatMap((href) => foreignHost(href, 'https') ?? []);
      if (secure.length > 0) expect([body, linked(secure.length - 1, body)]).not.toEqual([body, null]);
    }),
    { numRuns: 500 },
  );
});

test('ten thousand characters are read in some milliseconds', () => {
  const pieces = ['&#97;', '**a**b', '[x](http&#58;//a.example/1) ', '[', '`a``b', 'http://a.example/ '];
  for (const piece of pieces) {
    const body = piece.repeat(Math.floor(10_000 / piece.length));
    const start = process.cpuUsage();
    linked(0, body);
    expect([piece, process.cpuUsage(start).user < 500_000]).toEqual([piece, true]);
  }
});

const NAMED: Readonly<Record<string, string>> = { ß: '&szlig;', i: '&#x69;', a: '&#0097;', п: '&pcy;', о: '&ocy;' };

function written(letter: string, [way, unseen]: readonly [number, number]): string {
  const code = letter.codePointAt(0) ?? 0;
  const ways = [
    letter,
    letter,
    `&#${code};`,
    `&#x${code.toString(16)};`,
    NAMED[letter] ?? letter,
    `**${letter}**`,
    `\`${letter}\``,
    `[${letter}](/x)`,
    `~~${letter}~~`,
    letter.normalize('NFD').replace(/[^a-z]/gu, (mark) => `&#${mark.codePointAt(0)};`),
  ];
  const between = ['', '', '', '&shy;', '&ZeroWidthSpace;', '\u200d', '[](/y)', '&#8288;'];
  return `${ways[way]}${between[unseen]}`;
}

function linkOf(address: string, way: number, at: number): string {
  const ways = [
    `[x](${address})`,
    `[x](<${address}> "title")`,
    `[x][r${at}]\n\n[r${at}]: ${address}`,
    `<${address}>`,
    `![x](${address})`,
    address,
    `[![x](/a.png)](${address})`,
  ];
  return ways[way] ?? '';
}

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.DocumentFragment;

function nodesIn(node: Node): readonly Node[] {
  return [node, ...('childNodes' in node ? node.childNodes.flatMap(nodesIn) : [])];
}

function seenBy(html: string): string {
  const texts = nodesIn(parseFragment(html)).flatMap((node) => ('value' in node ? node.value : []));
  return texts
    .join('')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFC');
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

function hrefsIn(html: string): readonly string[] {
  return nodesIn(parseFragment(html)).flatMap((node) =>
    'attrs' in node ? node.attrs.filter(({ name }) => name === 'href' || name === 'src').map(({ value }) => value) : [],
  );
}

function foreignHost(href: string, scheme: string): string | null {
  const host = URL.parse(href, `${scheme}://forum.test/posts/a`)?.hostname.replace(/\.$/u, '') ?? '';
  return ['', 'forum.test', 'good.example'].includes(host) || host.endsWith('.good.example') ? null : host;
}
