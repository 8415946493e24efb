import type { Fact } from '../../../libs/kernel/index.ts';
import type { RuleName } from '../../../libs/words/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';
import type { FormSigns, FromNetwork, ProofSigns } from '../policy/arrival.ts';
import { MEMBER_STREAM } from './member-stream.ts';

/** What the policy found when somebody registered. It tells no address and no network. */
export interface Screened {
  readonly policyVersion: number;
  /** `hold` for a member who waits because of it, else null. */
  readonly measure: 'hold' | null;
  /** The rules that asked to hold, in the policy's order. */
  readonly rules: readonly RuleName[];
  /** What the rules saw, so that other rules can be tried on it. */
  readonly signs: {
    readonly form: FormSigns | null;
    readonly network: FromNetwork | null;
    /** Absent where no proof of work was asked for. */
    readonly proof?: ProofSigns;
  };
}

export type MemberScreened = Fact<'MemberScreened.v1', { readonly memberId: string } & Screened, null>;

export const SCREENING_EVENTS: Catalogue<MemberScreened> = {
  'MemberScreened.v1': {
    stream: MEMBER_STREAM,
    sentence: 'Rules of the moderation policy were asked about somebody who registered.',
    data: {
      memberId: MEANING.member,
      policyVersion: 'The version of the policy that was asked.',
      measure: '`hold` when the member waits to be let in because of it, else null.',
      rules: 'The rules that asked for it, in the policy’s order.',
      signs:
        'What the rules saw: seconds since the form was shown (null without the forum’s signature) and whether its hidden field was filled in, or null for a program; the registrations from the same block of addresses within an hour and a day before it; whether a proof of work came along, and how many had arrived within an hour, where one was asked for.',
    },
    personal: null,
  },
};
