import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { LRUCache } from 'lru-cache';
import type { SentRule } from '../../../../libs/client/index.ts';
import { Slices } from '../../../../libs/kernel/index.ts';
import { GetPolicyHeads, GetPolicyVersion } from '../../../views/policy/policy.query-types.ts';
import { comparingPolicies, type PolicyChange } from './changes.ts';
import { rulesOf } from './fields.ts';
import type { ToldVersions } from './versions.tsx';

/** Versions on one page. */
const MOST_VERSIONS = 10;
/** The versions whose changes are kept, some dozens of entries each. */
const MOST_KEPT = 500;

/** Tells who set each version of the policy, and its changes, which are found once, in turns of the event loop. */
@Injectable()
export class TellingVersions {
  readonly #queries: QueryBus;
  readonly #kept = new LRUCache<number, Promise<readonly PolicyChange[]>>({ max: MOST_KEPT });

  constructor(@Inject(QueryBus) queries: QueryBus) {
    this.#queries = queries;
  }

  /** The versions before that one; null begins with the version in force. */
  async versions(before: number | null): Promise<ToldVersions> {
    const inForce = await this.#queries.execute(new GetPolicyHeads({ before: null, limit: 1 }));
    const newest = inForce.versions[0]?.version ?? 0;
    const first = before === null ? newest : Math.min(newest, before - 1);
    // The changes come first: they need the versions read, and so their authors are known afterwards.
    const changes = await this.#changesFrom(first);
    const wish = { before: first + 1, limit: MOST_VERSIONS };
    const { versions, next } = await this.#queries.execute(new GetPolicyHeads(wish));
    const told = versions.map((head) => ({ head, changes: changes.get(head.version) ?? [] }));
    return { versions: told, newest, next };
  }

  async #changesFrom(first: number): Promise<ReadonlyMap<number, readonly PolicyChange[]>> {
    const read = this.#reader();
    const all = new Map<number, readonly PolicyChange[]>();
    for (let version = first; version > Math.max(0, first - MOST_VERSIONS); version -= 1)
      all.set(version, await this.#changesOf(version, read));
    return all;
  }

  /** Calls at the same time share one answer. */
  #changesOf(version: number, read: ReadRules): Promise<readonly PolicyChange[]> {
    const kept = this.#kept.get(version);
    if (kept !== undefined) return kept;
    const finding = compared(version, read);
    this.#kept.set(version, finding);
    finding.catch(() => this.#kept.delete(version));
    return finding;
  }

  /** Each version is compared with two neighbours, so the one read last is not read again. */
  #reader(): ReadRules {
    let last: { readonly version: number; readonly rules: readonly SentRule[] } | undefined;
    return async (version) => {
      if (last?.version !== version)
        last = { version, rules: rulesOf(await this.#queries.execute(new GetPolicyVersion(version))) };
      return last.rules;
    };
  }
}

type ReadRules = (version: number) => Promise<readonly SentRule[]>;

async function compared(version: number, read: ReadRules): Promise<readonly PolicyChange[]> {
  const slices = new Slices();
  const after = await read(version);
  await slices.pause();
  const before = await read(version - 1);
  return slices.drain(comparingPolicies(before, after));
}
