import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { PolicyVersion } from '../../../libs/client/index.ts';
import { EVENT_STORE, type EventStore } from '../../../libs/event-store/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { FIRST_POLICY } from '../../domain/policy/policy.events.ts';
import { MemberDirectory } from '../members/member-directory.ts';
import { openNewest } from '../newest.ts';
import { readability, textOf } from '../sealed-text.ts';
import { isOneOf } from '../stored.ts';
import { GetPolicyVersions } from './policy.query-types.ts';

const EVENT_TYPES = ['PolicySet.v1'] as const;

/** The versions of the policy, read from the log: there are few of them, and each is a stream of one event. */
@QueryHandler(GetPolicyVersions)
export class GetPolicyVersionsHandler implements IQueryHandler<GetPolicyVersions> {
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #members: MemberDirectory;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(VAULT) vault: Vault,
    @Inject(MemberDirectory) members: MemberDirectory,
  ) {
    this.#store = store;
    this.#vault = vault;
    this.#members = members;
  }

  async execute(): Promise<readonly PolicyVersion[]> {
    const first = { version: 0, rules: FIRST_POLICY.rules, note: null, restores: null, setBy: null, setAt: null };
    const versions: PolicyVersion[] = [first];
    for (let next = await this.#version(1); next !== null; next = await this.#version(versions.length)) {
      versions.push(next);
    }
    return versions.reverse();
  }

  async #version(version: number): Promise<PolicyVersion | null> {
    for await (const stored of this.#store.readStream(`policy-${version}`)) {
      const { event, personal } = await openNewest(stored, this.#vault);
      if (!isOneOf(event, EVENT_TYPES)) continue;
      const { policy, restores } = event.data;
      const note = textOf(personal, 'note');
      const setBy = await this.#members.author(event.actor);
      const rules = { version, rules: policy.rules, restores, setBy, setAt: event.occurredAt };
      return { ...rules, note: note.text, ...readability(note) };
    }
    return null;
  }
}
