import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultsIn } from '../../test/markdown/safe-html.ts';
import { unlessMissing } from '../../test/support/left-out.ts';
import {
  commentExcerptOf,
  excerptOf,
  headOf,
  MOST_COMMENT_IMAGES,
  mentionedHandles,
  plainTextOf,
  renderComment,
  renderPost,
  renderTranslation,
  seenInComment,
} from './index.ts';

const OWN_PAYLOADS = new URL('../../test/markdown/payloads.json', import.meta.url);
/** Public collections of attacks, which lie beside the repository on some machines. */
const COLLECTIONS = new URL('../../../shared/data/html-xss/', import.meta.url);
const collected = unlessMissing(existsSync(COLLECTIONS) ? null : 'the public collections are not at hand');

function jsonIn(url: URL): unknown {
  return JSON.parse(readFileSync(url, 'utf8'));
}

/** Every text anywhere in a JSON value. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A payload by itself, and where Markdown might let it through. */
function wrapped(payload: string): readonly string[] {
  const line = payload.replaceAll(/\s+/g, ' ');
  return [
    payload,
    `[x](${line})`,
    `[x](<${line}>)`,
    `![${line}](${line} "${line}")`,
    `<${line}>`,
    `[x]: ${line}\n\n[x]`,
    `|a|\n|-|\n|${line}|`,
    `\`\`\`${line}\n${payload}\n\`\`\``,
    `http://example.org/${line}`,
  ];
}

function faultsOf(payloads: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  return payloads.flatMap(wrapped).flatMap((source) => {
    const faults = [
      ...faultsIn(renderComment(source), { images: 'own' }),
      ...faultsIn(renderPost(source), { images: 'all' }),
      ...faultsIn(excerptOf(source, 100), { images: 'none' }),
    ];
    return faults.length > 0 ? [[source, faults] as const] : [];
  });
}

