import { stated } from './frame-site.ts';

/**
 * The position that a redirect waited for, and the act before it: they have served their purpose and are not passed on.
 */
const OF_REDIRECTS = [
  'after',
  'done',
  'saved',
  'pinned',
  'unpinned',
  'accepted',
  'unaccepted',
  'featured',
  'unfeatured',
];

export function tidyAddress(): void {
  const address = new URL(location.href);
  if (!OF_REDIRECTS.some((name) => address.searchParams.has(name))) return;
  for (const name of OF_REDIRECTS) address.searchParams.delete(name);
  history.replaceState(history.state, '', address);
}

/** The page of its thread on which a comment stands; null for one that nobody has. */
export async function pageOfComment(id: string): Promise<URL | null> {
  const frame = location.pathname === '/embed' ? `?${new URLSearchParams({ frame: `/embed${location.search}` })}` : '';
  const headers = { accept: 'application/json', ...stated() };
  const asked = await fetch(`/comments/${id}${frame}`, { headers }).catch(() => Response.error());
  return asked.ok ? new URL((await asked.json()).path, location.href) : null;
}

/**
 * Goes to a comment that the address names when it stands on another page of its thread; when nobody has it, the reader
 * stays.
 */
async function goToComment(): Promise<void> {
  const { hash } = location;
  const id = /^#comment-([0-9a-f-]{36})$/.exec(hash)?.[1];
  if (id === undefined || document.getElementById('thread') === null) return;
  if (document.getElementById(hash.slice(1)) !== null) return;
  const place = await pageOfComment(id);
  const isElsewhere = place && place.pathname + place.search !== location.pathname + location.search;
  if (isElsewhere && location.hash === hash) location.replace(place);
}

/** Goes there now, and whenever the address names another one. */
export function followHash(): void {
  void goToComment();
  addEventListener('hashchange', () => void goToComment());
}
