import { expect, it } from '@jest/globals';
import type { FoundText, Page } from '../../../libs/client/index.ts';
import { filledPage } from './filled-page.ts';

const found = (id: string): FoundText => ({
  kind: 'comment',
  id,
  post: { id: 'p', slug: 'p', title: 'P', locale: 'en' },
  author: null,
  at: '2026-01-01T00:00:00.000Z',
  titleHtml: '',
  highlightHtml: '',
});

function asking(pages: Readonly<Record<string, Page<FoundText>>>) {
  const asked: { readonly cursor: string | null; readonly limit: number }[] = [];
  const ask = (wish: { readonly cursor: string | null; readonly limit: number }): Promise<Page<FoundText>> => {
    asked.push(wish);
    return Promise.resolve(pages[wish.cursor ?? 'first'] ?? { items: [], next: null });
  };
  return { asked, ask };
}

it('goes on over pages without anything until it is full, and asks for what it lacks alone', async () => {
  const { asked, ask } = asking({
    first: { items: [], next: 'a' },
    a: { items: [found('1')], next: 'b' },
    b: { items: [found('2')], next: 'c' },
    c: { items: [found('3')], next: null },
  });
  expect(await filledPage({ limit: 2, cursor: null }, ask)).toEqual({ items: [found('1'), found('2')], next: 'c' });
  expect(asked).toEqual([
    { limit: 2, cursor: null },
    { limit: 2, cursor: 'a' },
    { limit: 1, cursor: 'b' },
  ]);
});

it('has no next page where nothing follows', async () => {
  const { ask } = asking({ first: { items: [found('1')], next: 'a' }, a: { items: [], next: null } });
  expect(await filledPage({ limit: 2, cursor: null }, ask)).toEqual({ items: [found('1')], next: null });
});

it('ends where nothing comes however often it asks, and says that more is left', async () => {
  const { asked, ask } = asking({ first: { items: [], next: 'a' }, a: { items: [], next: 'a' } });
  expect(await filledPage({ limit: 2, cursor: null }, ask)).toEqual({ items: [], next: 'a' });
  expect(asked.length).toBe(40);
});
