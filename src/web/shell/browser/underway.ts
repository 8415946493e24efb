/** Milliseconds between two looks at how far the work is. */
const LOOK_EVERY = 2_000;

/** The parts of a page, each with an id, that tell of work that is under way, and what can be done about it. */
const PARTS = '[data-renewed]';

const isUnderway = (page: Document): boolean => page.querySelector('[data-underway]') !== null;

/** A part stays the same element, so that what is new in it is read out, and keeps its focus while it says the same. */
function renew(next: Document): void {
  for (const old of document.querySelectorAll(PARTS)) {
    const fresh = next.getElementById(old.id);
    if (fresh === null || old.isEqualNode(fresh)) continue;
    old.toggleAttribute('data-underway', fresh.hasAttribute('data-underway'));
    old.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
  }
}

/** While the work is under way, the page is fetched again, without the query that told of a press. */
async function watch(): Promise<void> {
  while (isUnderway(document)) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    if (document.visibilityState !== 'visible') continue;
    const response = await fetch(location.pathname).catch(() => null);
    if (!response?.ok) continue;
    renew(new DOMParser().parseFromString(await response.text(), 'text/html'));
  }
}

void watch();
