import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import type { ImagesWanted } from '../../src/import/images/imported-images.ts';
import type { ImportReport } from '../../src/import/recording/report.ts';
import { bomb, drawn } from '../support/pictures.ts';
import type { RunningForum } from '../support/running-forum.ts';
import { ServedImport, unequalViews } from './importing.ts';

/** Of the blog that a test brings, and its post's name. */
let host = '';
let name = '';
let blogs = 0;
const OWN = '/images/[0-9a-f-]{36}';

interface Blog {
  readonly site?: string;
  readonly content: string;
  readonly comment?: string;
  /** Addresses of attachments of the post, of which the first has the number 100. */
  readonly files?: readonly string[];
  /** More of the post's item. */
  readonly inside?: string;
}

const item = (id: number, inside: string): string => `<item><wp:post_id>${id}</wp:post_id>${inside}</item>`;
const cdata = (name: string, text: string): string => `<${name}><![CDATA[${text}]]></${name}>`;

const meta = (key: string, value: string): string =>
  `<wp:postmeta><wp:meta_key>${key}</wp:meta_key>${cdata('wp:meta_value', value)}</wp:postmeta>`;

function xml({ site = `http://${host}`, content, comment = '', files = [], inside = '' }: Blog): string {
  const said = `<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Noy</wp:comment_author>${cdata('wp:comment_content', comment)}<wp:comment_date_gmt>2015-10-06 08:00:00</wp:comment_date_gmt><wp:comment_approved>1</wp:comment_approved></wp:comment>`;
  const post = `<title>Rivers</title><link>${site}/2015/10/${name}/</link>${cdata('content:encoded', content)}<wp:post_date_gmt>2015-10-05 08:00:00</wp:post_date_gmt><wp:post_name>${name}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>${inside}`;
  const attached = files.map((url, n) =>
    item(
      100 + n,
      `<wp:post_type>attachment</wp:post_type><wp:post_parent>1</wp:post_parent>${cdata('wp:attachment_url', url)}${meta('_wp_attachment_image_alt', `shows "${n}"`)}`,
    ),
  );
  return `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>${site}</link>${item(1, post + (comment === '' ? '' : said))}${attached.join('')}</channel></rss>`;
}

let place: string;
let moving: ServedImport;
let served: RunningForum;

beforeAll(async () => {
  moving = await ServedImport.open();
  served = moving.served;
});
afterAll(() => moving.close());
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'colloquy-blog-'));
  blogs += 1;
  [host, name] = [`old-${blogs}.example`, `rivers-${blogs}`];
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

async function bring(blog: Blog, images: ImagesWanted): Promise<ImportReport> {
  return (await moving.bring(xml(blog), { images })).report;
}

const shown = async (): Promise<string> => (await served.done<Post>('GET', `/api/v1/posts/${name}`)).bodyHtml;

/** Of each image of the forum in the HTML, what it says it shows, and the size of what is sent. */
async function imagesIn(html: string): Promise<readonly string[]> {
  const found = [...html.matchAll(/<img src="([^"]+)"[^>]* alt="([^"]*)"[^>]* width="(\d+)" height="(\d+)"/g)];
  const told = found.map(async ([, src = '', alt, width, height]) => {
    const { status } = await fetch(new URL(src, served.url));
    return `${alt} ${width}x${height} ${status}`;
  });
  return Promise.all(told);
}

