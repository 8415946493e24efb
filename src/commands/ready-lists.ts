import { setImmediate as turn } from 'node:timers/promises';
import { Slices } from '../../libs/kernel/index.ts';
import { makingNameLists } from '../domain/member/handle.ts';
import { checkingList } from '../domain/policy/list-check.ts';
import { listsOf } from '../domain/policy/policy.shape.ts';
import { foldWord } from '../domain/policy/word-form.ts';
import { compilingList } from '../domain/policy/word-list.ts';
import { normalized } from '../domain/text.ts';

/** Checks a policy's lists in slices, since there may be 20,000 entries; the decider then finds the result. */
export async function checkLists(policy: unknown): Promise<void> {
  const slices = new Slices();
  for (const list of listsOf(policy)) await slices.drain(checkingList(list));
  // The decision, and the event for the log, get a turn of their own.
  await turn();
}

/** Makes what names are compared with, in slices, before the first name of this process is judged. */
export async function makeNameLists(): Promise<void> {
  await turn();
  await new Slices().drain(makingNameLists());
  await turn();
}

/** Compiles the lists for searching texts, in slices. */
export async function compileLists(policy: unknown): Promise<void> {
  const slices = new Slices();
  await slices.drain(folding(policy));
  for (const list of listsOf(policy)) await slices.drain(compilingList(list));
}

function* folding(policy: unknown): Generator<undefined, void> {
  for (const list of listsOf(policy)) for (const word of list) yield void foldWord(normalized(word));
}
