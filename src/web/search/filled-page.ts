import type { FoundText, Page } from '../../../libs/client/index.ts';

/** How often the index is asked for one page, and the milliseconds after which it is not asked again: what is left is said to be left. */
const [MOST_ROUNDS, MOST_MS] = [40, 400];

interface Asked {
  readonly limit: number;
  readonly cursor: string | null;
}

/**
 * A page that is as full as it can be: each answer of the index takes little time, and may be short, or empty with more to come.
 * Rejects like `ask`.
 */
export async function filledPage<A extends Asked>(
  wish: A,
  ask: (rest: A) => Promise<Page<FoundText>>,
): Promise<Page<FoundText>> {
  const until = performance.now() + MOST_MS;
  const items: FoundText[] = [];
  let { cursor } = wish;
  for (let round = 1; ; round += 1) {
    const page = await ask({ ...wish, cursor, limit: wish.limit - items.length });
    items.push(...page.items);
    cursor = page.next;
    const isDone = cursor === null || items.length >= wish.limit;
    if (isDone || round >= MOST_ROUNDS || performance.now() > until) return { items, next: cursor };
  }
}