describe('images from a folder of uploads', () => {
  let media: string;
  beforeEach(() => {
    media = join(place, 'uploads');
    mkdirSync(media);
  });

  const put = (name: string, bytes: Buffer | string): void => {
    mkdirSync(dirname(join(media, name)), { recursive: true });
    writeFileSync(join(media, name), bytes);
  };
  const upload = (name: string): string => `http://${host}/wp-content/uploads/${name}`;
  const img = (name: string, alt: string): string => `<img src="${upload(name)}" alt="${alt}" />`;

  it('are found whatever their size, letters and form, and become images of the forum', async () => {
    put('2015/10/map.png', await drawn(600, 300).png().toBuffer());
    put('2015/10/map-300x150.png', await drawn(300, 150).png().toBuffer());
    put('2015/10/Sông Mê.JPG'.normalize('NFD'), await drawn(70, 30).jpeg().toBuffer());
    put('2015/10/only-100x50.png', await drawn(100, 50).png().toBuffer());
    put('2015/10/comment.png', await drawn(11, 11).png().toBuffer());
    const content = [
      `<a href="${upload('2015/10/map.png')}">${img('2015/10/map-300x150.png', 'small')}</a>`,
      img(encodeURI('2015/10/sông mê.jpg'.normalize('NFC')), 'letters'),
      img('2015/10/only.png', 'nearest'),
      `<img src="http://www.${host}/wp-content/uploads/2015/10/map.png?w=40" alt="host">`,
      `<img src="https://i0.wp.com/${host}/wp-content/uploads/2015/10/map.png?ssl=1" alt="copy">`,
      `<pre>&lt;img src="${upload('2015/10/map.png')}"&gt;</pre>`,
      '[gallery]',
    ].join('\n\n');
    const comment = `Look: ${img('2015/10/comment.png', 'a [dot]')}`;
    const blog = { content, comment, files: [upload('2015/10/map.png')] };
    const report = await bring(blog, { media });
    expect({ ...report.images, warnings: report.warnings }).toEqual({ stored: 4, known: 0, missing: {}, warnings: [] });
    const html = await shown();
    expect(await imagesIn(html)).toEqual([
      'small 600x300 200',
      'letters 70x30 200',
      'nearest 100x50 200',
      'host 600x300 200',
      'copy 600x300 200',
      ' 600x300 200',
    ]);
    expect(html).toMatch(new RegExp(`<a href="${OWN}-1600.jpg#600x300"[^>]*><picture>`));
    expect(html).toContain(`&lt;img src=&quot;${upload('2015/10/map.png')}&quot;&gt;`);
    const { id } = await served.done<Post>('GET', `/api/v1/posts/${name}`);
    const said = (await served.thread(id)).items[0]?.bodyHtml ?? '';
    expect(said).toContain('Look: <picture>');
    expect(await imagesIn(said)).toEqual(['a [dot] 11x11 200']);

    const head = await moving.writing.head();
    const ofPost = { stored: 0, known: 3, missing: {} };
    expect([(await bring(blog, { media })).images, (await bring(blog, {})).images]).toEqual([ofPost, ofPost]);
    expect(await moving.writing.head()).toBe(head);
    expect(await unequalViews(served)).toEqual([]);
  });

  it('are led to from their old addresses, in any size; others are not, nor are files that are no images', async () => {
    put('2015/10/Sông map.png', await drawn(64, 32).png().toBuffer());
    const paper = upload('2015/10/paper.PDF');
    const content = `<p>${img('2015/10/S%C3%B4ng%20map-300x150.png', 'map')} <a href="${paper}">paper</a> <a href="${paper}">again</a> <a href="https://else.example/x.pdf">else</a> <a href="http://${host}/page.html">page</a></p>`;
    const { fileLinks, oldFiles } = await bring({ content, files: [upload('2015/10/Sông map.png')] }, { media });
    expect([fileLinks, oldFiles.map(({ address, post }) => [address, post])]).toEqual([
      { pdf: 2 },
      [
        [paper, 'Rivers'],
        [paper, 'Rivers'],
      ],
    ]);
    const answer = async (path: string) => {
      const { status, headers } = await fetch(new URL(path, served.url), { redirect: 'manual' });
      return [status, headers.get('location')];
    };
    const [, image] = /src="(\/images\/[0-9a-f-]{36})/.exec(await shown()) ?? [];
    const there = [301, `${image}-1600.jpg`];
    const path = '/wp-content/uploads/2015/10/S%C3%B4ng%20map';
    expect(await answer(`${path}.png`)).toEqual(there);
    expect(await answer(`${path}-150x75.png?x=1`)).toEqual(there);
    expect((await fetch(new URL(`${path}.png`, served.url))).headers.get('content-type')).toBe('image/jpeg');
    for (const nowhere of ['/wp-content/uploads/2015/10/none.png', '/wp-content/uploads/2015/10/paper.PDF'])
      expect(await answer(nowhere)).toEqual([404, null]);
    expect(await unequalViews(served)).toEqual([]);
  });

  it('stand at the head of a post that featured one, unless its text shows it; what is missing is told', async () => {
    put('2015/10/head.png', await drawn(64, 32).png().toBuffer());
    const [files, inside] = [[upload('2015/10/head.png')], meta('_thumbnail_id', '100')];
    const first = await bring({ content: '<p>Text</p>', files, inside }, { media });
    expect([first.images, first.warnings]).toEqual([{ stored: 1, known: 0, missing: {} }, []]);
    expect((await shown()).startsWith('<p><picture>')).toBe(true);
    expect(await imagesIn(await shown())).toEqual(['shows &quot;0&quot; 64x32 200']);
    const { excerptHtml } = await served.done<Post>('GET', `/api/v1/posts/${name}`);
    expect(excerptHtml).toContain('Text');

    const content = `<p>Text ${img('2015/10/head-300x150.png', 'in the text')}</p>`;
    await bring({ content, files, inside }, { media });
    expect(await imagesIn(await shown())).toEqual(['in the text 64x32 200']);

    const { missingImages, warnings } = await bring({ content, inside: meta('_thumbnail_id', '999') }, { media });
    expect([missingImages, warnings]).toMatchObject([
      [
        {
          post: 'Rivers',
          address: `http://${host}/?attachment_id=999`,
          reason: 'a featured image that the export does not hold',
        },
      ],
      [],
    ]);
  });

  it('that stand in the text itself come too, each once; what is none, and what is empty, does not', async () => {
    const png = (await drawn(40, 20).png().toBuffer()).toString('base64');
    const gif = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
    const svg = `data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'>${'<g></g>'.repeat(20)}</svg>`;
    put('lazy.png', await drawn(30, 30).png().toBuffer());
    const content = [
      `<p><img alt="a" src="data:image/png;base64,${png}"></p>`,
      `<p><img src='data:image/png;base64,${png.slice(0, 40)}\n${png.slice(40)}' alt='again'></p>`,
      `<p><img src="${gif}" data-src="${upload('lazy.png')}" alt="lazy"></p>`,
      `<p><img src="${gif}" alt="empty"></p>`,
      `<p><img src="${svg}" alt="drawing"></p>`,
    ].join('');
    const { images, missingImages } = await bring({ content }, { media });
    const reason = 'refused: it is no JPEG, PNG, GIF, WebP or AVIF';
    expect(images).toEqual({ stored: 2, known: 0, missing: { [reason]: 1 } });
    expect(missingImages).toMatchObject([{ address: expect.stringMatching(/^data:image\/svg\+xml;sha256,\w{64}$/) }]);
    expect(await imagesIn(await shown())).toEqual(['a 40x20 200', 'again 40x20 200', 'lazy 30x30 200']);
    expect(await shown()).toContain('drawing');

    const head = await moving.writing.head();
    expect((await bring({ content }, { media })).images.known).toBe(2);
    expect(await moving.writing.head()).toBe(head);
    expect(await unequalViews(served)).toEqual([]);
  });

  it('that are not there, or are none, become links, and are listed with their post', async () => {
    const outside = join(place, 'outside.png');
    writeFileSync(outside, await drawn(10, 10).png().toBuffer());
    symlinkSync(outside, join(media, 'link.png'));
    symlinkSync(place, join(media, 'up'));
    put('bomb.png', await bomb());
    put('program.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    put('cut.jpg', (await drawn(400, 400).jpeg().toBuffer()).subarray(0, 700));
    const names = [
      'link.png',
      'up/outside.png',
      '../outside.png',
      '%2e%2e/outside.png',
      'bomb.png',
      'program.svg',
      'cut.jpg',
    ];
    const content = [
      ...names.map((name) => `<p>${img(name, name)}</p>`),
      '<p><img src="https://else.example/x(1).png" title="T" alt=""></p>',
      `<p><a href="http://${host}/a">${img('gone.png', 'linked')}</a></p>`,
    ].join('');
    const { images, missingImages, warnings } = await bring({ content }, { media });
    expect([images, warnings]).toEqual([
      {
        stored: 0,
        known: 0,
        missing: {
          'not in the folder of --media': 5,
          'refused: it has more than 64000000 pixels': 1,
          'refused: it is no JPEG, PNG, GIF, WebP or AVIF': 1,
          'refused: it is damaged': 1,
          'on another site': 1,
        },
      },
      [],
    ]);
    expect(missingImages).toHaveLength(9);
    expect(missingImages[0]).toEqual({
      line: 1,
      column: expect.any(Number),
      post: 'Rivers',
      address: upload('link.png'),
      reason: 'not in the folder of --media',
    });
    const html = await shown();
    expect(html).not.toContain('<img');
    expect(html).toContain(`<a href="${upload('bomb.png')}" rel="nofollow ugc noopener">bomb.png</a>`);
    expect(html).toContain(
      '<a href="https://else.example/x(1).png" title="T" rel="nofollow ugc noopener">x(1).png</a>',
    );
    expect(html).toContain(`<a href="http://${host}/a" rel="nofollow ugc noopener">linked</a>`);
  });

  it('come with a second run, too, when the first was told of no folder; nothing is loaded from elsewhere meanwhile', async () => {
    put('2015/10/map.png', await drawn(60, 30).png().toBuffer());
    const content = img('2015/10/map.png', 'map');
    const first = await bring({ content }, {});
    const notAsked = 'not asked for (bring them with --media DIR or --fetch-media)';
    expect([first.images.missing, await shown()]).toEqual([{ [notAsked]: 1 }, expect.not.stringContaining('<img')]);
    const second = await bring({ content }, { media });
    expect([second.images.stored, second.posts.updated]).toEqual([1, 1]);
    expect(await imagesIn(await shown())).toEqual(['map 60x30 200']);
  });
});

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** A blog's server on a loopback address, with the paths that it was asked for. */
async function blogServer(answering: Answering, host = '127.0.0.1') {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answering(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  const { port } =
    address !== null && typeof address === 'object' ? address : ({ port: 0 } satisfies Partial<AddressInfo>);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { site: `http://${host}:${port}`, asked, port, close };
}

describe('images from the old site', () => {
  const allowed: ImagesWanted = { fetch: { allowAddresses: ['127.0.0.1'] } };
  const opened: (() => Promise<void>)[] = [];
  const open = async (answering: Answering, host?: string) => {
    const server = await blogServer(answering, host);
    opened.push(server.close);
    return server;
  };
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });

  it('are fetched, the larger one first, and those that are gone are listed', async () => {
    const [large, small] = [await drawn(90, 60).png().toBuffer(), await drawn(30, 20).png().toBuffer()];
    const { site, asked } = await open((request, response) => {
      if (request.url === '/a.png') response.end(large);
      else if (request.url === '/b-30x20.png') response.end(small);
      else if (request.url === '/moved.png') response.writeHead(301, { location: '/a.png' }).end();
      else response.writeHead(404).end('gone');
    });
    const names = ['a-30x20.png', 'b-30x20.png', 'moved.png', 'gone.png'];
    const content = names.map((name) => `<p><img src="${site}/${name}" alt="${name}"></p>`).join('');
    const { images, missingImages } = await bring({ site, content }, allowed);
    expect(images).toEqual({ stored: 3, known: 0, missing: { 'the old site answers 404': 1 } });
    expect(missingImages).toMatchObject([{ post: 'Rivers', address: `${site}/gone.png` }]);
    expect(await imagesIn(await shown())).toEqual([
      'a-30x20.png 90x60 200',
      'b-30x20.png 30x20 200',
      'moved.png 90x60 200',
    ]);
    expect(asked).toEqual(['/a.png', '/b.png', '/b-30x20.png', '/moved.png', '/a.png', '/gone.png']);
  });

  it('are not fetched again by a second run, which asks for what is missing alone', async () => {
    const bytes = await drawn(30, 20).png().toBuffer();
    let works = false;
    const { site, asked } = await open((request, response) => {
      if (works || request.url === '/a.png') response.end(bytes);
      else response.writeHead(503).end();
    });
    const content = ['a.png', 'b.png'].map((name) => `<p><img src="${site}/${name}" alt="${name}"></p>`).join('');
    const first = await bring({ site, content }, allowed);
    expect(first.images).toEqual({ stored: 1, known: 0, missing: { 'the old site answers 503': 1 } });
    works = true;
    const second = await bring({ site, content }, allowed);
    expect([second.images, second.posts.updated]).toEqual([{ stored: 1, known: 1, missing: {} }, 1]);
    expect(asked).toEqual(['/a.png', '/b.png', '/b.png']);
    expect(await imagesIn(await shown())).toEqual(['a.png 30x20 200', 'b.png 30x20 200']);
  });

  it('never lead into the network that the forum stands in: by address, by name, by redirect', async () => {
    const inner = await open((_, response) => response.end('SECRET'), '127.0.0.2');
    const outer = await open((request, response) => {
      const to = request.url === '/to-inner.png' ? inner.site : 'http://169.254.169.254';
      response.writeHead(302, { location: `${to}/latest/x.png` }).end();
    });
    const named = outer.site.replace('127.0.0.1', 'localhost');
    const show = (addresses: readonly string[]) =>
      addresses.map((each) => `<p><img src="${each}" alt="x"></p>`).join('');
    const direct = [
      `${outer.site}/a.png`,
      `${named}/a.png`,
      'http://[::1]/a.png',
      'http://10.0.0.1/a.png',
      'http://0.0.0.0/a.png',
    ];
    const refused = await bring(
      { site: outer.site, content: show(direct), files: direct },
      { fetch: { allowAddresses: [] } },
    );
    expect(refused.images.missing).toEqual({ 'its host has a private address': 5 });
    expect(outer.asked).toEqual([]);

    const redirected = [`${outer.site}/to-inner.png`, `${outer.site}/to-cloud.png`];
    const files = [`${inner.site}/x.png`];
    const { images } = await bring({ site: outer.site, content: show(redirected), files }, allowed);
    expect(images.missing).toEqual({ 'its host has a private address': 1, 'the old site leads to another site': 1 });
    expect([outer.asked, inner.asked]).toEqual([['/to-inner.png', '/to-cloud.png'], []]);
  });

  it('are bounded: too large, without an end, in a circle, of a site that is silent', async () => {
    let sent = 0;
    const endless = Buffer.alloc(1_048_576);
    const { site, asked } = await open((request, response) => {
      if (request.url === '/circle.png') response.writeHead(302, { location: '/circle.png' }).end();
      else if (request.url === '/said.png') response.writeHead(200, { 'content-length': 30_000_000 }).write('x');
      else if (request.url === '/endless.png') {
        const more = (): void => {
          while (!response.destroyed && response.write(endless)) sent += 1;
        };
        response.on('drain', more);
        more();
      } else request.socket.destroy();
    });
    const silent = Array.from({ length: 12 }, (_, n) => `silent-${n}.png`);
    const content = ['circle.png', 'said.png', 'endless.png', ...silent]
      .map((name) => `<p><img src="${site}/${name}" alt="x"></p>`)
      .join('');
    const { images } = await bring({ site, content }, allowed);
    expect(images.missing).toEqual({
      'the old site leads in a circle': 1,
      'larger than 20971520 bytes': 2,
      'the old site does not answer': 12,
    });
    expect(sent).toBeLessThan(100);
    expect(asked.filter((path) => path.startsWith('/silent')).length).toBe(5);
  });
});
