import { Slices } from '../../libs/kernel/index.ts';
import { listsOf } from '../domain/policy/policy.shape.ts';
import { foldWord } from '../domain/policy/word-form.ts';
import { compilingList } from '../domain/policy/word-list.ts';
import { normalized } from '../domain/text.ts';

/** Folds the entries of a policy's lists in slices, since there may be 20,000: who checks them then finds it done. */
export function foldLists(policy: unknown): Promise<void> {
  return new Slices().drain(folding(policy));
}

/** The same, and makes the lists ready to be looked for in texts. */
export async function compileLists(policy: unknown): Promise<void> {
  const slices = new Slices();
  await slices.drain(folding(policy));
  for (const list of listsOf(policy)) await slices.drain(compilingList(list));
}

function* folding(policy: unknown): Generator<undefined, void> {
  for (const list of listsOf(policy)) for (const word of list) yield void foldWord(normalized(word));
}
