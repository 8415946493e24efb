import { expect, it } from '@jest/globals';
import type { Projected, Views } from '../../../libs/projections/index.ts';
import { AskedBefore } from './asked-before.ts';
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
  const { made } = kept.state;
  tell({ view: 'site', changes: [] });
  await ask(2);
  expect(kept.state.made).toBe(made);
  tell({ view: 'search', changes: ['words'] });
  await ask(3);
  expect(kept.state.made).toBe(made + 1);
});

it('what was found stands until the next post comes out by the clock', async () => {
  const { kept, ask } = keptSearches();
  await ask(0, 'a', 500);
  await ask(0, 'a', 500);
  const { made } = kept.state;
  await ask(499);
  expect(kept.state.made).toBe(made);
  await ask(500);
  expect(kept.state.made).toBe(made + 1);
});

it('what was found is looked for again after ten seconds, since a handle may have changed', async () => {
  const { kept, ask } = keptSearches();
  await ask(0);
  await ask(0);
  const { made } = kept.state;
  await ask(9_999);
  expect(kept.state.made).toBe(made);
  await ask(10_000);
  expect(kept.state.made).toBe(made + 1);
});

it('what was found is kept when it is asked for the second time, since most searches come once', async () => {
  const { kept, ask } = keptSearches();
  await ask(0);
  expect(kept.state).toEqual({ made: 1, bytes: 0 });
  await ask(0);
  expect(kept.state).toEqual({ made: 2, bytes: expect.any(Number) });
  expect(kept.state.bytes).toBeGreaterThan(0);
  await ask(0);
  expect(kept.state.made).toBe(2);
});

it('most are known again though a thousand others were asked for meanwhile', () => {
  const asked = new AskedBefore();
  const keys = Array.from({ length: 1_000 }, (_, n) => JSON.stringify([{ q: `word ${n}`, sort: 'relevance' }, []]));
  expect(keys.filter((key) => asked.ask(key))).toEqual([]);
  // Some take the place of others.
  expect(keys.filter((key) => asked.ask(key)).length).toBeGreaterThan(700);
});

it('another search is another one', async () => {
  const { kept, ask } = keptSearches();
  await ask(0);
  await ask(0, 'b');
  expect(kept.state.made).toBe(2);
});
