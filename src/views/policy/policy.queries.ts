import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { PolicyVersion } from '../../../libs/client/index.ts';
import {
  GetPolicyHeads,
  GetPolicyVersion,
  GetPolicyVersions,
  type PolicyHead,
  type VersionsPage,
  type VersionsWish,
} from './policy.query-types.ts';
import { downwards, PolicyHistory } from './policy-history.ts';

/** Characters of the words on a page, after which no further version is put on it. */
const MOST_CHARACTERS = 512 * 1024;

@QueryHandler(GetPolicyVersion)
export class GetPolicyVersionHandler implements IQueryHandler<GetPolicyVersion> {
  readonly #history: PolicyHistory;

  constructor(@Inject(PolicyHistory) history: PolicyHistory) {
    this.#history = history;
  }

  async execute({ version }: GetPolicyVersion): Promise<PolicyVersion | undefined> {
    return (await this.#history.version(version ?? (await this.#history.newest()))) ?? undefined;
  }
}

@QueryHandler(GetPolicyVersions)
export class GetPolicyVersionsHandler implements IQueryHandler<GetPolicyVersions> {
  readonly #history: PolicyHistory;

  constructor(@Inject(PolicyHistory) history: PolicyHistory) {
    this.#history = history;
  }

  async execute({ wish }: GetPolicyVersions): Promise<VersionsPage<PolicyVersion>> {
    const read = (version: number) => this.#history.version(version);
    let characters = 0;
    return downwards(await firstOf(wish, this.#history), read, (versions) => {
      characters += charactersIn(versions.at(-1));
      return versions.length >= wish.limit || characters > MOST_CHARACTERS;
    });
  }
}

@QueryHandler(GetPolicyHeads)
export class GetPolicyHeadsHandler implements IQueryHandler<GetPolicyHeads> {
  readonly #history: PolicyHistory;

  constructor(@Inject(PolicyHistory) history: PolicyHistory) {
    this.#history = history;
  }

  async execute({ wish }: GetPolicyHeads): Promise<VersionsPage<PolicyHead>> {
    const read = (version: number) => this.#history.head(version);
    const isFull = (versions: readonly PolicyHead[]) => versions.length >= wish.limit;
    return downwards(await firstOf(wish, this.#history), read, isFull);
  }
}

async function firstOf({ before }: VersionsWish, history: PolicyHistory): Promise<number> {
  const newest = await history.newest();
  return before === null ? newest : Math.min(newest, before - 1);
}

function charactersIn(version: PolicyVersion | undefined): number {
  const lists = (version?.rules ?? []).flatMap((rule) => Object.values(rule).filter((value) => Array.isArray(value)));
  return lists.reduce((sum, words) => words.reduce((all, word) => all + String(word).length, sum), 0);
}
