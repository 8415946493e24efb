import { MOST_PAGES_COUNTED } from '../../../../libs/words/posts.ts';

/** An element that shows how many comments a page has; its own address is the page's. */
const ASKING = '[data-colloquy-count]';

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
const forum = new URL(script?.src ?? location.href).origin;

function addressOf(element: HTMLElement): string {
  const url = new URL(element.dataset['colloquyCount'] || location.href, location.href);
  url.hash = '';
  return url.href;
}

/** Fills what the page shows now; where the forum cannot be asked, the elements stay as they are. */
async function fill(): Promise<void> {
  const elements = [...document.querySelectorAll<HTMLElement>(ASKING)];
  const urls = [...new Set(elements.map(addressOf))];
  for (let start = 0; start < urls.length; start += MOST_PAGES_COUNTED) {
    const asked = urls.slice(start, start + MOST_PAGES_COUNTED);
    const query = new URLSearchParams(asked.map((url) => ['url', url]));
    const answer = await fetch(`${forum}/counts?${query}`).catch(() => null);
    if (!answer?.ok) return;
    const { counts } = await answer.json();
    for (const element of elements) {
      const count: unknown = counts[addressOf(element)];
      if (typeof count === 'number') element.textContent = String(count);
    }
  }
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => void fill());
else void fill();
