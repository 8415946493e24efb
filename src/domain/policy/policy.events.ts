import type { Fact } from '../../../libs/kernel/index.ts';
import type { Catalogue } from '../catalogue-entry.ts';
import type { Policy } from './policy.settings.ts';

export { FIRST_POLICY, wholePolicy } from './policy.settings.ts';

/** Stream `policy-<version>`, one event each: whoever writes first to the stream of a version has made it. */
export type PolicySet = Fact<
  'PolicySet.v1',
  {
    /** 1 for the first; version 0 is what holds before. */
    readonly version: number;
    readonly policy: Policy;
    /** The earlier version that this one puts back, or null. */
    readonly restores: number | null;
  },
  /** Why, in the words of whoever set it. */
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
