import type { PolicyVersion } from '../../../libs/client/index.ts';
import { answering } from '../answering.ts';
import {
  GetPolicyHeads,
  GetPolicyVersion,
  GetPolicyVersions,
  type PolicyHead,
  type VersionsWish,
} from './policy.query-types.ts';
import { downwards, PolicyHistory } from './policy-history.ts';

/** Characters of the words on a page, after which no further version is added. */
const MOST_CHARACTERS = 512 * 1024;

const NEEDS = { history: PolicyHistory } as const;

export const policyQueries = [
  answering(GetPolicyVersion, NEEDS, async ({ version }, { history }) => {
    return (await history.version(version ?? (await history.newest()))) ?? undefined;
  }),
  answering(GetPolicyVersions, NEEDS, async ({ wish }, { history }) => {
    let characters = 0;
    const isFull = (versions: readonly PolicyVersion[]): boolean => {
      characters += charactersIn(versions.at(-1));
      return versions.length >= wish.limit || characters > MOST_CHARACTERS;
    };
    return downwards(await firstOf(wish, history), (version) => history.version(version), isFull);
  }),
  answering(GetPolicyHeads, NEEDS, async ({ wish }, { history }) => {
    const isFull = (versions: readonly PolicyHead[]): boolean => versions.length >= wish.limit;
    return downwards(await firstOf(wish, history), (version) => history.head(version), isFull);
  }),
];

async function firstOf({ before }: VersionsWish, history: PolicyHistory): Promise<number> {
  const newest = await history.newest();
  return before === null ? newest : Math.min(newest, before - 1);
}

function charactersIn(version: PolicyVersion | undefined): number {
  const lists = (version?.rules ?? []).flatMap((rule) => Object.values(rule).filter((value) => Array.isArray(value)));
  return lists.reduce((sum, words) => words.reduce((all, word) => all + String(word).length, sum), 0);
}
