import { describe, expect, test } from '@jest/globals';
import { exportedNames } from './names.ts';
import { productSources, type SourceText } from './source-files.ts';

/** Names that more than one file declares, with those files. */
function declaredTwice(sources: readonly SourceText[]): ReadonlyMap<string, readonly string[]> {
  const several = [...exportedNames(sources)].filter(([, files]) => files.size > 1);
  return new Map(several.map(([name, files]) => [name, [...files]]));
}

describe('a name that a file exports', () => {
  test('stands for one thing in the whole product', () => {
    expect(Object.fromEntries(declaredTwice(productSources()))).toEqual({});
  });

  test.each([
    ['interface', 'export interface Sanction { readonly id: string }'],
    ['type', 'export type Sanction = string;'],
    ['function', 'export async function Sanction() {}'],
    ['class', 'export class Sanction {}'],
    ['constant', 'export const one = 1, Sanction = 2;'],
  ])('is found where two files declare it, as in the %s', (_, text) => {
    const sources = [
      { path: 'src/one.ts', text },
      { path: 'src/two.ts', text: 'export const Sanction = 1;' },
      { path: 'src/three.ts', text: "export { Sanction } from './two.ts';\nconst hidden = 1;" },
    ];
    expect(Object.fromEntries(declaredTwice(sources))).toEqual({ Sanction: ['src/one.ts', 'src/two.ts'] });
  });
});
