import type { Fact } from '../../../libs/kernel/index.ts';
import type { Catalogue } from '../catalogue-entry.ts';
import type { Policy } from './policy.settings.ts';

export { FIRST_POLICY, wholePolicy } from './policy.settings.ts';

/** Stream `policy-<version>`, one event each: the first writer of the stream has made the version. */
export type PolicySet = Fact<
  'PolicySet.v1',
  {
    /** 1 for the first version; version 0 is the policy of a new forum. */
    readonly version: number;
    readonly policy: Policy;
    /** The earlier version that this one puts back, or null. */
    readonly restores: number | null;
  },
  /** The reason, in the words of the member who set it. */
  { readonly note: string }
>;

export type PolicyEvent = PolicySet;

export const POLICY_EVENTS: Catalogue<PolicyEvent> = {
  'PolicySet.v1': {
    stream: 'policy-<version>',
    sentence: 'The moderation policy was changed: this is the whole of its new version.',
    data: {
      version: 'Its number; 1 is the first that was set.',
      policy: 'The rules in their order, each with its settings, whether it is on or not.',
      restores: 'The earlier version that was put back, or null.',
    },
    personal: { note: 'Why; empty for nothing.' },
  },
};
