import { DomainError, deriveId, sessionsEnded } from '../../libs/kernel/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta } from '../access/principal.ts';
import { deviceOf } from '../access/sign-in/device.ts';
import type { KnownMember, MemberLookup } from '../commands/member-lookup.ts';
import { ReserveName } from '../domain/reservation/reservation.commands.ts';
import type { SessionOpening, SignedIn } from './session-opening.ts';

/** Seconds within which a second press of the same form has the answer of the first. */
const PRESSED_AGAIN_S = 10;

interface ArrivalParts {
  readonly lookup: Pick<MemberLookup, 'names' | 'reservationOf'>;
  readonly commands: Commands;
  readonly opening: Pick<SessionOpening, 'open' | 'openedBefore'>;
}

/**
 * The session of somebody new from a provider: what the browser keeps of the coming serves one account and one session. It
 * was kept for somebody without an account, so all that ended sessions of the account since ends it too.
 */
export class ArrivalSessions {
  readonly #parts: ArrivalParts;

  constructor(parts: ArrivalParts) {
    this.#parts = parts;
  }

  /**
   * `known` is the member whom the subject signs in. Throws DomainError login_failed for a coming that was used before, and
   * sessions_ended.
   */
  async requireNew(arrivalId: string, known: KnownMember | undefined): Promise<void> {
    const { lookup } = this.#parts;
    const { holder, since } = await lookup.reservationOf(lookup.names.providerArrival(arrivalId));
    if ((known?.lastEnd ?? null) !== null) throw sessionsEnded();
    if (holder === null) return;
    const isRepeat = holder === known?.memberId && Date.now() - Date.parse(since) <= PRESSED_AGAIN_S * 1000;
    if (!isRepeat) throw usedBefore();
  }

  /** Throws DomainError login_failed, sessions_ended, banned, second_factor_required. */
  async enter({ memberId }: KnownMember, arrivalId: string, asking: Asking): Promise<SignedIn> {
    const { lookup, commands, opening } = this.#parts;
    const { userAgent, former, correlationId } = asking;
    const name = lookup.names.providerArrival(arrivalId);
    await refusedAsUsed(() =>
      commands.execute(new ReserveName({ name, holder: memberId }, commandMeta(null, asking.commandId, correlationId))),
    );
    const sessionId = deriveId(arrivalId, 'session');
    const first = { way: 'provider', shown: { lastEnd: null }, sessionId } as const;
    const from = { device: deviceOf(userAgent), ...(former && { former }) };
    try {
      return await opening.open(memberId, { ...first, at: new Date(), proof: null }, from);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'login_failed') throw error;
      // It dates from the account, so that a password chosen since has ended it.
      const at = new Date((await lookup.reservationOf(name)).since);
      const again = await opening.openedBefore(memberId, { ...first, at }, from);
      if (again === null) throw usedBefore();
      return again;
    }
  }
}

async function refusedAsUsed(reserve: () => Promise<unknown>): Promise<void> {
  try {
    await reserve();
  } catch (error) {
    if (error instanceof DomainError && error.code === 'conflict') throw usedBefore();
    throw error;
  }
}

function usedBefore(): DomainError {
  return new DomainError('login_failed', 'This sign-in was finished before. Begin again.');
}
