import type {
  AppealOutcome,
  DecisionAction,
  PostKind,
  ReactionKind,
  ReportReason,
  Role,
} from '../../libs/words/index.ts';

import type { PolicySet } from '../domain/policy/policy.events.ts';

/** Everybody in the demo is made up. */
export interface DemoMember {
  readonly handle: string;
  readonly displayName: string;
  readonly locale: string;
  readonly roles: readonly Role[];
  /** RFC 3339. */
  readonly joinedAt: string;
}

export interface DemoComment {
  /** Handle. */
  readonly by: string;
  /** `2015-10-06 09:12`, UTC. */
  readonly at: string;
  readonly body: string;
  readonly answers?: readonly DemoComment[];
  readonly edit?: { readonly at: string; readonly body: string };
  /** By its author. */
  readonly removed?: { readonly at: string };
  readonly reports?: readonly DemoReport[];
  readonly decisions?: readonly DemoDecision[];
  readonly sanction?: DemoSanction;
  readonly reactions?: { readonly [Kind in ReactionKind]?: readonly string[] };
  readonly pinned?: true;
}

/** A member's complaint; `at` as for comments, `by` a handle, in all that follows. */
export interface DemoReport {
  readonly by: string;
  readonly at: string;
  readonly reason: ReportReason;
  readonly note?: string;
}

export interface DemoDecision {
  readonly by: string;
  readonly at: string;
  readonly action: DecisionAction;
  readonly reason?: ReportReason;
  readonly note?: string;
}

/** A warning to the author of the comment that it stands at. */
export interface DemoSanction {
  readonly by: string;
  readonly at: string;
  readonly reason: ReportReason;
  readonly statement: string;
  readonly acknowledgedAt: string;
  readonly appeal?: {
    readonly at: string;
    readonly text: string;
    readonly decided: {
      readonly by: string;
      readonly at: string;
      readonly outcome: AppealOutcome;
      readonly answer: string;
    };
  };
}

/** One version of the policy, in the order of the list. */
export interface DemoPolicy {
  readonly by: string;
  readonly at: string;
  readonly policy: PolicySet['data']['policy'];
  readonly note: string;
}

export interface DemoPost {
  readonly slug: string;
  readonly title: string;
  readonly kind: Extract<PostKind, 'article' | 'newsletter'>;
  readonly locale: string;
  /** Handle. */
  readonly by: string;
  /** `2015-10-06 09:00`, UTC. */
  readonly at: string;
  readonly tags: readonly string[];
  readonly excerpt: string;
  readonly body: string;
  readonly comments: readonly DemoComment[];
  /** When the discussion was closed, for one that no longer takes comments. */
  readonly closedAt?: string;
}
