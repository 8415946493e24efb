import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Frame, Page } from 'playwright-core';
import sharp from 'sharp';
import type { Post } from '../../libs/client/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { FINDS_SITES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

let sites: TwoSites;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  sites = await startTwoSites((site) => ({ EMBED_ORIGINS: site('blog.test') }));
  browser = await launchBrowser(FINDS_SITES);
  const { token } = await sites.forum.admin();
  const url = `${sites.site('blog.test')}/host`;
  const post = await sites.forum.done<Post>('PUT', '/api/v1/pages', { body: { url, title: 'Peace' } });
  await sites.forum.done('POST', `/api/v1/posts/${post.id}/comments`, { token, body: { body: 'Quiet water.' } });
}, 60_000);
afterEach(() => page?.context().close());
afterAll(async () => {
  await browser?.close();
  await sites?.close();
});

interface Look {
  readonly css: string;
  readonly attributes?: string;
  readonly isByScript?: boolean;
}

/** Opens a page of the blog, with the attributes on an element of its own or on the script. */
async function open({ css, attributes = '', isByScript = false }: Look): Promise<Frame> {
  const script = `<script async src="${sites.origin}/embed.js" ${isByScript ? attributes : ''}></script>`;
  const place = isByScript ? script : `<colloquy-discussion ${attributes}></colloquy-discussion>${script}`;
  sites.pages.set('blog.test/host', {
    html: `<!doctype html><html lang="en"><head><title>Peace</title><style>${css}</style></head><body>${place}</body></html>`,
  });
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB', colorScheme: 'light' });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${sites.site('blog.test')}/host`);
  await page.frameLocator('iframe').locator('#thread[data-connection="live"]').waitFor();
  const frame = page.frames().find((one) => one.url().includes('/embed?'));
  if (!frame) throw new Error('there is no frame');
  return frame;
}

const themed = (frame: Frame, theme: string) =>
  frame.waitForFunction((wished) => document.documentElement.dataset['theme'] === wished, theme);

/** The colour that readers see in the frame's corner, where it has no text. */
async function seenInCorner(): Promise<string> {
  const box = await page.locator('iframe').boundingBox();
  const png = await page.screenshot({ clip: { x: (box?.x ?? 0) + 2, y: (box?.y ?? 0) + 2, width: 1, height: 1 } });
  const pixel = await sharp(png).removeAlpha().raw().toBuffer();
  return `#${pixel.toString('hex').slice(0, 6)}`;
}

it('has the present theme of its page after it was loaded again, though its address has the first one', async () => {
  const frame = await open({ css: 'body{background:#fff} body.dark{background:#111}' });
  await themed(frame, 'light');
  await page.evaluate(() => document.body.classList.add('dark'));
  await themed(frame, 'dark');
  await frame.evaluate(() => {
    Reflect.set(window, 'isOld', true);
    location.reload();
  });
  await frame.waitForFunction(
    () => Reflect.get(window, 'isOld') === undefined && document.documentElement.dataset['theme'] === 'dark',
  );
  expect(frame.url()).toContain('theme=light');
  expect(await seenInCorner()).toBe('#111111');
});

it('follows a page whose background changes by and by', async () => {
  const frame = await open({ css: 'body{background:#fff;transition:background-color .3s} body.dark{background:#111}' });
  await page.evaluate(() => document.body.classList.add('dark'));
  await themed(frame, 'dark');
  expect(await seenInCorner()).toBe('#111111');
});

it.each([
  ['shows its page', 'body{background:#e8dcc8}', '', 'light', '#e8dcc8'],
  ['shows its dark page', 'body{background:oklch(0.2 0 0)}', '', 'dark', '#161616'],
  ['shows the card around it', 'body{background:#111} colloquy-discussion{background:#fff}', '', 'light', '#ffffff'],
  ['has its own paper on a page of a middle tone', 'body{background:#f0a0a0}', '', 'light', '#fbf8f2'],
  ['has its own paper on an image', 'body{background:linear-gradient(#fff,#fff)}', '', 'light', '#fbf8f2'],
  ['takes a colour', 'body{background:#fff}', 'background="#f4ecd8"', 'light', '#f4ecd8'],
  ['is dark on a dark colour', 'body{background:#fff}', 'background="#2e3440"', 'dark', '#2e3440'],
  [
    'takes a colour by name',
    ':root{--page:#dde} body{background:#fff}',
    'background="var(--page)"',
    'light',
    '#ddddee',
  ],
  ['takes no colour that hides its texts', '', 'background="#888"', 'light', '#fbf8f2'],
  ['takes no light colour in a dark theme', '', 'background="#fff" theme="dark"', 'dark', '#171512'],
  ['takes no colour that lets its page through', '', 'background="#fffa"', 'light', '#fbf8f2'],
  ['takes nothing but a colour', 'body{background:#fff}', 'background="url(/x.png) red"', 'light', '#ffffff'],
] as const)('%s', async (_, css, attributes, theme, seen) => {
  const frame = await open({ css, attributes });
  await themed(frame, theme);
  expect(await seenInCorner()).toBe(seen);
});

it('takes a colour from the script that stands alone', async () => {
  await open({ css: 'body{background:#fff}', attributes: 'data-background="#f4ecd8"', isByScript: true });
  expect(await seenInCorner()).toBe('#f4ecd8');
});

it('has its own paper where no script has looked at the page', async () => {
  await open({ css: '' });
  const src = `${sites.origin}/embed?${new URLSearchParams({ url: `${sites.site('blog.test')}/host`, theme: 'light' })}`;
  await page.setContent(`<body style="background:#111"><iframe src="${src}"></iframe>`);
  await page.frameLocator('iframe').locator('.comment').waitFor();
  expect(await seenInCorner()).toBe('#fbf8f2');
});

it('has the margins of a page where it is one, and room between its parts', async () => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 360, height: 740 } });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const url = `${sites.site('blog.test')}/host`;
  await page.goto(`${sites.origin}/embed?${new URLSearchParams({ url })}`);
  await page.locator('#thread[data-connection="live"]').waitFor();
  const boxes = await page
    .locator('main > *')
    .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().toJSON()));
  const gaps = boxes.map(({ top }, n) => top - (boxes[n - 1]?.bottom ?? 0));
  expect(boxes.map(({ left, right }) => [left, right])).toEqual(boxes.map(() => [16, 344]));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(8);
  expect(gaps[0]).toBeGreaterThanOrEqual(16);
});
