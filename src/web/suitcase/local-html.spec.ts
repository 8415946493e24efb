import { describe, expect, it } from '@jest/globals';
import { localHtml } from './local-html.ts';
import { portableName } from './places.ts';

const COMMENT = '329f5a8f-243b-821d-8d3a-563c837af963';
const OTHER = '429f5a8f-243b-821d-8d3a-563c837af963';
const THAI = 'ชาเขียว';
const shown: string[] = [];
const things = {
  slugs: new Set(['tea', THAI]),
  tags: new Set(['tea', 'sea & sun']),
  months: new Set(['2015-10']),
  pages: new Set(['privacy']),
};
const page = {
  file: 'posts/tea/2.html',
  origin: 'https://forum.example',
  things,
  comments: { slug: 'tea', pages: new Map([[COMMENT, 2]]) },
  onImage: (name: string): void => void shown.push(name),
};
const local = (html: string): string => localHtml(html, page);
const href = (path: string): string | undefined => / href="([^"]*)"/.exec(local(`<a href="${path}">x</a>`))?.[1];

describe('an address on a page of a suitcase', () => {
  it.each([
    ['/', '../../index.html'],
    ['/posts/tea', '../../posts/tea/index.html'],
    ['/posts/tea#discussion', '../../posts/tea/index.html#discussion'],
    [`/posts/tea#comment-${COMMENT}`, `../../posts/tea/2.html#comment-${COMMENT}`],
    [`/comments/${COMMENT}`, `../../posts/tea/2.html#comment-${COMMENT}`],
    [`/receipts/${COMMENT}`, `../../verify.html#posts/tea/2.html/${COMMENT}`],
    [`/posts/${encodeURIComponent(THAI)}`, `../../posts/${portableName(THAI)}/index.html`],
    ['https://forum.example/posts/tea', '../../posts/tea/index.html'],
    ['/tags/Tea', '../../tags/tea/index.html'],
    ['/posts/tea/feed.atom', '../../posts/tea/feed.atom'],
    ['/archive/2015/10', '../../archive/2015-10/index.html'],
    ['/privacy', '../../privacy.html'],
    ['/~/assets/search.js', '../../assets/search.js'],
    ['#discussion', '#discussion'],
    ['https://elsewhere.example/', 'https://elsewhere.example/'],
  ])('%s is the way to what is in it: %s', (path, expected) => {
    expect(href(path)).toBe(expected);
  });

  it.each([`/comments/${OTHER}`, '/posts/withdrawn', '/imprint', '/sign-in?next=%2F'])(
    '%s is the public one, since only the forum has it',
    (path) => {
      expect(href(path)).toBe(`https://forum.example${path}`);
    },
  );

  it.each([
    '/members/linh',
    `/comments/${COMMENT}/history`,
    `/receipts/${OTHER}`,
    '/~/../../etc/passwd',
    '/~/"onclick',
  ])('%s is none', (path) => {
    expect(local(`<a href="${path}">x</a>`)).not.toContain('href="/');
    expect(href(path) ?? '').not.toMatch(/members|history|etc/);
  });

  it('of a picture is told, and leads to nothing that would be fetched', () => {
    const id = '5fee5fe8-c853-4c80-8684-c851a23fac31';
    const picture = `<picture><source type="image/avif" srcset="/images/${id}-480.avif 480w"><img src="/images/${id}-960.jpg" srcset="/images/${id}-480.jpg 480w, /images/${id}-960.jpg 900w" alt="A map"></picture>`;
    expect(local(picture)).toBe(
      `<picture><img src="../../images/${id}-960.jpg" srcset="../../images/${id}-480.jpg 480w, ../../images/${id}-960.jpg 900w" alt="A map"></picture>`,
    );
    expect(new Set(shown)).toEqual(new Set([`${id}-960.jpg`, `${id}-480.jpg`]));
    const foreign = '<img src="https://elsewhere.example/a.png" alt="A hill" loading="lazy">';
    expect(local(foreign)).toBe('<a href="https://elsewhere.example/a.png" rel="noopener nofollow">A hill</a>');
    expect(local(`<a href="/posts/tea">${foreign}</a>`)).toBe('<a href="../../posts/tea/index.html">A hill</a>');
  });

  it.each([
    'https:elsewhere.example/a.png',
    'HtTpS:elsewhere.example/a.png',
    'https:/elsewhere.example/a.png',
    'https:\\\\elsewhere.example/a.png',
    '\\\\elsewhere.example/a.png',
    '/\\elsewhere.example/a.png',
    '/\t/elsewhere.example/a.png',
    ' \t//elsewhere.example/a.png',
    'ht\ntps://elsewhere.example/a.png',
    '&#104;ttps:elsewhere.example/a.png',
    'file://elsewhere.example/share/a.png',
    '//elsewhere.example/a.png',
    '../../../outside.png',
    '/etc/passwd.png',
    'data:image/svg+xml,x',
  ])('%j of a picture is that of none in the suitcase', (address) => {
    for (const tag of [
      `<img src="${address}" alt="A hill">`,
      `<img class="x" loading="lazy" alt="A hill" src="${address}">`,
      `<img src="../../images/a.jpg" srcset="../../images/a.jpg 480w, ${address} 900w" alt="A hill">`,
    ])
      expect(local(tag)).toMatch(/^<a href="[^"]*" rel="noopener nofollow">A hill<\/a>$/);
    expect(local(`<picture><source type="image/webp" srcset="${address} 480w"></picture>`)).toBe('<picture></picture>');
  });
});

describe('a name of a file', () => {
  it('is taken by every file system, and is another one for another thing', () => {
    const given = [
      'tea',
      'Tea',
      'con',
      'a/b',
      '..',
      THAI,
      THAI.normalize('NFD'),
      'é',
      'e\u0301',
      'x-1',
      'a'.repeat(300),
      'tea-',
    ];
    const names = given.map(portableName);
    for (const name of names) expect(name).toMatch(/^[a-z0-9-]{1,80}$/);
    expect(new Set(names).size).toBe(new Set(given).size);
    expect(names[0]).toBe('tea');
    expect(names).not.toContain('con');
  });
});
