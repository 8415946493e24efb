import { Slices } from '../../libs/kernel/index.ts';
import { listsOf } from '../domain/policy/policy.shape.ts';
import { foldWord, wordFinder } from '../domain/policy/word-list.ts';
import { normalized } from '../domain/text.ts';

/** Folds the entries of a policy's lists in slices, since there may be 20,000: who checks them then finds it done. */
export async function foldLists(policy: unknown): Promise<void> {
  const slices = new Slices();
  for (const list of listsOf(policy)) {
    for (const word of list) await slices.run(() => foldWord(normalized(word)));
  }
}

/** The same, and makes the lists ready to be looked for in texts. */
export async function compileLists(policy: unknown): Promise<void> {
  await foldLists(policy);
  const slices = new Slices();
  for (const list of listsOf(policy)) await slices.run(() => wordFinder(list));
}
