import { launchBrowser } from '../../support/browser.ts';
import type { Account } from '../../support/forum-account.ts';
import { sendJson } from '../../support/forum-account.ts';
import { longThread, SHAPES, type Shape } from '../../support/long-thread.ts';
import { type BenchForum, startBenchForum } from '../bench-forum.ts';
import { alternate, median, quantile } from '../measure.ts';
import { atMost, type Row } from '../row.ts';

const SHORT = 100;
const LONG = 10_000;
/** Pages that are asked for in a round. */
const PAGES = 20;
/** Keys that are pressed in a round. */
const KEYS = 40;
/** How much slower the processor of a phone is. */
const SLOWDOWN = 4;

interface BenchThread {
  readonly postId: string;
  readonly slug: string;
}

/** The page of a thread right after a comment came to it, as a member reads it; of the shapes the one that takes longest. */
export const longThreadPage: Row = {
  name: 'long-thread-page',
  what: `first byte of the page of a thread of ${LONG.toLocaleString('en')} comments after each change of it, the worst of three shapes`,
  against: `the same with ${SHORT} comments`,
  unit: 'ms',
  bound: atMost(2),
  run: async (options) => {
    const bench = await startBenchForum(options);
    const comments = options.quick ? LONG / 5 : LONG;
    const [long, short] = [await threadsOf(bench, comments), await threadsOf(bench, SHORT)];
    const took = new Map<Shape, number[]>(SHAPES.map((shape) => [shape, []]));
    const worst = async (threads: ReadonlyMap<Shape, BenchThread>, isLong: boolean): Promise<number> => {
      const medians: number[] = [];
      for (const [shape, thread] of threads) {
        const times = await firstBytes(bench, thread);
        if (isLong) took.get(shape)?.push(...times);
        medians.push(median(times));
      }
      return Math.max(...medians);
    };
    const compared = await alternate(
      options.rounds,
      () => worst(long, true),
      () => worst(short, false),
    );
    await bench.end();
    const notes = SHAPES.map((shape) => [`${shape}P95Ms`, Math.round(quantile(took.get(shape) ?? [], 0.95) * 10) / 10]);
    return { ...compared, notes: { comments, pages: PAGES, allowedMs: 50, ...Object.fromEntries(notes) } };
  },
};

async function threadsOf(bench: BenchForum, comments: number): Promise<ReadonlyMap<Shape, BenchThread>> {
  const threads = new Map<Shape, BenchThread>();
  for (const shape of SHAPES)
    threads.set(shape, await longThread(bench.forum.address, bench.admin, { shape, comments }));
  return threads;
}

async function firstBytes(
  { forum, admin }: { readonly forum: { readonly address: string }; readonly admin: Account },
  { postId, slug }: BenchThread,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let page = 0; page < PAGES; page += 1) {
    const comment = { body: `A change, ${page}` };
    await sendJson(`${forum.address}/api/v1/posts/${postId}/comments`, 'POST', comment, admin.token);
    const started = performance.now();
    const answer = await fetch(`${forum.address}/posts/${slug}`, {
      headers: { cookie: `colloquy_session=${admin.token}` },
    });
    times.push(performance.now() - started);
    await answer.arrayBuffer();
  }
  return times;
}

/** From a key to the frame that shows its letter, in the form for a comment below a thread. */
export const composerPaint: Row = {
  name: 'composer-paint',
  what: `key to paint in the form below a thread of ${LONG.toLocaleString('en')} comments, Chromium with a processor ${SLOWDOWN} times slower`,
  against: `the same below ${SHORT} comments`,
  unit: 'ms',
  bound: atMost(1.2),
  run: async (options) => {
    const bench = await startBenchForum(options);
    const browser = await launchBrowser();
    const comments = options.quick ? LONG / 5 : LONG;
    const type = async ({ slug }: BenchThread): Promise<number> => {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
      const { address: url } = bench.forum;
      await context.addCookies([{ name: 'colloquy_session', value: bench.admin.token, url }]);
      const page = await context.newPage();
      await page.goto(`${url}/posts/${slug}`);
      await page.locator('#thread[data-connection="live"]').waitFor();
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
      await page.locator('#new-comment').focus();
      await page.evaluate(() => {
        const times: number[] = [];
        Reflect.set(window, 'painted', times);
        document.addEventListener(
          'keydown',
          ({ timeStamp }) => {
            // A message after the next frame's work is heard when the frame has been handed over.
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => times.push(performance.now() - timeStamp);
            requestAnimationFrame(() => port2.postMessage(null));
          },
          true,
        );
      });
      for (let key = 0; key < KEYS; key += 1) {
        await page.keyboard.press('a');
        await page.waitForFunction((count) => Reflect.get(window, 'painted').length > count, key);
      }
      const times: number[] = await page.evaluate(() => Reflect.get(window, 'painted'));
      await context.close();
      return median(times);
    };
    const at = (count: number): Promise<BenchThread> =>
      longThread(bench.forum.address, bench.admin, { shape: 'nested', comments: count });
    const [long, short] = [await at(comments), await at(SHORT)];
    const compared = await alternate(
      options.rounds,
      () => type(long),
      () => type(short),
    );
    await browser.close();
    await bench.end();
    return { ...compared, notes: { comments, keys: KEYS, slowdown: SLOWDOWN } };
  },
};
