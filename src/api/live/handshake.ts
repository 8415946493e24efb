import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../../libs/kernel/index.ts';
import { Admission } from '../../access/admission/admission.ts';
import { AllowedHosts } from '../../access/allowed-hosts.ts';
import { addressOf, networkOf } from '../../access/network.ts';
import { permissionOf, requirePermission } from '../../access/permission-table.ts';
import type { Principal } from '../../access/principal.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { RateLimits } from '../../access/rate-limits.ts';
import { Banned } from '../../access/sign-in/banned.ts';
import { isDrawnFor, someoneElse } from '../../access/sign-in/drawn-for.ts';
import { sessionTokenIn } from '../../access/sign-in/session-cookie.ts';
import { Sessions } from '../../access/sign-in/sessions.ts';
import { CONFIG, type Config } from '../../config.ts';
import { cookiesIn } from './engine-requests.ts';
import type { LiveData, ServerSocket } from './live-socket.ts';

type Handshake = ServerSocket['handshake'];

/** Finds out who connects: by the token in `auth`, else by the forum's cookie, else a reader without an account. */
@Injectable()
export class Handshakes {
  readonly #config: Config;
  readonly #sessions: Sessions;
  readonly #limits: RateLimits;
  readonly #address: PublicAddress;
  readonly #admission: Admission;
  readonly #hosts: AllowedHosts;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Sessions) sessions: Sessions,
    @Inject(RateLimits) limits: RateLimits,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(Admission) admission: Admission,
    @Inject(AllowedHosts) hosts: AllowedHosts,
  ) {
    this.#config = config;
    this.#sessions = sessions;
    this.#limits = limits;
    this.#address = address;
    this.#admission = admission;
    this.#hosts = hosts;
  }

  /** Throws DomainError: misdirected, unauthenticated, token_expired, banned, foreign_origin, malformed, rate_limited, overloaded. */
  admit(handshake: Handshake): Promise<LiveData> {
    return this.#admission.run('live', () => this.#admit(handshake));
  }

  /** The network that a connection comes from. */
  networkOf(handshake: Handshake): string {
    return networkOf(addressOf(handshake, this.#config.trustProxy));
  }

  async #admit(handshake: Handshake): Promise<LiveData> {
    this.#hosts.check(handshake.headers, '/live');
    const address = addressOf(handshake, this.#config.trustProxy);
    await this.#limits.take('read', networkOf(address));
    const given: unknown = handshake.auth.token;
    const known = given === undefined || given === null ? await this.#byCookie(handshake) : await this.#byToken(given);
    requirePermission(permissionOf('live connect'), known?.principal ?? null);
    const { token = null, principal, sessionRefusal = null } = known ?? {};
    return {
      address,
      token,
      sessionRefusal,
      memberId: principal?.memberId ?? null,
      session: principal ? { id: principal.sessionId, expiresAt: principal.sessionExpiresAt } : null,
      wishes: new Map(),
      open: new Set(),
    };
  }

  async #byToken(token: unknown): Promise<Known> {
    if (typeof token !== 'string') throw new DomainError('malformed', 'The token must be a text.');
    return { token, principal: await this.#sessions.authenticate(token) };
  }

  /**
   * A browser sends the cookie whichever page connects. One that has run out, or that another site's page or a frame on
   * another site sends along, or a page that was drawn for somebody else, makes a reader without an account, so that the
   * answer tells nothing of it. So does that of a banned member; the forum's own page is told why with the connection.
   */
  async #byCookie({ headers, auth }: Handshake): Promise<Known | null> {
    const token = sessionTokenIn(cookiesIn(headers.cookie), this.#address);
    if (token === undefined || this.#address.isForeign(headers)) return null;
    try {
      const principal = await this.#sessions.authenticate(token);
      if (!isDrawnFor(principal, auth.as)) return refusedBy(someoneElse());
      const site = principal.framed?.site ?? null;
      return site === null || auth.frame === site ? { token, principal } : null;
    } catch (refusal) {
      if (!(refusal instanceof DomainError && REFUSED.has(refusal.code))) throw refusal;
      const site = refusal instanceof Banned ? (refusal.framed?.site ?? null) : null;
      return refusal.code === 'banned' && (site === null || auth.frame === site) ? refusedBy(refusal) : null;
    }
  }
}

interface Known {
  readonly token?: string;
  readonly principal?: Principal;
  readonly sessionRefusal?: DomainError;
}

function refusedBy(sessionRefusal: DomainError): Known {
  return { sessionRefusal };
}

const REFUSED: ReadonlySet<string> = new Set(['unauthenticated', 'token_expired', 'banned']);
