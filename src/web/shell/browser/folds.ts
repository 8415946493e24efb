import { keep, kept } from './kept.ts';

const KEY = 'colloquy:folded';
/** The newest threads, and the newest folds of each. */
const MOST_THREADS = 40;
const MOST_FOLDS = 200;

/** Ids of comments whose answers are folded, by the path of their thread; the thread folded last comes last. */
type Folded = readonly (readonly [thread: string, comments: readonly string[]])[];

function isFolded(value: unknown): value is Folded {
  const isText = (one: unknown): boolean => typeof one === 'string';
  const isThread = (one: unknown): boolean =>
    Array.isArray(one) && one.length === 2 && isText(one[0]) && Array.isArray(one[1]) && one[1].every(isText);
  return Array.isArray(value) && value.every(isThread);
}

/** Empty for a malformed list. */
function folded(): Folded {
  try {
    const value: unknown = JSON.parse(kept(KEY) ?? '[]');
    return isFolded(value) ? value : [];
  } catch {
    return [];
  }
}

function remember(thread: string, comments: ReadonlySet<string>): void {
  const others = folded().filter(([path]) => path !== thread);
  const now = comments.size === 0 ? others : [...others, [thread, [...comments].slice(-MOST_FOLDS)] as const];
  keep(KEY, JSON.stringify(now.slice(-MOST_THREADS)));
}

const commentOf = (fold: HTMLDetailsElement): string => fold.closest('.comment')?.id.slice('comment-'.length) ?? '';

/** What the address names stands open, though its reader has comments like it folded. */
function openNamed(): void {
  const named = document.getElementById(location.hash.slice(1));
  const fold = named?.querySelector<HTMLDetailsElement>(':scope > article > details.ignored');
  if (fold) fold.open = true;
}

/**
 * Folds again what this reader folded here before, and remembers later folds; the comment named in the address stays in
 * sight.
 */
export function keepFolds(place: HTMLElement): void {
  const thread = location.pathname;
  const known = new Set(folded().find(([path]) => path === thread)?.[1]);
  const named = document.getElementById(location.hash.slice(1));
  for (const id of known) {
    const fold = document.querySelector<HTMLDetailsElement>(`#comment-${CSS.escape(id)} > details`);
    if (fold && !(named && fold.contains(named))) fold.open = false;
  }
  openNamed();
  addEventListener('hashchange', openNamed);
  // A toggle does not bubble.
  place.addEventListener(
    'toggle',
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.matches('.comment > details')) return;
      const id = commentOf(target);
      if (target.open !== known.has(id)) return;
      if (target.open) known.delete(id);
      else known.add(id);
      remember(thread, known);
    },
    true,
  );
}
