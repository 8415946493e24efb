import type { CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { startBenchForum } from '../bench-forum.ts';
import { discussedPost } from '../discussed-post.ts';
import { alternate } from '../measure.ts';
import { atMost, type Row } from '../row.ts';

const COMMENTS = 50;
const SLOWDOWN = 4;
/** Slow 3G as Lighthouse's throttling by the browser has it: 400 kbit/s each way, 400 ms from request to answer. */
const SLOW_3G = {
  offline: false,
  latency: 400,
  downloadThroughput: (400 * 1_024) / 8,
  uploadThroughput: (400 * 1_024) / 8,
};
/** What is asked, in seconds. */
const ASKED_S = 1.2;

/** What a reader with a slow phone sees of a discussion, and when, on the first visit. */
export const firstPaint: Row = {
  name: 'fcp',
  what: `first contentful paint of a post with ${COMMENTS} comments, Chromium with a processor ${SLOWDOWN} times slower on slow 3G (400 kbit/s, 400 ms), nothing cached`,
  against: 'what is asked',
  unit: 's',
  bound: atMost(1),
  run: async (options) => {
    const bench = await startBenchForum(options);
    const { address } = bench.forum;
    const { postId } = await discussedPost(address, bench.admin, COMMENTS);
    const { slug } = await (await fetch(`${address}/api/v1/posts/${postId}`)).json();
    const browser = await launchBrowser();
    const visits: Visit[] = [];
    const visit = async (): Promise<number> => {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en' });
      const seen = await firstVisit(await context.newPage(), `${address}/posts/${slug}`);
      await context.close();
      visits.push(seen);
      return seen.paintedMs / 1_000;
    };
    const compared = await alternate(options.rounds, visit, async () => ASKED_S);
    await browser.close();
    await bench.end();
    const last = visits.at(-1);
    return { ...compared, notes: { comments: COMMENTS, slowdown: SLOWDOWN, ...last } };
  },
};

interface Visit {
  readonly paintedMs: number;
  readonly liveMs: number;
  /** Bytes over the wire, heads included. */
  readonly htmlBytes: number;
  readonly cssBytes: number;
  /** Of scripts that came before the thread was live. */
  readonly scriptBytes: number;
}

async function firstVisit(page: Page, url: string): Promise<Visit> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Network.emulateNetworkConditions', SLOW_3G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  const bytes = bytesByType(session);
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator('#thread[data-connection="live"]').waitFor();
  const liveMs = await page.evaluate(() => performance.now());
  const paintedMs = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );
  const of = (type: string): number => bytes.get(type) ?? 0;
  return {
    paintedMs: Math.round(paintedMs),
    liveMs: Math.round(liveMs),
    htmlBytes: of('Document'),
    cssBytes: of('Stylesheet'),
    scriptBytes: of('Script'),
  };
}

/** The bytes of what has come so far, by the browser's own types of resources. */
function bytesByType(session: CDPSession): ReadonlyMap<string, number> {
  const types = new Map<string, string>();
  const bytes = new Map<string, number>();
  session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const type = types.get(requestId) ?? 'Other';
    bytes.set(type, (bytes.get(type) ?? 0) + encodedDataLength);
  });
  return bytes;
}
