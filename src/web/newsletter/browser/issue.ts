/** Milliseconds between two looks at how far the sending is. */
const LOOK_EVERY = 2_000;

/** The parts of the page that tell of the sending, and what can be done about it. */
const PARTS = ['issue-progress', 'issue-acts'] as const;

const isUnderway = (page: Document): boolean => page.querySelector('#issue-progress[data-underway]') !== null;

/** A part stays the same element, so that what is new in it is read out, and keeps its focus while it says the same. */
function renew(next: Document): void {
  for (const id of PARTS) {
    const [old, fresh] = [document.getElementById(id), next.getElementById(id)];
    if (old === null || fresh === null || old.isEqualNode(fresh)) continue;
    old.toggleAttribute('data-underway', fresh.hasAttribute('data-underway'));
    old.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
  }
}

/** While mails are on their way, the page is fetched again, without the query that told of a press. */
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
