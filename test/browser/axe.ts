import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 AA, and what axe calls best practice: the order of headings, landmarks, names. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Comments out of sight are only as high as they are guessed to be, until each was seen once. */
async function seeAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const comment of document.querySelectorAll('.comment > article')) {
      comment.scrollIntoView();
      await new Promise(requestAnimationFrame);
    }
  });
}

/** What axe complains of on the page as it stands, a line for each element; its context is opened with `bypassCSP`. */
export async function complaintsOfAxe(page: Page): Promise<readonly string[]> {
  await seeAll(page);
  await page.evaluate(AXE);
  return page.evaluate(async (tags) => {
    const { violations } = await Reflect.get(window, 'axe').run(document, { runOnly: tags });
    return violations.flatMap(({ id, nodes }: Violation) =>
      nodes.map(
        ({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} (${failureSummary.split('\n')[1]?.trim()})`,
      ),
    );
  }, TAGS);
}

/** By how many pixels the page is wider than the screen. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
