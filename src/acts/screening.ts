import { domainOfEmail } from '../../libs/kernel/index.ts';
import type { ArrivalCounts } from '../access/arrival-counts.ts';
import type { FormStamps } from '../access/form-stamps.ts';
import type { Screened } from '../domain/member/screening.events.ts';
import type { ArrivalFacts, FormSigns } from '../domain/policy/arrival.ts';
import type { PolicyInForce } from '../domain/policy/policy.settings.ts';
import { screen, screensArrivals } from '../domain/policy/screen.ts';
import { refusedArrival } from './refused-arrival.ts';

export interface ScreeningParts {
  /** The policy in force. */
  readonly policy: () => Promise<PolicyInForce>;
  readonly stamps: FormStamps;
  readonly counts: ArrivalCounts;
  /** Whether a domain gives addresses to throw away. */
  readonly isDisposable: (domain: string) => boolean;
}

/** The fields of a form that people do not fill in. */
export interface SentForm {
  readonly stamp: string;
  readonly trap: string;
}

/** Somebody without an account as they came in. `form` is null for a program that uses the API. */
export interface Comer {
  readonly email: string;
  readonly form: SentForm | null;
  /** The address of the request. */
  readonly address: string;
}

/** What the policy says of a registration; `giveBack` is for one that comes to nothing. */
export interface ScreenedRegistration {
  /** Null where no rule asks about those who arrive: nothing is recorded then. */
  readonly screened: Screened | null;
  readonly giveBack: () => void;
}

/** Of those whom no rule is asked about. */
export const NOT_SCREENED: ScreenedRegistration = { screened: null, giveBack: () => undefined };

/** Asks the policy about those who register or write without an account. Whoever was invited is never asked. */
export class Screening {
  readonly #parts: ScreeningParts;

  constructor(parts: ScreeningParts) {
    this.#parts = parts;
  }

  /** Throws DomainError form_refused, disposable_address, too_many_registrations, storage_unavailable. */
  async registration(comer: Comer): Promise<ScreenedRegistration> {
    const inForce = await this.#parts.policy();
    if (!screensArrivals(inForce.policy)) return NOT_SCREENED;
    const { giveBack, ...network } = this.#parts.counts.take(comer.address, Date.now());
    try {
      return { screened: this.#ask(inForce, { kind: 'registration', ...this.#known(comer), network }), giveBack };
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  /** What a guest sends is held anyway, so that only a refusal makes a difference. Throws as for a registration. */
  async guest(comer: Omit<Comer, 'address'>): Promise<void> {
    const inForce = await this.#parts.policy();
    if (screensArrivals(inForce.policy)) this.#ask(inForce, { kind: 'guest', ...this.#known(comer), network: null });
  }

  #ask(inForce: PolicyInForce, arrival: ArrivalFacts): Screened {
    const { measure, policyVersion, findings } = screen(inForce, arrival);
    const rejecting = findings.find((finding) => finding.measure === 'reject');
    if (rejecting !== undefined) throw refusedArrival(rejecting.rule, arrival.kind);
    const rules = findings.map(({ rule }) => rule);
    const { form, network } = arrival;
    return { policyVersion, measure: measure === null ? null : 'hold', rules, signs: { form, network } };
  }

  #known({ email, form }: Omit<Comer, 'address'>): Pick<ArrivalFacts, 'form' | 'domain' | 'isListed'> {
    const domain = domainOfEmail(email);
    return { form: form && this.#signs(form), domain, isListed: domain !== null && this.#parts.isDisposable(domain) };
  }

  #signs({ stamp, trap }: SentForm): FormSigns {
    return { seconds: this.#parts.stamps.age(stamp, Date.now()), isTrapFilled: trap !== '' };
  }
}
