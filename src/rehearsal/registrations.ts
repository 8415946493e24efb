import type { Rehearsal } from '../../libs/client/index.ts';
import type { Screened } from '../domain/member/screening.events.ts';
import type { ArrivalFacts } from '../domain/policy/arrival.ts';
import type { PolicyInForce } from '../domain/policy/policy.settings.ts';
import { screen } from '../domain/policy/screen.ts';

type Address = Pick<ArrivalFacts, 'domain' | 'isListed'>;

interface KnownRegistration extends Address {
  readonly at: string;
  /** What the policy of then saw; undefined where it was not asked. */
  screened?: Screened;
}

/** Nothing is known of the form and of the network. */
const UNSEEN: Screened['signs'] = { form: null, network: null };

/** The registrations that the policy may be asked about, with what the log knows of each. */
export class Registrations {
  readonly #known = new Map<string, KnownRegistration>();

  registered(memberId: string, at: string, address: Address): void {
    this.#known.set(memberId, { at, ...address });
  }

  screened(memberId: string, screened: Screened): void {
    const known = this.#known.get(memberId);
    if (known !== undefined) known.screened = screened;
  }

  /** `from` is in the period, `to` is not; null for the log's beginning and end. */
  result(
    inForce: PolicyInForce,
    { from, to }: { readonly from: string | null; readonly to: string | null },
  ): NonNullable<Rehearsal['registrations']> {
    const inPeriod = [...this.#known.values()].filter(({ at }) => {
      const moment = Date.parse(at);
      return (from === null || moment >= Date.parse(from)) && (to === null || moment < Date.parse(to));
    });
    const byRule: Record<string, number> = {};
    let [held, refused, changed] = [0, 0, 0];
    for (const { at: _, screened, ...address } of inPeriod) {
      const { signs } = screened ?? { signs: UNSEEN };
      const { measure, findings } = screen(inForce, {
        kind: 'registration',
        ...address,
        ...signs,
        proof: signs.proof ?? null,
      });
      if (measure === 'hold') held += 1;
      if (measure === 'reject') refused += 1;
      if (measure !== (screened?.measure ?? null)) changed += 1;
      for (const { rule } of findings) byRule[rule] = (byRule[rule] ?? 0) + 1;
    }
    const unseen = inPeriod.filter(({ screened }) => screened === undefined).length;
    return { judged: inPeriod.length, unseen, held, refused, changed, byRule };
  }
}
