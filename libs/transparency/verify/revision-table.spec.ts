import { RevisionTable } from './revision-table.ts';

it('knows the next revision of each of many streams, also after it has grown', () => {
  const table = new RevisionTable();
  const streams = Array.from({ length: 100_000 }, (_, n) => `comment-${n}`);
  const advance = (revision: number): number[] => streams.map((stream) => table.advance(stream, revision));
  expect(new Set(advance(0))).toEqual(new Set([0]));
  expect(new Set(advance(1))).toEqual(new Set([1]));
  expect(table.advance('comment-7', 5)).toBe(2);
  expect(table.advance('comment-7', 6)).toBe(6);
  expect(table.advance('another', 3)).toBe(0);
});
