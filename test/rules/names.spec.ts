import { describe, expect, test } from '@jest/globals';
import { exportedNames } from './names.ts';
import { productSources, type SourceText } from './source-files.ts';

/** Names that several files declare for the same thing, each with its reason. */
const SHARED: Readonly<Record<string, string>> = {
  SCHEMA: 'each view has one, for its own tables',
  DIGEST_QUERIES: 'each view has them, for its own tables',
  KeyDestroyed: 'the event that a key was destroyed, and the error that says so to whoever asks for the key',
  commentNotFound: 'the rules and the views refuse alike, and neither may import the other',
  NewKey: 'the two vaults are alike',
  Reader: 'the two logs are alike',
  StoredPage: 'the two logs are alike',
  StreamWatches: 'the two logs are alike',
  Subscription: 'the two logs are alike',
  SubscriptionSource: 'the two logs are alike',
};

/** Names that more than one file declares, with those files. */
function declaredTwice(sources: readonly SourceText[]): ReadonlyMap<string, readonly string[]> {
  const several = [...exportedNames(sources)].filter(([, files]) => files.size > 1);
  return new Map(several.map(([name, files]) => [name, [...files]]));
}

describe('a name that a file exports', () => {
  const twice = declaredTwice(productSources());

  test('stands for one thing in the whole product', () => {
    expect(Object.fromEntries([...twice].filter(([name]) => !Object.hasOwn(SHARED, name)))).toEqual({});
  });

  test('is excepted only as long as several files declare it', () => {
    expect(Object.keys(SHARED).filter((name) => !twice.has(name))).toEqual([]);
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
