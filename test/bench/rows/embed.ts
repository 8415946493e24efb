import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { sendJson } from '../../support/forum-account.ts';
import { type BenchForum, startBenchForum } from '../bench-forum.ts';
import { oneByOne } from '../load/one-by-one.ts';
import { alternate, mainThreadMs, median } from '../measure.ts';
import { atMost, type BenchOptions, type Row } from '../row.ts';
import { sampleComment } from '../sample.ts';

const COMMENTS = 50;
const COUNTED = 100;
/** What is asked. */
const [SCRIPT_BYTES, FRAME_BYTES, ALL_BYTES, PAINT_S, COUNTS_MS] = [3_000, 25_000, 60_000, 2, 5];
const SLOWDOWN = 4;
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 51_200, uploadThroughput: 51_200 };
const AGAINST = 'what is asked';

export const embedScript: Row = {
  name: 'embed-script',
  what: 'the script that puts a discussion on a page of another site, gzip',
  against: AGAINST,
  unit: 'bytes',
  bound: atMost(1),
  run: (options) =>
    onSite(options, async ({ forum }) => ({
      ours: [await gzipped(`${forum.address}/embed.js`)],
      base: [SCRIPT_BYTES],
      notes: {},
    })),
};

export const embedFrame: Row = {
  name: 'embed-frame',
  what: `a frame with ${COMMENTS} comments, its style sheet and the programs before live, gzip`,
  against: AGAINST,
  unit: 'bytes',
  bound: atMost(1),
  run: (options) =>
    onSite(options, async ({ forum }, { frame }) => {
      const html = await (await fetch(frame)).text();
      const files = [...html.matchAll(/<(?:link rel="stylesheet" href|script type="module" src)="([^"]+)"/gu)];
      const sizes = await Promise.all([frame, ...files.map(([, path]) => `${forum.address}${path}`)].map(gzipped));
      const notes = { html: sizes[0] ?? 0, files: files.length };
      return { ours: [sizes.reduce((sum, size) => sum + size, 0)], base: [FRAME_BYTES], notes };
    }),
};

export const embedAll: Row = {
  name: 'embed-all',
  what: `a frame with ${COMMENTS} comments and everything that it loads until it is live`,
  against: AGAINST,
  unit: 'bytes',
  bound: atMost(1),
  run: (options) =>
    onSite(options, async (_, site) => {
      const { bytes, files } = await visit(site.page, { isSlow: false });
      return { ours: [bytes], base: [ALL_BYTES], notes: { files } };
    }),
};

export const embedPaint: Row = {
  name: 'embed-paint',
  what: `${COMMENTS} comments on screen, from the frame's first request, Chromium with a processor ${SLOWDOWN} times slower on slow 3G (400 kbit/s, 400 ms), nothing cached`,
  against: AGAINST,
  unit: 's',
  bound: atMost(1),
  run: (options) =>
    onSite(options, async (_, site) => {
      const visits: Visit[] = [];
      const look = async (): Promise<number> => {
        const seen = await visit(site.page, { isSlow: true });
        visits.push(seen);
        return seen.paintMs / 1_000;
      };
      const compared = await alternate(options.rounds, look, async () => PAINT_S);
      const notes = {
        sinceTheHostMs: Math.round(median(visits.map(({ hostMs }) => hostMs))),
        firstScriptMs: Math.round(median(visits.map(({ scriptMs }) => scriptMs))),
        shift: visits.at(-1)?.shift ?? 0,
      };
      return { ...compared, notes };
    }),
};

export const embedCounts: Row = {
  name: 'embed-counts',
  what: `main thread's processor time of GET /counts of ${COUNTED} pages`,
  against: AGAINST,
  unit: 'ms',
  bound: atMost(1),
  run: (options) =>
    onSite(options, async ({ forum }, { origin }) => {
      const urls = Array.from({ length: COUNTED }, (_, n) => ['url', `${origin}/${n === 0 ? 'page' : n}`]);
      const paths = Array.from({ length: options.quick ? 100 : 1_000 }, () => `/counts?${new URLSearchParams(urls)}`);
      const millis: number[] = [];
      const ask = async (): Promise<number> => {
        const before = mainThreadMs(forum.process.pid);
        millis.push(median(await oneByOne(forum.address, paths)));
        return (mainThreadMs(forum.process.pid) - before) / paths.length;
      };
      await ask();
      return {
        ...(await alternate(options.rounds, ask, async () => COUNTS_MS)),
        notes: { pages: COUNTED, answeredMs: median(millis) },
      };
    }),
};

