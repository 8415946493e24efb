import { DomainError, deriveId, domainOfEmail } from '../../libs/kernel/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import { PROOF_PUZZLES, type RuleName } from '../../libs/words/index.ts';
import type { ArrivalCounts } from '../access/arrival-counts.ts';
import type { Asking } from '../access/asking.ts';
import type { FormStamps } from '../access/form-stamps.ts';
import { networkOf } from '../access/network.ts';
import { commandMeta } from '../access/principal.ts';
import type { Proofs } from '../access/proofs.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { Screened } from '../domain/member/screening.events.ts';
import type { ArrivalFacts, FormSigns, ProofSigns } from '../domain/policy/arrival.ts';
import type { PolicyInForce } from '../domain/policy/policy.settings.ts';
import { proofBits, screen, screensArrivals } from '../domain/policy/screen.ts';
import { proofName } from '../domain/reservation/names.ts';
import { ReserveName } from '../domain/reservation/reservation.commands.ts';
import { ProofRequired } from './proof-required.ts';
import { refusedArrival } from './refused-arrival.ts';

export interface ScreeningParts {
  /** The policy in force. */
  readonly policy: () => Promise<PolicyInForce>;
  readonly stamps: FormStamps;
  readonly counts: ArrivalCounts;
  readonly proofs: Proofs;
  readonly limits: Pick<RateLimits, 'take'>;
  readonly commands: Commands;
  /** Whether a domain gives addresses to throw away. */
  readonly isDisposable: (domain: string) => boolean;
}

/** The fields of a form that people do not fill in. */
export interface SentForm {
  readonly stamp: string;
  readonly trap: string;
  /** A proof of work; empty for none. */
  readonly proof: string;
}

/** Somebody without an account as they came in. */
export interface Comer {
  readonly email: string;
  /** Null for a program that uses the API. */
  readonly form: SentForm | null;
  /** Null for those whom another house has let through, of whom no proof of work is asked. */
  readonly proof: string | null;
  /** What is to be done: a repeat of it may come with the same proof. */
  readonly actId: string;
  readonly asking: Pick<Asking, 'address' | 'correlationId'>;
}

/** What the policy says of a registration; `giveBack` is for one that comes to nothing. */
export interface ScreenedRegistration {
  /** Null where no rule asks about those who arrive: nothing is recorded then. */
  readonly screened: Screened | null;
  readonly giveBack: () => void;
}

/** Of those whom no rule is asked about. */
export const NOT_SCREENED: ScreenedRegistration = { screened: null, giveBack: () => undefined };

/** The key under which all arrivals of a node are counted together. */
const EVERYBODY = 'everybody';

/** Asks the policy about those who register or write without an account. Whoever was invited is never asked. */
export class Screening {
  readonly #parts: ScreeningParts;

  constructor(parts: ScreeningParts) {
    this.#parts = parts;
  }

  /** The zero bits that the puzzle of a form shown now must have; 0 where no proof is asked for. */
  async asked(): Promise<number> {
    const { policy } = await this.#parts.policy();
    return proofBits(policy, this.#parts.counts.seen(EVERYBODY, Date.now())) ?? 0;
  }

  /**
   * Throws DomainError form_refused, proof_required, disposable_address, too_many_registrations, storage_unavailable.
   */
  async registration(comer: Comer): Promise<ScreenedRegistration> {
    const inForce = await this.#parts.policy();
    if (!screensArrivals(inForce.policy)) return NOT_SCREENED;
    const { giveBack, ...network } = this.#parts.counts.take(comer.asking.address, Date.now());
    try {
      return { screened: await this.#ask(inForce, { kind: 'registration', network }, comer), giveBack };
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  /**
   * Somebody whom a provider or the host blog brings: the rules about addresses and networks are asked. Throws DomainError
   * disposable_address, too_many_registrations, storage_unavailable.
   */
  arrival(
    email: string,
    asking: Pick<Asking, 'address' | 'commandId' | 'correlationId'>,
  ): Promise<ScreenedRegistration> {
    return this.registration({ email, form: null, proof: null, actId: asking.commandId, asking });
  }

  /** The address that a member changes to, whatever measure the rule has. Throws DomainError disposable_address. */
  async address(email: string): Promise<void> {
    const domain = domainOfEmail(email);
    const isListed = domain !== null && this.#parts.isDisposable(domain);
    const facts = { kind: 'registration', network: null, domain, isListed, proof: null, form: null } as const;
    const { findings } = screen(await this.#parts.policy(), facts);
    if (findings.some(({ rule }) => rule === 'disposable-address')) {
      throw refusedArrival('disposable-address', 'registration');
    }
  }

  /**
   * What a guest sends is held anyway; a form without the proof that is asked for counts against a small share of its
   * network. Gives the rules that caught it. Throws as for a registration, and rate_limited.
   */
  async guest(comer: Comer): Promise<readonly RuleName[]> {
    const inForce = await this.#parts.policy();
    if (!screensArrivals(inForce.policy)) return [];
    const { rules } = await this.#ask(inForce, { kind: 'guest', network: null }, comer);
    if (rules.includes('proof-of-work'))
      await this.#parts.limits.take('guest-unproven', networkOf(comer.asking.address));
    return rules;
  }

  async #ask(
    inForce: PolicyInForce,
    { kind, network }: Pick<ArrivalFacts, 'kind' | 'network'>,
    comer: Comer,
  ): Promise<Screened> {
    const { email, form } = comer;
    const domain = domainOfEmail(email);
    const isListed = domain !== null && this.#parts.isDisposable(domain);
    const proof = await this.#proofOf(inForce, comer);
    const facts: ArrivalFacts = { kind, network, domain, isListed, proof, form: form && this.#signs(form) };
    const { measure, policyVersion, findings } = screen(inForce, facts);
    const rejecting = findings.find((finding) => finding.measure === 'reject');
    if (rejecting?.rule === 'proof-of-work') throw await this.#proofRequired();
    if (rejecting !== undefined) throw refusedArrival(rejecting.rule, kind);
    const rules = findings.map(({ rule }) => rule);
    const signs = { form: facts.form, network, ...(proof === null ? {} : { proof }) };
    return { policyVersion, measure: measure === null ? null : 'hold', rules, signs };
  }

  /** Null where no proof is asked for; one is used up only where it is. */
  async #proofOf({ policy }: PolicyInForce, comer: Comer): Promise<ProofSigns | null> {
    const arrivals = this.#parts.counts.take(EVERYBODY, Date.now()).withinHour;
    const bits = proofBits(policy, arrivals);
    const given = comer.form?.proof ?? comer.proof;
    if (bits === null || given === null) return null;
    const name = this.#parts.proofs.solved(given, bits, Date.now());
    return { arrivals, isGiven: name !== null && (await this.#spend(name, comer)) };
  }

  /** False for a proof that something else was done with, on whatever node. */
  async #spend(puzzle: string, { actId, asking }: Comer): Promise<boolean> {
    const name = proofName(puzzle);
    const meta = commandMeta(null, deriveId(name, actId), asking.correlationId);
    try {
      await this.#parts.commands.execute(new ReserveName({ name, holder: actId }, meta));
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'conflict') return false;
      throw error;
    }
  }

  async #proofRequired(): Promise<ProofRequired> {
    const stamp = this.#parts.stamps.write(Date.now());
    return new ProofRequired({ stamp, bits: await this.asked(), puzzles: PROOF_PUZZLES });
  }

  #signs({ stamp, trap }: SentForm): FormSigns {
    return { seconds: this.#parts.stamps.age(stamp, Date.now()), isTrapFilled: trap !== '' };
  }
}