describe('what a member writes', () => {
  it('never becomes a script, a handler or a foreign scheme: own payloads', () => {
    expect(faultsOf(textsIn(jsonIn(OWN_PAYLOADS)))).toEqual([]);
  });

  collected.it(
    'never becomes a script, a handler or a foreign scheme: public collections',
    () => {
      const files = readdirSync(COLLECTIONS).filter((file) => !/-tests\.json$|-spec\.txt$/.test(file));
      const payloads = files.flatMap((file) => {
        const url = new URL(file, COLLECTIONS);
        if (file.endsWith('.json')) return textsIn(jsonIn(url));
        return file.endsWith('.html') ? [readFileSync(url, 'utf8')] : readFileSync(url, 'utf8').split('\n');
      });

      expect(payloads.length).toBeGreaterThan(5_000);
      expect(faultsOf(payloads)).toEqual([]);
    },
    120_000,
  );

  it('never does, made of pieces at random', () => {
    const pieces = [
      '[',
      '](',
      ')',
      '<',
      '>',
      '"',
      "'",
      '`',
      '!',
      '&',
      ';',
      ':',
      '//',
      '\\',
      '\n',
      ' ',
      '|',
      '-',
      '*',
      '~~',
      'a',
    ];
    const words = [
      'javascript:',
      'data:text/html,',
      'http://a.b/',
      'www.a.b',
      'a@b.c',
      'onclick=x',
      '<img ',
      '&#106;',
      '\u0000',
    ];
    const source = fc.array(fc.constantFrom(...pieces, ...words), { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(source, (text) => {
        expect(faultsIn(renderComment(text), { images: 'own' })).toEqual([]);
        expect(faultsIn(renderPost(text), { images: 'all' })).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('shows HTML as text', () => {
    expect(renderComment('a <b>bold</b> word')).toBe('<p>a &lt;b&gt;bold&lt;/b&gt; word</p>\n');
  });
});

describe('Markdown', () => {
  it('links as GFM does, and lends no weight', () => {
    const link = (href: string, text: string): string => `<a href="${href}" rel="nofollow ugc noopener">${text}</a>`;
    expect(renderComment('http://a.example/x, www.a.example, a@b.example, a.example, ftp://a.example')).toBe(
      `<p>${link('http://a.example/x', 'http://a.example/x')}, ${link('http://www.a.example', 'www.a.example')}, ` +
        `${link('mailto:a@b.example', 'a@b.example')}, a.example, ftp://a.example</p>\n`,
    );
  });

  it('has tables and strikethrough', () => {
    expect(renderComment('~~gone~~\n\n|a|b|\n|-|-:|\n|1|2|')).toBe(
      '<p><s>gone</s></p>\n<table>\n<thead>\n<tr>\n<th>a</th>\n<th align="right">b</th>\n</tr>\n</thead>\n' +
        '<tbody>\n<tr>\n<td>1</td>\n<td align="right">2</td>\n</tr>\n</tbody>\n</table>\n',
    );
  });

  it('shows pictures in posts, and links to them in comments', () => {
    const source = '![A *map*](https://a.example/m.png "Map") ![s](/s.png) ![m](mailto:a@b.example)';
    expect(renderPost(source)).toBe(
      '<p><img src="https://a.example/m.png" alt="A map" title="Map" loading="lazy" referrerpolicy="no-referrer"> ' +
        '<img src="/s.png" alt="s" loading="lazy" referrerpolicy="no-referrer"> m</p>\n',
    );
    expect(renderComment('![A *map*](https://a.example/m.png) [![i](http://a.example/i)](http://b.example)')).toBe(
      '<p><a href="https://a.example/m.png" rel="nofollow ugc noopener">A map</a> ' +
        '<a href="http://b.example" rel="nofollow ugc noopener">i</a></p>\n',
    );
  });

  it("shows the forum's own images in the size that fits, with room kept for them", () => {
    const id = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01';
    const [sizes, room] = [
      'sizes="(max-width: 48rem) 100vw, 48rem"',
      'width="700" height="350" loading="lazy" decoding="async"',
    ];
    const set = (ending: string) =>
      `srcset="/images/${id}-480.${ending} 480w, /images/${id}-960.${ending} 700w" ${sizes}`;
    expect(renderPost(`![A "map"](/images/${id}-1600.jpg#700x350 "Map")`)).toBe(
      `<p><picture><source type="image/avif" ${set('avif')}><source type="image/webp" ${set('webp')}>` +
        `<img src="/images/${id}-960.jpg" ${set('jpg')} alt="A &quot;map&quot;" title="Map" ${room}></picture></p>\n`,
    );
    expect(renderPost(`![](/images/${id}-1600.webp#700x350)`)).toBe(
      `<p><img src="/images/${id}-960.webp" ${set('webp')} alt="" ${room}></p>\n`,
    );
    expect(renderPost(`![x](/images/${id}-960.jpg)`)).toContain(`<img src="/images/${id}-960.jpg" alt="x"`);
    const own = [`![A "map"](/images/${id}-1600.jpg#700x350 "Map")`, `![](/images/${id}-1600.webp#700x350)`];
    for (const reference of [...own, `![x](/images/${id}-960.jpg)`]) {
      expect(faultsIn(renderPost(reference), { images: 'own' })).toEqual([]);
      expect(renderComment(reference)).toBe(renderPost(reference));
    }
  });

  it.each([
    'https://a.example/images/ID-960.jpg',
    '//a.example/images/ID-960.jpg',
    '/images/../images/ID-960.jpg',
    '/images/ID-960.jpg?x=1',
    '/images/ID-960.jpg#1x',
    '/images/ID-961.jpg',
    '/images/ID-960.svg',
    '/sign-out',
    'data:image/png;base64,AA==',
  ])('makes no request of a comment for what is no image of the forum: %s', (address) => {
    const html = renderComment(`![A view](${address.replace('ID', '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01')})`);
    expect(html).not.toContain('<img');
    expect(html).toContain('A view');
  });

  it('shows so many images in a comment, and links to the others; posts show all', () => {
    const named = (n: number): string => `/images/0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a${10 + n}`;
    const kept = (n: number): string => `![k${n}](${named(n)}-1600.jpg#700x350)`;
    const bare = (n: number): string => `![](${named(n)}-480.jpg)`;
    const some = Array.from({ length: MOST_COMMENT_IMAGES }, (_, n) => (n % 2 === 0 ? kept(n) : bare(n)));
    const within = `${some.slice(0, 4).join(' ')}\n\n> ${some.slice(4).join('\n> ')}\n\n`;
    expect(renderComment(within)).toBe(renderPost(within));
    const link = (path: string, text: string): string => `<a href="${path}" rel="nofollow ugc noopener">${text}</a>`;
    const over = `${kept(30)} ${bare(31)} [a ${bare(32)}](/b)`;
    expect(renderComment(within + over)).toBe(
      `${renderPost(within)}<p>${link(`${named(30)}-1600.jpg#700x350`, 'k30')} ` +
        `${link(`${named(31)}-480.jpg`, `${named(31)}-480.jpg`)} ${link('/b', `a ${named(32)}-480.jpg`)}</p>\n`,
    );
    expect(renderPost(within + over).match(/<img/g)).toHaveLength(MOST_COMMENT_IMAGES + 3);
    expect(renderComment(over).match(/<img/g)).toHaveLength(3);
  });

  it('reads a picture of a comment as its description, and mentions nobody in it', () => {
    const file = '/images/0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01-1600.jpg#9x9';
    const text = `Look: ![A r**iv**er with @linh](${file}) ![](${file})`;
    expect(seenInComment(text).text).toBe('Look: A river with @linh ');
    expect(mentionedHandles(text, 9)).toEqual([]);
    expect(headOf(text, 100)).toBe('Look: A river with @linh 🖼');
    expect(commentExcerptOf(`![](${file})`, 100)).toBe('<p>🖼</p>');
    expect(excerptOf(text, 100)).toBe('<p>Look:</p>');
  });

  it("reads the signs of a picture's description as its words, as the composer writes them", () => {
    const file = '/images/0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01-1600.jpg#9x9';
    const text = `![A \\*wide\\* river \\!\\[x\\](y) \\<b\\> \\& \\\`c\\\` \\@linh a\\\\b \\](](${file})`;
    expect(renderComment(text)).toContain('alt="A *wide* river ![x](y) &lt;b&gt; &amp; `c` @linh a\\b ]("');
    expect(headOf(text, 200)).toBe('A *wide* river ![x](y) <b> & `c` @linh a\\b ](');
  });

  collected.it('is CommonMark where no HTML is involved', () => {
    const examples = jsonIn(new URL('commonmark-0.31.2-tests.json', COLLECTIONS));
    if (!Array.isArray(examples)) throw new Error('the specification has examples');
    const plain = (html: string): string =>
      html.replaceAll(' />', '>').replaceAll(' rel="nofollow ugc noopener"', '').replaceAll('>\n<', '><');
    const without = examples.filter(
      ({ markdown, html }) => !/<|www\.|http:|@|!\[/.test(markdown) && !/<img/.test(html),
    );
    const equal = without.filter(({ markdown, html }) => plain(renderComment(markdown)) === plain(html));

    expect(without.length).toBeGreaterThan(400);
    const refusedScheme = 500;
    const autolinkOfGfm = 611;
    expect(without.filter((example) => !equal.includes(example)).map(({ example }) => example)).toEqual([
      refusedScheme,
      autolinkOfGfm,
    ]);
  });
});

describe('an excerpt', () => {
  it('is the head of the words, cut between them', () => {
    expect(excerptOf('# Title\n\nHello **wide** wonderful <b>world</b>, ![x](y) `code`', 20)).toBe(
      '<p>Title Hello wide…</p>',
    );
    expect(excerptOf('Short & *sweet*', 100)).toBe('<p>Short &amp; sweet</p>');
    expect(excerptOf('', 100)).toBe('');
    expect(excerptOf('Before\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nAfter', 100)).toBe('<p>Before After</p>');
  });

  it('is cut between words, too, where a script has no spaces', () => {
    const text = 'ภาษาไทยเขียนโดยไม่เว้นวรรคระหว่างคำ';
    const words = Array.from(new Intl.Segmenter('th', { granularity: 'word' }).segment(text), ({ segment }) => segment);
    const cut = excerptOf(text, 16).replace('<p>', '').replace('…</p>', '');

    expect(words.map((_, index) => words.slice(0, index).join(''))).toContain(cut);
    expect(cut.length).toBeGreaterThan(6);
  });

  it('gives a text without its marks', () => {
    expect(plainTextOf('# A\n\n- *b*\n- [c](http://d.example)\n\n```\ncode\n```')).toBe('A\nb\nc');
  });
});

describe('hostile text', () => {
  const patterns = [
    '[',
    '![',
    '[[]',
    '*a **b ',
    '_a_',
    '`a ``',
    '> ',
    '- ',
    '1. ',
    '<a ',
    '<!--',
    'http://',
    'www.',
    'a@b.',
    '[a](',
    '[a](<b',
    '![[]()',
    '|a',
    '|-|-|\n',
    '&',
    '~~a~',
    '***',
    '*a_',
    '[a]: b\n',
    '(((',
    '<http:',
    '```\n',
    '\n> ',
    '*_',
    '<<',
    'www.a.b/(',
    'mailto:a@a.',
    '- a\n\n',
    'ก',
    '\u200d',
    '<a@b.c',
    '![a](b "',
    '\\',
  ];

  it('of 10,000 characters renders in less than 50 ms', () => {
    const slow: (readonly [string, number])[] = [];
    for (const first of patterns) {
      for (const second of patterns) {
        const time = bestTime((first + second).repeat(10_000), 50);
        if (time >= 50) slow.push([first + second, time]);
      }
    }
    for (const pattern of patterns) {
      const time = bestTime('['.repeat(5_000) + pattern.repeat(5_000), 50);
      if (time >= 50) slow.push([`[[[ ${pattern}`, time]);
    }
    expect(slow).toEqual([]);
  }, 300_000);

  it('is nested no deeper than a page can bear', () => {
    const deepest = (html: string): number => {
      let [depth, most] = [0, 0];
      for (const tag of html.matchAll(/<(\/?)(?:blockquote|ul|ol|li|em|strong)\b/g)) {
        depth += tag[1] === '/' ? -1 : 1;
        most = Math.max(most, depth);
      }
      return most;
    };
    for (const pattern of ['> ', '- ', '1. ', '*a ', '> - '])
      expect(deepest(renderComment(pattern.repeat(3_000)))).toBeLessThan(50);
  });
});

describe('a translation', () => {
  it('shows of elsewhere only the pictures of its original; others are links', () => {
    const original = 'Words ![a](https://elsewhere.example/a.png)';
    const source =
      '![ก](https://elsewhere.example/a.png) ![px](https://evil.example/px.png) [![x](//evil.example/y.png)](/z)';
    const html = renderTranslation(source, original);
    expect(html.match(/<img src="[^"]*"/g)).toEqual(['<img src="https://elsewhere.example/a.png"']);
    expect(html).toContain('<a href="https://evil.example/px.png" rel="nofollow ugc noopener">px</a>');
    expect(renderTranslation(source, '`![a](https://elsewhere.example/a.png)`')).not.toContain('<img');
  });

  it('shows the first of the forum’s own pictures, as a comment does', () => {
    const own = Array.from({ length: MOST_COMMENT_IMAGES + 1 }, (_, n) => `![${n}](/images/${n}-480.webp)`).join(' ');
    expect(renderTranslation(own, '').match(/<img/g)).toEqual(renderComment(own).match(/<img/g));
  });
});

/** The best of three, as far as needed, since other work of the machine is not the text's fault. */
function bestTime(text: string, enough: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3 && best >= enough; round += 1) best = Math.min(best, renderTime(text));
  return best;
}

/** Milliseconds of this process's own work. */
function renderTime(text: string): number {
  const start = process.cpuUsage();
  renderComment(text.slice(0, 10_000));
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