interface Site {
  /** Of the pages around the frames. */
  readonly origin: string;
  /** A page with a discussion. */
  readonly page: string;
  /** Its frame. */
  readonly frame: string;
}

/** A forum and a page of another site with a discussion of 50 comments, as long as the work takes. */
async function onSite<Result>(
  options: BenchOptions,
  work: (bench: BenchForum, site: Site) => Promise<Result>,
): Promise<Result> {
  const hosts = { html: '' };
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(hosts.html));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${portOf(server.address())}`;
  const bench = await startBenchForum(options, { EMBED_ORIGINS: origin });
  const { address } = bench.forum;
  const url = `${origin}/page`;
  const post = await sendJson<{ id: string }>(`${address}/api/v1/pages`, 'PUT', { url, title: 'A page' });
  for (let n = 0; n < COMMENTS; n += 1)
    await sendJson(
      `${address}/api/v1/posts/${post.id}/comments`,
      'POST',
      { body: sampleComment(n) },
      bench.admin.token,
    );
  const style = '<style>colloquy-discussion{display:block;min-height:16000px}</style>';
  hosts.html = `<!doctype html><html lang="en"><title>A page</title>${style}<colloquy-discussion></colloquy-discussion><p>After it</p><script async src="${address}/embed.js"></script></html>`;
  try {
    return await work(bench, { origin, page: url, frame: `${address}/embed?${new URLSearchParams({ url })}` });
  } finally {
    server.close();
    await bench.end();
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}

/** The bytes of an answer in gzip. */
function gzipped(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip', 'accept-language': 'en' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${url}: ${answer.statusCode}`)),
      );
    }).on('error', reject);
  });
}

interface Visit {
  /** Until the frame's first paint with contents, since its own request and since the page around it was asked for. */
  readonly paintMs: number;
  readonly hostMs: number;
  /** Until the first script of the frame had come. */
  readonly scriptMs: number;
  readonly bytes: number;
  /** What it loads, with the bytes of each. */
  readonly files: string;
  /** Of the page around it. */
  readonly shift: number;
}

async function visit(url: string, { isSlow }: { readonly isSlow: boolean }): Promise<Visit> {
  const browser = await launchBrowser();
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en' })).newPage();
  if (isSlow) await slowDown(page);
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      const sum = list.getEntries().reduce((all, entry) => all + Number(Reflect.get(entry, 'value')), 0);
      Reflect.set(window, 'shift', Number(Reflect.get(window, 'shift') ?? 0) + sum);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(url, { waitUntil: 'commit' });
  await page.frameLocator('iframe').locator('#thread[data-connection="live"]').waitFor({ timeout: 60_000 });
  const frame = page.frames().find((one) => one.url().includes('/embed?'));
  if (!frame) throw new Error('there is no frame');
  const seen = await frame.evaluate(() => {
    const entries = performance.getEntriesByType('resource').filter((one) => one instanceof PerformanceResourceTiming);
    const document = performance.getEntriesByType('navigation')[0];
    const scripts = entries.filter(({ name }) => name.endsWith('.js')).map(({ responseEnd }) => responseEnd);
    const bytes = entries.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    return {
      paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      origin: performance.timeOrigin,
      scriptMs: Math.min(...scripts),
      files: entries.map(({ name, encodedBodySize }) => `${name.split('/').at(-1)} ${encodedBodySize}`).join(', '),
      bytes: bytes + (document instanceof PerformanceResourceTiming ? document.encodedBodySize : 0),
    };
  });
  const host = await page.evaluate(() => ({
    origin: performance.timeOrigin,
    shift: Number(Reflect.get(window, 'shift') ?? 0),
  }));
  await browser.close();
  return { ...seen, hostMs: seen.origin - host.origin + seen.paintMs, shift: host.shift };
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Network.emulateNetworkConditions', SLOW_3G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
}
