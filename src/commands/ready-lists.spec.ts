import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { foldText } from '../domain/policy/folded-text.ts';
import { policyOf } from '../domain/policy/policy.check.ts';
import { FIRST_POLICY } from '../domain/policy/policy.settings.ts';
import { wordFinder } from '../domain/policy/word-list.ts';
import { checkLists, compileLists } from './ready-lists.ts';

/** A list that tells how often all of it was read. */
class CountedList extends Array<string> {
  reads = 0;

  override [Symbol.iterator](): ArrayIterator<string> {
    this.reads += 1;
    return super[Symbol.iterator]();
  }
}

/** As long as a list may be, of words that no other test has folded. */
function longList(of: string): CountedList {
  const list = new CountedList();
  for (let n = 0; n < 10_000; n += 1) list.push(`${of}${n}`.padEnd(20, 'ก'));
  return list;
}

function policyWith(words: readonly string[]) {
  return { rules: FIRST_POLICY.rules.map((rule) => (rule.rule === 'banned-words' ? { ...rule, words } : rule)) };
}

async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let [turns, isDone] = [0, false];
  const turn = (): void => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  await work;
  isDone = true;
  return turns;
}

/** A machine on which a millisecond passes between two looks at the clock, however fast this one is. */
beforeEach(() => {
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => (now += 1));
});
afterEach(() => void jest.restoreAllMocks());

describe("a policy's lists", () => {
  it('are checked in slices, so that the decider finds that done', async () => {
    const list = longList('checked');
    const policy = policyWith(list);
    expect(await turnsDuring(checkLists(policy))).toBeGreaterThan(100);
    const { reads } = list;
    const kept = policyOf(policy).rules.find(({ rule }) => rule === 'banned-words');
    expect(kept).toMatchObject({ words: Array.from({ length: 10_000 }, (_, n) => list[n]) });
    expect(list.reads).toBe(reads);
  });

  it('are made ready in slices, so that whoever looks for the words finds that done', async () => {
    const list = longList('ready');
    expect(await turnsDuring(compileLists(policyWith(list)))).toBeGreaterThan(100);
    const { reads } = list;
    const word = list[7_000];
    expect(wordFinder(list)(foldText(`Here is ${word}!`))).toEqual({ word, part: word });
    expect(list.reads).toBe(reads);
  });

  it('of what is no policy are none', async () => {
    for (const sent of [null, 'text', {}, { rules: 'none' }, { rules: [null, { words: [1, 2] }] }]) {
      await expect(checkLists(sent)).resolves.toBeUndefined();
      await expect(compileLists(sent)).resolves.toBeUndefined();
    }
  });
});
