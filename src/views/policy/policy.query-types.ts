import { Query } from '@nestjs/cqrs';
import type { PolicyVersion } from '../../../libs/client/index.ts';

/** A version without its rules. */
export type PolicyHead = Omit<PolicyVersion, 'rules'>;

/** Newest first, at most `limit`; `before` goes on below that version. */
export interface VersionsWish {
  readonly limit: number;
  readonly before: number | null;
}

/** `next` is the `before` of the next page; null when the last one is version 0, which nobody set. */
export interface VersionsPage<Version> {
  readonly versions: readonly Version[];
  readonly next: number | null;
}

/** Null asks for the version in force. The answer is undefined for a version that does not exist. */
export class GetPolicyVersion extends Query<PolicyVersion | undefined> {
  readonly version: number | null;

  constructor(version: number | null) {
    super();
    this.version = version;
  }
}

/** With their rules; a page ends early when these are long, and has one version at least. */
export class GetPolicyVersions extends Query<VersionsPage<PolicyVersion>> {
  readonly wish: VersionsWish;

  constructor(wish: VersionsWish) {
    super();
    this.wish = wish;
  }
}

/** The versions of the policy: their setters, times and reasons. */
export class GetPolicyHeads extends Query<VersionsPage<PolicyHead>> {
  readonly wish: VersionsWish;

  constructor(wish: VersionsWish) {
    super();
    this.wish = wish;
  }
}
