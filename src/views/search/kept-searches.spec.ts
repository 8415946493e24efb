import { expect, it } from '@jest/globals';
import type { Projected, Views } from '../../../libs/projections/index.ts';
import { KeptSearches } from './kept-searches.ts';

function keptSearches() {
  const heard: Parameters<Views['onProjected']>[0][] = [];
  const kept = new KeptSearches({
    onProjected: (listener) => {
      heard.push(listener);
      return () => undefined;
    },
  });
  const tell = (projected: Projected): void => {
    for (const listener of heard) listener([projected], 1n);
  };
  const ask = (now: number, key = 'a', nextOut: number | null = null) =>
    kept.page(key, now, { make: async () => ({ items: [], next: null }), nextOut: () => nextOut });
  return { kept, tell, ask };
}

it('what was found stands until the words of any text change, though the discussion told its change before', async () => {
  const { kept, tell, ask } = keptSearches();
  await ask(0);
  await ask(1);
  expect(kept.state.made).toBe(1);
  tell({ view: 'site', changes: [] });
  await ask(2);
  expect(kept.state.made).toBe(1);
  tell({ view: 'search', changes: ['words'] });
  await ask(3);
  expect(kept.state.made).toBe(2);
});

it('what was found stands until the next post comes out by the clock', async () => {
  const { kept, ask } = keptSearches();
  await ask(0, 'a', 500);
  await ask(499);
  expect(kept.state.made).toBe(1);
  await ask(500);
  expect(kept.state.made).toBe(2);
});

it('what was found is looked for again after ten seconds, since a handle may have changed', async () => {
  const { kept, ask } = keptSearches();
  await ask(0);
  await ask(9_999);
  expect(kept.state.made).toBe(1);
  await ask(10_000);
  expect(kept.state.made).toBe(2);
});

it('another search is another one', async () => {
  const { kept, ask } = keptSearches();
  await ask(0);
  await ask(0, 'b');
  expect(kept.state.made).toBe(2);
});
